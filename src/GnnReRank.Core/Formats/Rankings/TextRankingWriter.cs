using System.Text;
using GnnReRank.Compute;

namespace GnnReRank.Formats.Rankings;

/// <summary>Writes rankings as text with one line a (query, rank).</summary>
internal abstract class TextRankingWriter : IRankingWriter
{
    // Lines between two looks at the cancellation token: well under a millisecond of work.
    private const int LinesPerCheck = 1024;

    public void Write(string path, Ranking ranking, int depth, ComputeOptions options)
    {
        using StreamWriter text = new(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16) { NewLine = "\n" };
        StringBuilder line = new();
        AppendHeader(line, ranking);
        text.Write(line);
        for (int query = 0; query < ranking.QueryCount; query++)
        {
            for (int rank = 1; rank <= depth; rank++)
            {
                if (rank % LinesPerCheck == 1)
                {
                    options.CancellationToken.ThrowIfCancellationRequested();
                }

                AppendLine(line.Clear(), ranking, query, rank);
                text.Write(line);
            }

            options.Progress?.Report(new StageProgress("Write ranking", query + 1, ranking.QueryCount, StageUnits.Queries));
        }
    }

    /// <summary>Appends what stands before the first entry, with its line end; nothing unless the format has a header.</summary>
    protected virtual void AppendHeader(StringBuilder line, Ranking ranking)
    {
    }

    /// <summary>Appends one entry, with its line end.</summary>
    protected abstract void AppendLine(StringBuilder line, Ranking ranking, int query, int rank);
}
