using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;
using GnnReRank.Cluster.Stages.Scores;

namespace GnnReRank.Cluster.Planning;

/// <summary>How many queries an item of the last stages gets.</summary>
internal static class ScoreItems
{
    // So that a stage can be shared evenly, and a failed item does not cost much.
    private const int ItemsATask = 4;

    /// <summary>As many items as the tasks need, of a scorer's group of queries at least.</summary>
    public static int Usual(int queryCount, int tasks)
    {
        long items = (long)ItemsATask * tasks;
        return (int)Math.Max(Math.Min(ScoreMemory.LeastQueries, queryCount), (queryCount + items - 1) / items);
    }

    /// <summary>Fewer queries an item, until the memory of their results fits.</summary>
    public static JobPlan Fit(JobPlan plan)
    {
        ScoreStage stage = new();
        while (plan.QueriesPerItem > ScoreMemory.LeastQueries &&
            TaskMemory.Of(stage.Estimate(plan)) > plan.MemoryPerTask)
        {
            plan = plan with { QueriesPerItem = Math.Max(ScoreMemory.LeastQueries, (plan.QueriesPerItem + 1) / 2) };
        }

        return plan;
    }
}
