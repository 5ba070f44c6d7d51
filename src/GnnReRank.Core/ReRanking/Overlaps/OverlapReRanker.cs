using GnnReRank.Compute.Jobs;

namespace GnnReRank.ReRanking.Overlaps;

/// <summary>Methods that describe rows by the rows around them and compare the descriptions by what they share.</summary>
internal sealed class OverlapReRanker : ReRanker
{
    /// <summary>Makes a re-ranker.</summary>
    /// <param name="settings">The method and its parameters, already checked.</param>
    /// <param name="recipe">What they ask of the engine.</param>
    /// <param name="neighborParameter">The parameter that says how many neighbours a graph must have; null where none are needed.</param>
    /// <param name="backend">What computes; null takes the one that a call's options ask for.</param>
    public OverlapReRanker(MethodSettings settings, OverlapRecipe recipe, string? neighborParameter, IComputeBackend? backend)
        : base(settings, recipe, neighborParameter, backend)
    {
    }
}
