using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;
using GnnReRank.Cluster.Stages.Scores;

namespace GnnReRank.Cluster.Results;

/// <summary>Copies the lists of a job's queries out of its files.</summary>
internal static unsafe class JobLists
{
    /// <summary>The gallery rows of an item's queries.</summary>
    /// <param name="context">The job.</param>
    /// <param name="item">The item of the score stage.</param>
    /// <param name="rows">Receives the lists, from a place on.</param>
    /// <param name="at">The place of the item's first query.</param>
    public static void CopyIndices(StageContext context, int item, RowBlocks<int> rows, int at)
    {
        PartFile part = context.Part(ScoreParts.Stage, item);
        Copy(context, item, ScoreParts.IndicesOf(context.Plan, part, item), rows, at);
    }

    /// <summary>Their scores.</summary>
    /// <param name="context">The job.</param>
    /// <param name="item">The item of the score stage.</param>
    /// <param name="rows">Receives the scores, from a place on.</param>
    /// <param name="at">The place of the item's first query.</param>
    public static void CopyScores(StageContext context, int item, RowBlocks<float> rows, int at)
    {
        PartFile part = context.Part(ScoreParts.Stage, item);
        Copy(context, item, ScoreParts.ScoresOf(context.Plan, part, item), rows, at);
    }

    private static void Copy<T>(StageContext context, int item, T* values, RowBlocks<T> rows, int at)
        where T : unmanaged
    {
        JobPlan plan = context.Plan;
        (int first, int end) = ScoreParts.QueriesOf(plan, item);
        for (int query = 0; query < end - first; query++)
        {
            context.Options.CancellationToken.ThrowIfCancellationRequested();
            new ReadOnlySpan<T>(values + ((long)query * plan.Top), plan.Top).CopyTo(rows[at + query]);
        }
    }
}
