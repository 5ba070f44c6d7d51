using GnnReRank.Compute.Gpu.Kernels;
using GnnReRank.Compute.Gpu.Neighbors;

namespace GnnReRank.Compute.Gpu;

/// <summary>Compiles the kernels that a job will launch, in a stage of its own: the first call on a device waits for them.</summary>
internal static class DevicePreparation
{
    /// <summary>Compiles what is not compiled yet.</summary>
    /// <param name="device">The device.</param>
    /// <param name="plan">The job.</param>
    /// <param name="options">How the call runs.</param>
    public static void Prepare(GpuDevice device, GpuPlan plan, ComputeOptions options)
    {
        List<Action> steps = [() => device.Prepare<NormalizeArguments>(RowKernels.Normalize)];
        if (plan.Search > 0)
        {
            steps.AddRange(Search(device, isInPanels: plan.PanelRows > 0));
        }

        if (plan.Search > 0 && plan.PanelRows == 0)
        {
            steps.Add(() => TensorCheck.Passes(device, options));
        }

        if (plan.Messages > 0)
        {
            steps.AddRange(Messages(device));
        }

        if (plan.Ranking > 0)
        {
            steps.AddRange(Ranking(device));
        }

        int before = device.KernelCount;
        StageReporter reporter = new(StageNames.Preparation, steps.Count, StageUnits.Steps, options);
        foreach (Action step in steps)
        {
            step();
            reporter.Advance(1);
        }

        if (device.KernelCount > before)
        {
            reporter.Complete(FormattableString.Invariant($"{device.KernelCount - before} kernels compiled for {device.Name}"));
        }
    }

    private static Action[] Search(GpuDevice device, bool isInPanels) =>
    [
        () => device.Prepare<TileArguments<float>>(SearchKernels.SearchTile),
        .. isInPanels ? (Action[])[() => device.Prepare<RectangleArguments<float>>(SearchKernels.SearchRectangle)] : [],
        () => device.Prepare<MergeArguments>(MergeKernels.FindOverflow),
        () => device.Prepare<MergeArguments>(MergeKernels.MergeSmall),
        () => device.Prepare<ListArguments>(ListKernels.WriteSelf),
        () => device.Prepare<ListArguments>(ListKernels.WriteGraph),
    ];

    private static Action[] Messages(GpuDevice device) =>
    [
        () => device.Prepare<AdjacencyArguments>(AdjacencyKernels.WriteAdjacency),
        () => device.Prepare<AdjacencyArguments>(AdjacencyKernels.WriteWeights),
        () => device.Prepare<TransposeArguments>(TransposeKernels.CountEntries),
        () => device.Prepare<TransposeArguments>(TransposeKernels.WriteOffsets),
        () => device.Prepare<TransposeArguments>(TransposeKernels.WriteEntries),
        () => device.Prepare<LayerArguments>(LayerKernels.SumRow),
        () => device.Prepare<LayerArguments>(ScoreKernels.SortRow),
        () => device.Prepare<ScoreArguments>(ScoreKernels.MultiplyState),
        () => device.Prepare<ScoreArguments>(ScoreKernels.SumEdges),
    ];

    private static Action[] Ranking(GpuDevice device) =>
    [
        () => device.Prepare<ProductArguments>(SearchKernels.Product),
        () => device.Prepare<SortTilesArguments>(RankKernels.SortTiles),
    ];
}
