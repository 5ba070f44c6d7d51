using System.Diagnostics;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>Which recipes serve queries one at a time, and by what.</summary>
internal static class SingleScorings
{
    /// <summary>Whether a recipe can serve queries one at a time.</summary>
    public static bool Serves(ScoringRecipe recipe) => recipe.ServesSingleQueries;

    /// <summary>Makes a recipe ready.</summary>
    /// <param name="recipe">One that <see cref="Serves"/>.</param>
    /// <param name="lists">The gallery's lists.</param>
    /// <param name="budget">What may be used.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">It outgrows the budget.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static ISingleScoring Prepare(
        ScoringRecipe recipe, GalleryLists lists, MemoryBudget budget, ComputeOptions options) =>
        recipe switch
        {
            MessageRecipe messages when ResidualSingles.Serves(messages) =>
                ResidualSingles.Prepare(messages, lists, budget, options),
            MessageRecipe messages => new RebuiltSingles(messages, lists),
            RestartWalkRecipe walk => SingleWalkScoring.Prepare(walk, lists, budget, options),
            _ => throw new UnreachableException(recipe.ToString()),
        };

    /// <summary>Makes a recipe ready by a state that was kept.</summary>
    /// <param name="recipe">The recipe of the kept state.</param>
    /// <param name="lists">The gallery's lists.</param>
    /// <param name="state">What <see cref="ISingleScoring.Write"/> wrote.</param>
    /// <param name="budget">What may be used.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">The state is not of these lists.</exception>
    public static ISingleScoring Read(
        ScoringRecipe recipe, GalleryLists lists, IStateReader state, MemoryBudget budget, ComputeOptions options) =>
        recipe switch
        {
            MessageRecipe messages when ResidualSingles.Serves(messages) =>
                ResidualKeeping.Read(messages, lists, state, budget, options),
            MessageRecipe messages => new RebuiltSingles(messages, lists),
            RestartWalkRecipe walk => SingleWalkScoring.Prepare(walk, lists, budget, options),
            _ => throw new UnreachableException($"{recipe} {state}"),
        };
}
