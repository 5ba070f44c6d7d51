using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;

namespace GnnReRank.Cluster.Stages.Scores;

/// <summary>What the score stage leaves: an item a block of queries.</summary>
internal static unsafe class ScoreParts
{
    public const string Stage = "score";

    /// <summary>The array of gallery rows, queries x Top, the best first.</summary>
    public const string Indices = "indices";

    /// <summary>The array of their scores.</summary>
    public const string Scores = "scores";

    public static int CountItems(JobPlan plan) =>
        (int)(((long)plan.Query.RowCount + plan.QueriesPerItem - 1) / plan.QueriesPerItem);

    /// <summary>The queries of an item: the first, and the one after the last.</summary>
    public static (int First, int End) QueriesOf(JobPlan plan, int item) => (
        (int)((long)item * plan.QueriesPerItem),
        (int)Math.Min((item + 1L) * plan.QueriesPerItem, plan.Query.RowCount));

    /// <summary>The gallery rows of an item's queries.</summary>
    /// <exception cref="GnnReRankException">The part is missing or broken.</exception>
    public static int* IndicesOf(JobPlan plan, PartFile part, int item) =>
        part.Pointer<int>(Indices, CountOf(plan, item));

    /// <summary>Their scores.</summary>
    /// <exception cref="GnnReRankException">The part is missing or broken.</exception>
    public static float* ScoresOf(JobPlan plan, PartFile part, int item) =>
        part.Pointer<float>(Scores, CountOf(plan, item));

    private static long CountOf(JobPlan plan, int item)
    {
        (int first, int end) = QueriesOf(plan, item);
        return (end - first) * (long)plan.Top;
    }
}
