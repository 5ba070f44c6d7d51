using GnnReRank.Compute.Jobs;

namespace GnnReRank.Compute.Walks;

/// <summary>How much the edges of a walk weigh before they are made symmetric.</summary>
internal static class EdgeWeights
{
    /// <summary>The weights of each vertex's first neighbours, itself left out.</summary>
    public static double[] Of(NeighborGraph graph, RestartWalkRecipe recipe)
    {
        double[] weights = new double[(long)graph.VertexCount * recipe.EdgeCount];
        for (int at = 0; at < weights.Length; at++)
        {
            weights[at] = 1.0 / (1 + (at % recipe.EdgeCount));
        }

        return weights;
    }
}
