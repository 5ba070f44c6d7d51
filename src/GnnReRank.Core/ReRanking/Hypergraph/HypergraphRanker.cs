using GnnReRank.Compute.Jobs;

namespace GnnReRank.ReRanking.Hypergraph;

/// <summary>Re-ranks by hypergraphs of ranking references.</summary>
internal sealed class HypergraphRanker(HypergraphSettings settings, IComputeBackend? backend)
    : ReRanker(settings, RecipeOf(settings), nameof(settings.ListLength), backend)
{
    private static ListHypergraphRecipe RecipeOf(HypergraphSettings settings)
    {
        settings.Validate();
        bool stepsTwice = settings.Variant == HypergraphVariant.Reference;
        return new ListHypergraphRecipe(settings.ListLength, settings.Neighbors, settings.Rounds, stepsTwice);
    }
}
