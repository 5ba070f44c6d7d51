using GnnReRank.Compute.Jobs;

namespace GnnReRank.ReRanking.CartesianProduct;

/// <summary>Re-ranks by the Cartesian product of ranking references.</summary>
internal sealed class CartesianProductRanker(CartesianProductSettings settings, IComputeBackend? backend)
    : ReRanker(settings, RecipeOf(settings), nameof(settings.ListLength), backend)
{
    private static ListProductRecipe RecipeOf(CartesianProductSettings settings)
    {
        settings.Validate();
        return new ListProductRecipe(settings.ListLength, settings.Neighbors, settings.Rounds);
    }
}
