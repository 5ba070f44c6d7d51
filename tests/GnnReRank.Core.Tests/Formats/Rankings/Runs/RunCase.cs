namespace GnnReRank.Tests.Formats.Rankings.Runs;

/// <summary>Small matrices, text in files, and what reading them gives.</summary>
internal static class RunCase
{
    public static FeatureMatrix Named(params string[] names) => new([.. names.Select((_, row) => row + 1f)], names.Length, 1, names: names);

    public static FeatureMatrix Bare(int rows, long[]? labels = null) => new([.. Enumerable.Range(1, rows).Select(row => (float)row)], rows, 1, labels);

    /// <summary>Writes text to a file of that name and reads it.</summary>
    public static (Ranking Ranking, List<string> Warnings) Read(
        string file, string text, FeatureMatrix query, FeatureMatrix gallery, RankingReadOptions? options = null)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder[file], text);
        List<string> warnings = [];
        options ??= new RankingReadOptions();
        Ranking ranking = RankingFile.Read(folder[file], query, gallery, options with { Compute = options.Compute with { Warn = warnings.Add } });
        return (ranking, warnings);
    }

    /// <summary>The same of bytes.</summary>
    public static Ranking ReadBytes(string file, byte[] bytes, FeatureMatrix query, FeatureMatrix gallery, RankingReadOptions? options = null)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder[file], bytes);
        return RankingFile.Read(folder[file], query, gallery, options);
    }

    public static GnnReRankException Refused(string file, string text, FeatureMatrix query, FeatureMatrix gallery, RankingReadOptions? options = null) =>
        Assert.Throws<GnnReRankException>(() => Read(file, text, query, gallery, options));

    public static int[][] Lists(Ranking ranking) => [.. Enumerable.Range(0, ranking.QueryCount).Select(ranking.GetIndices)];

    public static float[][] Scores(Ranking ranking) => [.. Enumerable.Range(0, ranking.QueryCount).Select(ranking.GetScores)];
}
