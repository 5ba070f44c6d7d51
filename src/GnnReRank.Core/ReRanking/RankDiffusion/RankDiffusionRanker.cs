using GnnReRank.Compute.Jobs;

namespace GnnReRank.ReRanking.RankDiffusion;

/// <summary>Re-ranks by rank diffusion.</summary>
internal sealed class RankDiffusionRanker(RankDiffusionSettings settings, IComputeBackend? backend)
    : ReRanker(settings, RecipeOf(settings), nameof(settings.ListLength), backend)
{
    private static ListDiffusionRecipe RecipeOf(RankDiffusionSettings settings)
    {
        settings.Validate();
        return new ListDiffusionRecipe(
            settings.ListLength, settings.Neighbors, settings.ReferenceDecay, settings.ListDecay, settings.Damping,
            settings.Rounds);
    }
}
