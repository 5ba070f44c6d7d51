using System.Globalization;
using GnnReRank.Formats.Delimited;
using GnnReRank.Running;

namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>Reads TREC runs as trec_eval does: query Q0 document rank score tag, between blanks or tabs.</summary>
internal sealed class TrecRunReader : IRunReader
{
    private const int FieldCount = 6;
    private const int QrelsFieldCount = 4;
    private const int LinesPerCheck = 4096;
    private const string Expected = "'query Q0 document rank score tag' is expected";

    public bool Recognizes(ReadOnlySpan<byte> head) => DelimitedFormats.LooksLikeText(DelimitedInput.Head(head));

    public Ranking Read(string path, FeatureMatrix query, FeatureMatrix gallery, RankingReadOptions options)
    {
        RunSource source = new(path, "line");
        RunBuilder builder = new(source, query, gallery, options, isTrec: true);
        string tag = TextLines.Use(path, lines => ReadLines(lines, source, builder, options));
        bool isOwn = tag.StartsWith(TrecName.OwnTag, StringComparison.Ordinal);
        return builder.Build(new ImportedSettings(tag, Path.GetFileName(path)), isOwn ? RankingOrder.Rank : RankingOrder.Score);
    }

    /// <returns>The tag of the first line.</returns>
    private static string ReadLines(TextLines lines, RunSource source, RunBuilder builder, RankingReadOptions options)
    {
        string? tag = null;
        bool needsRanks = options.Order == RankingOrder.Rank;
        Span<Range> fields = stackalloc Range[FieldCount + 1];
        while (lines.Read())
        {
            if (lines.Number % LinesPerCheck == 1)
            {
                options.Compute.CancellationToken.ThrowIfCancellationRequested();
                options.Compute.Progress?.Report(new StageProgress(RunPath.Stage, lines.Progress.Done, lines.Progress.Total, StageUnits.Bytes));
            }

            ReadOnlySpan<char> line = lines.Line;
            RequireFields(line.SplitAny(fields, " \t\v\f", StringSplitOptions.RemoveEmptyEntries), line, source, lines.Number);
            tag ??= line[fields[5]].ToString();
            needsRanks |= tag.StartsWith(TrecName.OwnTag, StringComparison.Ordinal);
            int query = builder.FindQuery(line[fields[0]], null, null, lines.Number);
            int gallery = query == RunSide.Unknown ? RunSide.Unknown : builder.FindGallery(line[fields[2]], null, null, lines.Number);
            if (gallery != RunSide.Unknown)
            {
                builder.Add(query, gallery, Score(line[fields[4]], source, lines.Number), Rank(line[fields[3]], needsRanks, source, lines.Number), lines.Number);
            }
        }

        return tag ?? string.Empty;
    }

    private static void RequireFields(int count, ReadOnlySpan<char> line, RunSource source, long number)
    {
        if (count != FieldCount)
        {
            const int shown = 60;
            string found = line.Length > shown ? $"{line[..shown]}..." : line.ToString();
            string advice = count == QrelsFieldCount ? " Judgements (qrels) are read by Import-RetrievalDataset Qrels." : string.Empty;
            throw source.Error("RunFieldCount", number, $"has {(count > FieldCount ? "more than 6" : count)} fields ('{found}'), and {Expected}.{advice}");
        }
    }

    private static double Score(ReadOnlySpan<char> text, RunSource source, long number) =>
        RunNumber.TryParse(text, out double score) ? score
        : throw source.Error("RunScoreNotANumber", number, $"has the score '{text}', and a number such as 0.25 or -1e-3 is expected ({Expected}).");

    // trec_eval looks at no rank, and some programs write none there.
    private static long? Rank(ReadOnlySpan<char> text, bool isNeeded, RunSource source, long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long rank) ? rank
        : !isNeeded ? 0
        : throw source.Error("RunRankNotANumber", number, $"has the rank '{text}', and a whole number is expected ({Expected}). Or go by the scores: -OrderBy Score.");
}
