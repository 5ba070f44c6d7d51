namespace GnnReRank;

/// <summary>Writes rankings for other programs.</summary>
public static class RankingFile
{
    /// <summary>Writes one ranking.</summary>
    /// <param name="path">The file's path; its ending (.parquet, .csv, .jsonl, .trec) says the format unless it is given.</param>
    /// <param name="ranking">What to write.</param>
    /// <param name="top">How many ranks a query to write; null writes all.</param>
    /// <param name="format">The format; null goes by the extension.</param>
    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <param name="compute">Progress and cancellation.</param>
    /// <exception cref="GnnReRankException">The file is there already, or the format is unknown.</exception>
    public static void Write(
        string path, Ranking ranking, int? top = null, RankingFormat? format = null, bool overwrite = false, ComputeOptions? compute = null) =>
        throw new NotImplementedException();
}
