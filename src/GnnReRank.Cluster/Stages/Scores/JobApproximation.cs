using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Stages.Near;
using GnnReRank.Compute.Cpu.Clusters;

namespace GnnReRank.Cluster.Stages.Scores;

/// <summary>What is known of how near the job's lists come to the exact ones.</summary>
internal static class JobApproximation
{
    /// <summary>As the stage of the lists measured it; null where they are exact.</summary>
    /// <exception cref="GnnReRankException">The part is missing or broken.</exception>
    public static GraphApproximation? Measured(StageContext context) =>
        context.Plan is { NeighborCount: > 0, Recall: not null } ? NearListStages.ApproximationOf(context) : null;

    /// <summary>As the final stage keeps it; null where the lists are exact.</summary>
    /// <exception cref="GnnReRankException">The part is missing or broken.</exception>
    public static GraphApproximation? Kept(StageContext context) => In(context.Part(FinalParts.Stage, 0));

    private static unsafe GraphApproximation? In(PartFile part) => part.Has(FinalParts.Recall)
        ? new GraphApproximation(
            *part.Pointer<double>(FinalParts.Recall, 1), *part.Pointer<int>(FinalParts.RecallRows, 1),
            ClusterStage.Origin)
        : null;
}
