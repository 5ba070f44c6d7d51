using GnnReRank.Formats;
using GnnReRank.Formats.Rankings;

namespace GnnReRank;

/// <summary>Writes rankings for other programs.</summary>
public static class RankingFile
{
    /// <summary>Writes one ranking.</summary>
    /// <param name="path">The file's path; its ending (.parquet, .csv, .jsonl, .trec) says the format unless it is given.</param>
    /// <param name="ranking">What to write.</param>
    /// <param name="top">How many ranks a query to write, at least 1; null, or more than there are, writes all.</param>
    /// <param name="format">The format; null goes by the extension.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="compute">Progress and cancellation.</param>
    /// <exception cref="GnnReRankException">The file is there already, the format is unknown, or <paramref name="top"/> is below 1.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static void Write(
        string path, Ranking ranking, int? top = null, RankingFormat? format = null, bool overwrite = false, ComputeOptions? compute = null)
    {
        if (top < 1)
        {
            throw new GnnReRankException("InvalidTop", ErrorKind.InvalidArgument, $"Top is {top}: it counts ranks, so it must be at least 1.");
        }

        IRankingWriter writer = WriterOf(format ?? FromExtension(path));
        int depth = Math.Min(top ?? ranking.Depth, ranking.Depth);
        AtomicFile.Write(path, overwrite, temporary => writer.Write(temporary, ranking, depth, compute ?? ComputeOptions.Default));
    }

    private static IRankingWriter WriterOf(RankingFormat format) => format switch
    {
        RankingFormat.Parquet => new ParquetRankingWriter(),
        RankingFormat.Csv => new CsvRankingWriter(),
        RankingFormat.JsonLines => new JsonLinesRankingWriter(),
        RankingFormat.Trec => new TrecRankingWriter(),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No such ranking format."),
    };

    private static RankingFormat FromExtension(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".parquet" or ".pq" => RankingFormat.Parquet,
        ".csv" => RankingFormat.Csv,
        ".jsonl" or ".ndjson" => RankingFormat.JsonLines,
        ".trec" or ".run" => RankingFormat.Trec,
        string extension => throw new GnnReRankException(
            "UnknownFormat", ErrorKind.NotSupported,
            $"'{path}': the ending '{extension}' names no known ranking format. " +
            "Known are '.parquet', '.csv', '.jsonl' and '.trec'; or name one with -Format."),
    };
}
