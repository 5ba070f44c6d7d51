using GnnReRank.ReRanking.Fusion;
using GnnReRank.Running;

namespace GnnReRank;

/// <summary>Makes one ranking of several of the same queries and gallery.</summary>
public static class RankingMerger
{
    private const double LargestWeight = 1e9;

    // Queries a thread takes at a time.
    private const int Chunk = 4;

    /// <summary>Merges rankings.</summary>
    /// <param name="rankings">At least two, of the same images; their lists may be cut, and of different lengths.</param>
    /// <param name="options">The method, weights and k; null takes reciprocal rank fusion with k = 60 and equal weights.</param>
    /// <returns>
    /// For each query the images of all its lists. Sums are taken in float64, in the order of the rankings, and rounded to float32:
    /// the order is that of these scores, ties by gallery index.
    /// </returns>
    /// <remarks>
    /// Per query and list with scores s: MinMax adds weight x (s - min) / (max - min), or weight where all are equal; ZScore adds
    /// weight x (s - mean) / sd (population), or 0 where all are equal. To an image that a list does not hold it adds what its lowest
    /// score adds: 0 for MinMax. ReciprocalRank adds weight / (k + rank) with ranks from 1, and nothing for an image that is not in the
    /// list. Scores at the ends of float32, which stand for infinities, take no part in minimum, maximum, mean and deviation, and count
    /// as the lowest or highest of the others. An empty list adds nothing.
    /// </remarks>
    /// <exception cref="GnnReRankException">There are fewer than two rankings, they are of other images, or a number is out of range.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static Ranking Merge(IReadOnlyList<Ranking> rankings, RankingMergeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rankings);
        options ??= new RankingMergeOptions();
        double[] weights = Checked(rankings, options);
        Ranking first = rankings[0];
        StageReporter reporter = new(StageNames.Merging, first.QueryCount, StageUnits.Queries, options.Compute);
        WeighedRanking[] weighed = [.. rankings.Zip(weights, (ranking, weight) => new WeighedRanking(ranking, weight)).Where(each => each.Weight > 0)];
        int[][] indices = new int[first.QueryCount][];
        float[][] scores = new float[first.QueryCount][];
        Workers.ForRanges(options.Compute.ThreadCount, first.QueryCount, Chunk, () => new ListFuser(weighed, options), (fuser, from, to) =>
        {
            for (int query = from; query < to; query++)
            {
                (indices[query], scores[query]) = fuser.Fuse(query);
                reporter.Advance(1);
            }
        });
        MergedSettings settings = SettingsOf(weighed, options);
        reporter.Complete(FormattableString.Invariant($"{weighed.Length:N0} rankings of {first.QueryCount:N0} queries, {settings}"));
        return new Ranking(first.Query, first.Gallery, new RaggedRows<int>(indices), new RaggedRows<float>(scores), settings);
    }

    private static double[] Checked(IReadOnlyList<Ranking> rankings, RankingMergeOptions options)
    {
        Require(rankings.Count >= 2, "NothingToMerge", $"There are {rankings.Count} rankings: at least two are needed to merge.");
        Require(options.Top is null or >= 1, "InvalidTop", $"Top is {options.Top}: it counts ranks, so it must be at least 1.");
        Require(
            options.RankConstant >= 0 && double.IsFinite(options.RankConstant), "InvalidRankConstant",
            $"The rank constant is {options.RankConstant}: it is added to ranks, so it must be a finite number, not negative (60 is usual).");
        SameImages.Require(rankings);
        double[] weights = options.Weights is { Count: > 0 } given ? [.. given] : [.. rankings.Select(_ => 1.0)];
        Require(
            weights.Length == rankings.Count, "WeightCountMismatch",
            $"{weights.Length} weights were given for {rankings.Count} rankings: give one for each, in their order.");
        foreach (double weight in weights)
        {
            Require(weight is >= 0 and <= LargestWeight, "InvalidWeight", $"A weight is {weight}: weights are numbers from 0, which leaves a ranking out, to {LargestWeight:g}.");
        }

        Require(weights.Any(weight => weight > 0), "InvalidWeight", "Every weight is 0, which leaves all rankings out: give one at least a weight above 0.");
        return weights;
    }

    private static MergedSettings SettingsOf(WeighedRanking[] weighed, RankingMergeOptions options) => new()
    {
        Fusion = options.Fusion,
        RankConstant = options.Fusion == RankingFusion.ReciprocalRank ? options.RankConstant : null,
        Merged = string.Join(" + ", weighed.Select(each => weighed.All(other => other.Weight == 1)
            ? $"{each.Ranking.Settings}"
            : FormattableString.Invariant($"{each.Weight} x {each.Ranking.Settings}"))),
    };

    private static void Require(bool holds, string errorId, string message)
    {
        if (!holds)
        {
            throw new GnnReRankException(errorId, ErrorKind.InvalidArgument, message);
        }
    }
}
