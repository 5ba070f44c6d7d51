using System.Diagnostics;
using GnnReRank.Compute.Cpu.Messages;
using GnnReRank.Compute.Cpu.Offsets;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu;

/// <summary>Which stage of the processor makes which recipe.</summary>
internal static class CpuScorings
{
    /// <summary>Makes a recipe ready that needs no lists; null for one that does.</summary>
    public static IScoring? WithoutLists(ScoringRecipe recipe) => recipe is OffsetRecipe offsets ? new OffsetScoring(offsets.Offsets) : null;

    /// <summary>Makes a recipe ready for what a pass found.</summary>
    /// <exception cref="GnnReRankException">It outgrows the budget.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static IScoring Prepare(ScoringRecipe recipe, GraphLists lists, MemoryBudget budget, ComputeOptions options) => recipe switch
    {
        MessageRecipe messages => MessagePassingStage.Run(lists.Graph, messages, budget, options),
        _ => throw new UnreachableException(recipe.ToString()),
    };
}
