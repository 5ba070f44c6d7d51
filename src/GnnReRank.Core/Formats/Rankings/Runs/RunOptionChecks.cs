namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>Refuses options that a format has no use for: to pass over them would not give what was asked for.</summary>
internal static class RunOptionChecks
{
    /// <exception cref="GnnReRankException">An option does not belong to the format.</exception>
    public static void Check(string path, RankingFormat format, RankingReadOptions options)
    {
        if (options.Top < 1)
        {
            throw new GnnReRankException("InvalidTop", ErrorKind.InvalidArgument, $"Top is {options.Top}: it counts ranks, so it must be at least 1.");
        }

        bool isTable = format is RankingFormat.Trec or RankingFormat.Csv or RankingFormat.JsonLines or RankingFormat.Parquet;
        bool isList = format is RankingFormat.Ibin or RankingFormat.Ivecs;
        string? unused =
            !isTable && options.Order is not null ? "-OrderBy"
            : !isTable && options.Match is not null ? "-MatchBy"
            : !isTable && options.SkipUnknown ? "-SkipUnknown"
            : (isTable || isList) && options.Name is not null ? "-Name"
            : isTable && options.ScoreKind == RankingScoreKind.Index ? "-ScoreKind Index"
            : null;
        if (unused is not null)
        {
            throw new GnnReRankException(
                "RunOptionNotUsed", ErrorKind.InvalidArgument,
                $"'{path}': {unused} was given, and {format} runs {(isTable ? "name their images one by one" : "go row by row")}: it belongs to " +
                $"{(isTable || isList ? "arrays (.npy, .npz, .mat, .h5)" : "TREC runs, tables and JSON lines")}. Leave it out.");
        }
    }
}
