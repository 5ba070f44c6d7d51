using System.Globalization;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;

namespace GnnReRank.Cluster.Planning;

/// <summary>What is worth knowing of a plan before it runs.</summary>
internal static class PlanNotes
{
    private const int ManyRows = 1_000_000;
    private const double Gigabyte = 1 << 30;

    public static IReadOnlyList<string> Of(JobPlan plan)
    {
        List<string> notes = [];
        foreach (IJobStage stage in StageList.Of(plan))
        {
            long memory = stage.Estimate(plan).MemoryBytes;
            if (memory > plan.MemoryPerTask)
            {
                notes.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"An item of stage {stage.Name} takes about {memory / Gigabyte:0.##} GB, and a task has " +
                    $"{plan.MemoryPerTask / Gigabyte:0.##} GB. {Advice(plan, stage.Name)}"));
            }
        }

        if (plan.ReadSettings() is GnnReRankSettings { Layers: > 0 } && plan.VertexCount >= ManyRows)
        {
            notes.Add(
                "Rows that very many lists name (hubs) have long rows in the rounds of GNN, quadratic in how many " +
                "name them. No cap is put on them, so that results are those of one process: the estimates may fall " +
                "short.");
        }

        return notes;
    }

    private static string Advice(JobPlan plan, string stage)
    {
        for (int rows = plan.ShardRows / 2; rows >= 1; rows /= 2)
        {
            JobPlan smaller = plan with { ShardRows = rows };
            IJobStage? same = StageList.Of(smaller).FirstOrDefault(other => other.Name == stage);
            if (same?.Estimate(smaller).MemoryBytes <= plan.MemoryPerTask)
            {
                return string.Create(CultureInfo.InvariantCulture, $"Plan it with -ShardSize {rows}, which fits.");
            }
        }

        return "Give tasks more memory with -MemoryPerTask, or score fewer queries an item with -QueriesPerItem.";
    }
}
