using System.Diagnostics;
using GnnReRank.Compute.Cpu.Expansion;
using GnnReRank.Compute.Cpu.Inverse;
using GnnReRank.Compute.Cpu.Lists;
using GnnReRank.Compute.Cpu.Messages;
using GnnReRank.Compute.Cpu.Overlaps;
using GnnReRank.Compute.Cpu.Offsets;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Compute.Cpu.Walks;
using GnnReRank.Compute.Jobs;
using GnnReRank.Compute.Walks;
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
    public static IScoring Prepare(
        ScoringRecipe recipe, GraphLists lists, CpuKernels kernels, MemoryBudget budget, ComputeOptions options) =>
        recipe switch
        {
            MessageRecipe messages => MessagePassingStage.Run(
                lists.Graph, lists.Graph.Query!.RowCount, messages, budget, options),
            RestartWalkRecipe walk => Ready(
                WalkPlan.Of(lists, walk, lists.Graph.Query!.RowCount, budget, options)),
            OverlapRecipe overlap => OverlapStage.Run(lists, overlap, budget, options),
            ExpandedListsRecipe expanded => ExpandedListsScoring.Run(lists.Graph, expanded, budget, options),
            ExpandedCosinesRecipe expanded =>
                ExpandedCosinesScoring.Run(lists.Graph, expanded, kernels.Exact, budget, options),
            GraphInverseRecipe inverse => GraphInverseStage.Run(lists.Graph, inverse, budget, options),
            ListRecipe rounds => ListStage.Run(lists.Graph, rounds, budget, options),
            _ => throw new UnreachableException(recipe.ToString()),
        };

    private static RestartWalk<WholeRows> Ready(WalkPlan plan) => new(plan, plan.Matrix.Rows);
}
