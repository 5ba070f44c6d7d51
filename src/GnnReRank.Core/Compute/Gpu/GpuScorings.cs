using System.Diagnostics;
using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Messages;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.Compute.Gpu.Scoring;
using GnnReRank.Compute.Gpu.Walks;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.Compute.Gpu;

/// <summary>Which stage of a device makes which recipe.</summary>
internal static class GpuScorings
{
    /// <summary>Makes a recipe ready for a graph.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="device">The device, whose gate the caller holds.</param>
    /// <param name="graph">The graph, which the caller keeps until the scores are made.</param>
    /// <param name="queryCount">Vertices before the gallery.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">The device has no room for it.</exception>
    public static IDeviceScoring Prepare(
        ScoringRecipe recipe, GpuDevice device, DeviceGraph graph, int queryCount, ComputeOptions options) => recipe switch
        {
            MessageRecipe messages => GpuMessages.Run(device, graph, queryCount, messages, options),
            RestartWalkRecipe walk => GpuWalks.Run(device, graph, queryCount, walk, options),
            _ => throw Unknown(recipe),
        };

    /// <summary>The bytes that a recipe is expected to take beside the graph.</summary>
    public static long BytesFor(ScoringRecipe recipe, int queryCount, long vertexCount) => recipe switch
    {
        MessageRecipe messages => MessageSizes.BytesFor(queryCount, vertexCount, messages),
        RestartWalkRecipe walk => GpuWalks.BytesFor(vertexCount, walk),
        _ => throw Unknown(recipe),
    };

    /// <summary>Steps that each compile a kernel which the recipe will launch.</summary>
    public static IReadOnlyList<Action> Preparations(ScoringRecipe recipe, GpuDevice device) => recipe switch
    {
        MessageRecipe => GpuMessages.Preparations(device),
        RestartWalkRecipe => GpuWalks.Preparations(device),
        _ => throw Unknown(recipe),
    };

    private static UnreachableException Unknown(ScoringRecipe recipe) => new(recipe.ToString());
}
