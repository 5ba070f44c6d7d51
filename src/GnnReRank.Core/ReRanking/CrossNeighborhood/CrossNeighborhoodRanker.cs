using GnnReRank.Compute.Jobs;

namespace GnnReRank.ReRanking.CrossNeighborhood;

/// <summary>Re-ranks by the expanded cross neighbourhood.</summary>
internal sealed class CrossNeighborhoodRanker(CrossNeighborhoodSettings settings, IComputeBackend? backend)
    : ReRanker(settings, RecipeOf(settings), NameOf(settings), backend)
{
    private static ScoringRecipe RecipeOf(CrossNeighborhoodSettings settings)
    {
        settings.Validate();
        return settings.Form == CrossNeighborhoodForm.Rank
            ? new ExpandedListsRecipe(settings.Neighbors, settings.ExpansionCount, settings.SecondExpansionCount)
            : new ExpandedCosinesRecipe(settings.ExpansionCount, settings.SecondExpansionCount);
    }

    /// <summary>The parameter that asks for the most neighbours.</summary>
    private static string NameOf(CrossNeighborhoodSettings settings)
    {
        int expanded = Math.Max(settings.ExpansionCount, settings.SecondExpansionCount);
        return settings.Form == CrossNeighborhoodForm.Rank && settings.Neighbors > expanded ? nameof(settings.Neighbors)
            : settings.ExpansionCount == expanded ? nameof(settings.ExpansionCount)
            : nameof(settings.SecondExpansionCount);
    }
}
