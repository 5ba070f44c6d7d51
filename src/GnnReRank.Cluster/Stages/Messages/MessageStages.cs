using GnnReRank.Compute.Cpu.Messages;
using GnnReRank.ReRanking.Gnn;

namespace GnnReRank.Cluster.Stages.Messages;

/// <summary>Messages passed shard by shard.</summary>
internal static class MessageStages
{
    public static IReadOnlyList<IJobStage> Of(GnnReRankSettings settings)
    {
        MessageSteps steps = new(GnnRecipe.Of(settings));
        List<IJobStage> stages = [new AdjacencyStage(), new StartStage()];
        for (int layer = 1; layer <= steps.StoredLayers; layer++)
        {
            stages.Add(new LayerStage(layer));
            if (steps.HasColumns(layer))
            {
                stages.Add(new MirrorStage(layer));
            }
        }

        if (steps.NormalizesLast)
        {
            stages.Add(new NormStage());
        }

        return stages;
    }
}
