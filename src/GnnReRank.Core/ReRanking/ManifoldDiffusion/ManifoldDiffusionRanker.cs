using GnnReRank.Compute.Jobs;

namespace GnnReRank.ReRanking.ManifoldDiffusion;

/// <summary>Re-ranks by the published diffusion.</summary>
internal sealed class ManifoldDiffusionRanker(ManifoldDiffusionSettings settings, IComputeBackend? backend)
    : ReRanker(settings, JointRecipeOf(settings), NameOf(settings), backend)
{
    private protected override Ranking Rank(RankingJob job, IComputeBackend backend, ComputeOptions options)
    {
        if (settings.Form == DiffusionForm.Joint)
        {
            return base.Rank(job, backend, options);
        }

        int galleryCount = job.Gallery.RowCount;
        GraphInverseRecipe recipe = RecipeOf(settings, galleryCount);
        NeighborGraph graph = backend.FindNeighbors(null, job.Gallery, recipe.LeastNeighbors, options);
        int startCount = Math.Min(settings.StartCount, galleryCount);
        Ranking starts = backend.Rank(job with { Graph = null, Depth = startCount }, options);
        return backend.Rank(job with { Graph = graph, Recipe = recipe with { Starts = starts } }, options);
    }

    /// <summary>Null for the form Gallery, whose graph is not that of query and gallery.</summary>
    private static GraphInverseRecipe? JointRecipeOf(ManifoldDiffusionSettings settings)
    {
        settings.Validate();
        return settings.Form == DiffusionForm.Joint ? RecipeOf(settings, int.MaxValue) : null;
    }

    private static GraphInverseRecipe RecipeOf(ManifoldDiffusionSettings settings, int rowCount) => new(
        Math.Min(settings.Neighbors, rowCount), settings.EdgeExponent, settings.Damping,
        Math.Min(settings.TruncationSize, rowCount));

    private static string NameOf(ManifoldDiffusionSettings settings) =>
        settings.Neighbors > settings.TruncationSize ? nameof(settings.Neighbors) : nameof(settings.TruncationSize);
}
