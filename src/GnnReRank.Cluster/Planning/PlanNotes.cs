using System.Globalization;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages.Scores;

namespace GnnReRank.Cluster.Planning;

/// <summary>What is worth knowing of a plan before it runs.</summary>
internal static class PlanNotes
{
    private const int ManyRows = 1_000_000;
    private const int FewRows = 100_000;
    private const double Gigabyte = 1 << 30;

    public static IReadOnlyList<string> Of(JobPlan plan)
    {
        string?[] notes = [Memory(plan), Passes(plan), Neighbors(plan), Threads(plan), Hubs(plan)];
        return [.. notes.OfType<string>()];
    }

    /// <summary>One set of numbers for all stages that do not fit.</summary>
    private static string? Memory(JobPlan plan)
    {
        IReadOnlyList<(string Stage, long Bytes)> large = PlanFit.TooLarge(plan);
        if (large.Count == 0)
        {
            return null;
        }

        string stages = string.Join(", ", large.Select(
            stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Stage} ({stage.Bytes / Gigabyte:0.##} GB)")));
        string memory = PlanFit.Gigabytes(plan) is int gigabytes
            ? FormattableString.Invariant($"-MemoryPerTask {gigabytes}GB")
            : "more memory a task, and fewer threads (-ThreadsPerTask)";
        string advice = PlanFit.ShardSize(plan) is int rows
            ? FormattableString.Invariant($"Plan it with -ShardSize {rows}, or with {memory}: then all stages fit.")
            : $"No shard size makes all fit: plan it with {memory}.";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Items of some stages take more than the {plan.MemoryPerTask / Gigabyte:0.##} GB of a task: {stages}. " +
            $"{advice}");
    }

    /// <summary>Few queries share a pass over the gallery: reading takes longer than scoring.</summary>
    private static string? Passes(JobPlan plan)
    {
        ScorePasses passes = ScorePasses.Of(plan);
        if (passes.AreReasonable ||
            PlanFit.Gigabytes(plan, other => ScorePasses.Of(other).AreReasonable) is not int gigabytes)
        {
            return null;
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"Only {passes.QueriesAtATime:N0} queries of stage score share a pass over the gallery, as its memory is " +
            $"short, so that reading it takes longer than scoring. With -MemoryPerTask {gigabytes}GB, " +
            $"{ScorePasses.Enough:N0} do.");
    }

    private static string? Neighbors(JobPlan plan) => plan.Recall is not null && plan.VertexCount < FewRows
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"With {plan.VertexCount:N0} rows, one process may find all pairs as cheap and give exact neighbours; " +
            $"this job keeps to clusters.")
        : null;

    private static string? Threads(JobPlan plan) => plan.ThreadsPerTask == 0
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"Times are those of {StageNeeds.Threads(plan):N0} threads a task, as this machine has. Give " +
            $"-ThreadsPerTask for Slurm, which gives one processor to a task that does not ask.")
        : null;

    private static string? Hubs(JobPlan plan) =>
        plan.ReadSettings() is GnnReRankSettings { Layers: > 0 } && plan.VertexCount >= ManyRows
            ? "Rows that very many lists name (hubs) have long rows in the rounds of GNN, quadratic in how many name " +
              "them. No cap is put on them, so that results are those of one process: the estimates may fall short."
            : null;
}
