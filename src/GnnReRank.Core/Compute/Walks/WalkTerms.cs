using GnnReRank.Compute.Jobs;

namespace GnnReRank.Compute.Walks;

/// <summary>All that the walks of a job's queries share beside the matrix, on any device.</summary>
/// <param name="recipe">The walk.</param>
/// <param name="vertexCount">Queries and gallery rows.</param>
/// <param name="queryCount">Vertices before the gallery.</param>
/// <param name="scales">Each query's distance to the place in its list that the recipe names.</param>
internal class WalkTerms(RestartWalkRecipe recipe, int vertexCount, int queryCount, ReadOnlySpan<double> scales)
{
    public int VertexCount { get; } = vertexCount;

    public int QueryCount { get; } = queryCount;

    public int GalleryCount => VertexCount - QueryCount;

    public int Steps { get; } = recipe.Steps;

    public float Restart { get; } = (float)recipe.Restart;

    /// <summary>
    /// Whether a row scores its cosine and gain * log(1 + n F / c): the order of log(F + c / n) - b d / scale, with
    /// unreached rows at their cosine. Else it scores F.
    /// </summary>
    public bool AddsToCosines { get; } = recipe.CosineWeight != 0;

    /// <summary>n / c.</summary>
    public float Density { get; } = (float)(vertexCount / recipe.Floor);

    /// <summary>scale / (2 b) of each query: what a unit of the logarithm is worth beside the cosine.</summary>
    public float[] Gains { get; } = GainsOf(recipe, scales);

    /// <summary>1 / (2 b), which the scales are multiplied by; 0 where the walk scores alone.</summary>
    public static double GainShareOf(RestartWalkRecipe recipe) =>
        recipe.CosineWeight == 0 ? 0 : 1 / (2 * recipe.DistanceWeight);

    private static float[] GainsOf(RestartWalkRecipe recipe, ReadOnlySpan<double> scales)
    {
        double share = GainShareOf(recipe);
        float[] gains = new float[scales.Length];
        for (int query = 0; query < gains.Length; query++)
        {
            gains[query] = (float)(scales[query] * share);
        }

        return gains;
    }
}
