using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;
using GnnReRank.Cluster.Stages.Scores;

namespace GnnReRank.Cluster.Planning;

/// <summary>Which sizes make all stages of a plan fit in the memory of a task.</summary>
internal static class PlanFit
{
    /// <summary>Items of a stage, at most: each has a mark and a file, and folders of more are slow.</summary>
    public const int MostItems = 1_000_000;

    // Shards that are advised make no more items: more cost more time than they save memory.
    private const int AdvisedItems = 10_000;

    private const int MostGigabytes = 1 << 20;

    /// <summary>The stages whose items do not fit, with the bytes of a process.</summary>
    public static IReadOnlyList<(string Stage, long Bytes)> TooLarge(JobPlan plan) =>
    [
        .. StageList.Of(plan).Select(stage => (stage.Name, Bytes: TaskMemory.Of(stage.Estimate(plan))))
            .Where(stage => stage.Bytes > plan.MemoryPerTask),
    ];

    /// <summary>The fewest rows a shard that give no stage more items.</summary>
    public static int LeastShardSize(JobPlan plan, int mostItems) =>
        Least(1, int.MaxValue, rows => ItemsOfShards(plan, rows) <= mostItems);

    /// <summary>Items of the stage that has most of those that are cut by shards.</summary>
    public static long ItemsOfShards(JobPlan plan, int rows)
    {
        long shards = Shards(plan.Query.RowCount) + Shards(plan.Gallery.RowCount);
        return plan.NeighborCount > 0 && plan.Recall is null ? shards * (shards + 1) / 2 : shards;

        long Shards(long count) => (count + rows - 1) / rows;
    }

    /// <summary>Rows a shard, fewer than the plan's, with which all stages fit; null where there are none.</summary>
    public static int? ShardSize(JobPlan plan)
    {
        int least = LeastShardSize(plan, AdvisedItems);
        if (least >= plan.ShardRows || !Fits(plan with { ShardRows = least }))
        {
            return null;
        }

        int most = Least(least, plan.ShardRows, rows => !Fits(plan with { ShardRows = rows })) - 1;
        int step = (int)Math.Pow(10, Math.Max(0, (int)Math.Log10(most) - 1));
        int round = most / step * step;
        return round >= least && Fits(plan with { ShardRows = round }) ? round : most;
    }

    /// <summary>The whole gigabytes a task with which all stages fit; null where no number does.</summary>
    public static int? Gigabytes(JobPlan plan) => Gigabytes(plan, Fits);

    /// <summary>The whole gigabytes a task with which something holds; null where no number does.</summary>
    public static int? Gigabytes(JobPlan plan, Func<JobPlan, bool> holds)
    {
        int most = 1;
        while (!holds(With(most)))
        {
            if (most == MostGigabytes)
            {
                return null;
            }

            most *= 2;
        }

        return Least((most / 2) + 1, most, gigabytes => holds(With(gigabytes)));

        JobPlan With(int gigabytes) => plan with { MemoryPerTask = (long)gigabytes << 30 };
    }

    /// <summary>The plan in the smallest pieces that it may be cut in, on one thread a task.</summary>
    public static JobPlan Smallest(JobPlan plan) => plan with
    {
        ThreadsPerTask = 1,
        ShardRows = Math.Min(plan.ShardRows, LeastShardSize(plan, AdvisedItems)),
        QueriesPerItem = Math.Min(plan.QueriesPerItem, ScoreMemory.LeastQueries),
    };

    private static bool Fits(JobPlan plan) => TooLarge(plan).Count == 0;

    /// <summary>
    /// The least number of a range from which something holds; the last where it holds for none before.
    /// </summary>
    private static int Least(int first, int last, Func<int, bool> holds)
    {
        while (first < last)
        {
            int middle = first + ((last - first) / 2);
            (first, last) = holds(middle) ? (first, middle) : (middle + 1, last);
        }

        return first;
    }
}
