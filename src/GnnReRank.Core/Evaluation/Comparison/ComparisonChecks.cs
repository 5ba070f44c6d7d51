using GnnReRank.Evaluation.Measuring;

namespace GnnReRank.Evaluation.Comparison;

/// <summary>Whether two results speak of the same queries, measured alike.</summary>
internal static class ComparisonChecks
{
    /// <exception cref="GnnReRankException">A setting is out of range.</exception>
    public static void Check(ComparisonSettings settings)
    {
        BootstrapIntervals.Check(settings.Bootstrap);
        if (settings.Flips is < 100 or > 100_000_000)
        {
            throw Invalid($"{settings.Flips:N0} patterns of signs were asked for: take 100 to 100,000,000; 10,000 are usual.");
        }

        if (!(settings.Alpha > 0 && settings.Alpha < 1))
        {
            throw Invalid($"Alpha is {settings.Alpha}: it is a probability above 0 and below 1; 0.05 is usual.");
        }

        if (settings.Top < 0)
        {
            throw Invalid($"Top is {settings.Top}: it counts queries, so it must be at least 0.");
        }
    }

    /// <exception cref="GnnReRankException">The results differ in more than what made the rankings.</exception>
    public static void Check(RetrievalAccuracy before, RetrievalAccuracy after)
    {
        string[] found = [.. Differences(before, after).Where(line => line is not null).Select(line => line!)];
        if (found.Length > 0)
        {
            throw new GnnReRankException(
                "NotComparable", ErrorKind.InvalidArgument,
                $"Only results of the same queries, measured alike, can be compared. These differ: {string.Join("; ", found)}. " +
                "Measure both rankings with the same parameters.");
        }
    }

    private static IEnumerable<string?> Differences(RetrievalAccuracy before, RetrievalAccuracy after)
    {
        yield return Difference("protocol", before.Protocol, after.Protocol);
        yield return Difference("difficulty", before.Difficulty, after.Difficulty);
        yield return Difference("kind of average precision", before.ApKind, after.ApKind);
        yield return Difference("divisor", before.Divisor, after.Divisor);
        yield return Difference("number of draws", before.Draws, after.Draws);
        yield return before.Draws is null ? null : Difference("seed of the draws", before.Seed, after.Seed);
        yield return Difference("mean", before.MeanName, after.MeanName);
        yield return Difference("number of gallery rows", before.GalleryCount, after.GalleryCount);
        yield return Difference("number of queries", before.QueryCount, after.QueryCount) ?? FirstQuery(before.PerQuery, after.PerQuery);
    }

    private static string? FirstQuery(IReadOnlyList<QueryAccuracy> before, IReadOnlyList<QueryAccuracy> after)
    {
        for (int i = 0; i < before.Count; i++)
        {
            string? found =
                Difference($"name of query {i}", before[i].QueryName ?? after[i].QueryName, after[i].QueryName ?? before[i].QueryName) ??
                Difference($"label of query {i}", before[i].QueryLabel, after[i].QueryLabel) ??
                Difference($"number of good images of query {i}", before[i].GoodCount, after[i].GoodCount);
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    private static string? Difference<T>(string what, T before, T after) =>
        EqualityComparer<T>.Default.Equals(before, after) ? null : $"{what}: {InWords(before)} and {InWords(after)}";

    private static string InWords<T>(T value) => value is null ? "none" : FormattableString.Invariant($"{value}");

    private static GnnReRankException Invalid(string message) => new("InvalidComparison", ErrorKind.InvalidArgument, message);
}
