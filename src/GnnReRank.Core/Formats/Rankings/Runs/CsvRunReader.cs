using GnnReRank.Formats.Delimited;
using GnnReRank.Formats.Files;
using GnnReRank.Running;

namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>Reads runs from comma- or tab-separated text with a header: one line a (query, gallery image).</summary>
internal sealed class CsvRunReader : IRunReader
{
    private const int RecordsPerCheck = 4096;

    public bool Recognizes(ReadOnlySpan<byte> head) => DelimitedFormats.LooksLikeText(DelimitedInput.Head(head));

    public Ranking Read(string path, FeatureMatrix query, FeatureMatrix gallery, RankingReadOptions options)
    {
        RunSource source = new(path, "line");
        RunBuilder builder = new(source, query, gallery, options, isTrec: false);
        char delimiter = RunPath.BareEnding(path) == ".tsv" ? '\t' : ',';
        DelimitedRecords.Use(path, delimiter, options.Compute.CancellationToken, records =>
        {
            ReadRecords(source, records, builder, options);
            return true;
        });
        return builder.Build(RunPath.SettingsOf(path), RankingOrder.Rank);
    }

    private static void ReadRecords(RunSource source, DelimitedRecords records, RunBuilder builder, RankingReadOptions options)
    {
        if (!records.Read())
        {
            throw FormatErrors.Corrupt(source.Path, "text", "it holds no line with text. A header with the names of the columns is expected.");
        }

        string[] names = records.Fields();
        int other = names.Length == 1 ? names[0].AsSpan().IndexOfAny(",;\t") : -1;
        if (other >= 0)
        {
            string mark = names[0][other] switch { ';' => "semicolons", '\t' => "tabs", _ => "commas" };
            throw new GnnReRankException(
                "WrongDelimiter", ErrorKind.InvalidData,
                $"'{source.Path}': its fields seem to be separated by {mark}. Files named .csv have commas, and points in the numbers, and files named .tsv have tabs: save or name it so.");
        }

        RunColumns columns = RunColumns.Find(source.Path, names, options.ScoreKind);
        CsvRunRecord record = new(source, records, names);
        long count = 0;
        while (records.Read())
        {
            if (count++ % RecordsPerCheck == 0)
            {
                options.Compute.CancellationToken.ThrowIfCancellationRequested();
                options.Compute.Progress?.Report(new StageProgress(RunPath.Stage, records.BytesRead, records.ByteCount, StageUnits.Bytes));
            }

            records.Require(names.Length);
            int query = builder.FindQuery(
                record.Text(columns[RunColumn.QueryName]), record.Whole(columns[RunColumn.QueryIndex]), record.Whole(columns[RunColumn.QueryLabel]), records.Line);
            if (query == RunSide.Unknown)
            {
                continue;
            }

            int gallery = builder.FindGallery(
                record.Text(columns[RunColumn.GalleryName]), record.Whole(columns[RunColumn.GalleryIndex]), record.Whole(columns[RunColumn.GalleryLabel]), records.Line);
            if (gallery != RunSide.Unknown)
            {
                builder.Add(query, gallery, record.Number(columns.Score), record.Whole(columns[RunColumn.Rank]), records.Line);
            }
        }
    }
}
