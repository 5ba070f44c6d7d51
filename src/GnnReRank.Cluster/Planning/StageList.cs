using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;
using GnnReRank.Cluster.Stages.Lists;
using GnnReRank.Cluster.Stages.Messages;
using GnnReRank.Cluster.Stages.Near;
using GnnReRank.Cluster.Stages.Scores;
using GnnReRank.Cluster.Stages.Walks;

namespace GnnReRank.Cluster.Planning;

/// <summary>The stages of a job, in their order: each needs all items of those before it.</summary>
internal static class StageList
{
    public static IReadOnlyList<IJobStage> Of(JobPlan plan)
    {
        List<IJobStage> stages = [new ImportStage()];
        if (plan.NeighborCount > 0)
        {
            stages.AddRange(plan.Recall is null ? ExactListStages.All : NearListStages.All);
        }

        stages.AddRange(plan.ReadSettings() switch
        {
            DiffusionSettings => WalkStages.All,
            GnnReRankSettings settings => MessageStages.Of(settings),
            _ => [],
        });
        return [.. stages, new ScoreStage(), new FinalStage()];
    }

    /// <summary>Whether a stage seeks neighbours, and may do so on a device.</summary>
    public static bool IsSearch(IJobStage stage) =>
        ExactListStages.All.Concat(NearListStages.All).Any(other => other.Name == stage.Name);

    /// <summary>A stage by its name.</summary>
    /// <exception cref="GnnReRankException">The job has none of that name.</exception>
    public static IJobStage Find(JobPlan plan, string name) =>
        Of(plan).FirstOrDefault(stage => stage.Name == name) ?? throw new GnnReRankException(
            "StageUnknown", ErrorKind.InvalidArgument,
            $"The job has no stage '{name}'. Its stages are {string.Join(", ", Of(plan).Select(stage => stage.Name))}.");
}
