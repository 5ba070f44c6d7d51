using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.Compute.Gpu.Kernels.Rows;
using GnnReRank.Compute.Gpu.Neighbors;
using GnnReRank.Compute.Gpu.Ordering;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Gpu;

/// <summary>Compiles the kernels that a job will launch, in a stage of its own: the first call on a device waits for them.</summary>
internal static class DevicePreparation
{
    /// <summary>Compiles what is not compiled yet.</summary>
    /// <param name="device">The device.</param>
    /// <param name="job">The job.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="checkTensorCores">Finds whether tensor cores may be used, which compiles what they run.</param>
    /// <param name="checkTensorCosines">Finds whether they may make cosines, which compiles what they run.</param>
    /// <param name="options">How the call runs.</param>
    public static void Prepare(
        GpuDevice device, DeviceJob job, GpuPlan plan, Func<bool> checkTensorCores, Func<bool> checkTensorCosines,
        ComputeOptions options)
    {
        List<Action> steps = [() => device.Prepare<NormalizeArguments>(RowKernels.Normalize)];
        if (job.NeighborCount > 0)
        {
            // Which lists are merged depends on what tensor cores may do, which is found once.
            bool isInPanels = plan.PanelRows > 0;
            steps.Add(() => _ = !isInPanels && checkTensorCores());
            steps.AddRange(Search(
                device, job.NeighborCount, isInPanels,
                () => !isInPanels && options.Precision != ComputePrecision.Fast && checkTensorCores()));
        }

        if (job.Recipe is not null)
        {
            steps.AddRange(GpuScorings.Preparations(job.Recipe, device));
        }

        if (job.Depth > 0)
        {
            steps.Add(() => PrepareCosines(device, plan, checkTensorCosines));
            steps.AddRange(GpuRanker.Preparations(device, job.GalleryCount, job.Depth));
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

    /// <summary>What lists are searched with; what ranks whole rows is compiled when it is needed, for it seldom is.</summary>
    private static Action[] Search(GpuDevice device, int neighborCount, bool isInPanels, Func<bool> hasMargin) =>
        neighborCount - 1 > SearchListSizes.MostWanted ? [] :
        [
            () => device.Prepare<TileArguments<float>>(SearchKernels.SearchTile),
            .. isInPanels
                ? (Action[])[() => device.Prepare<RectangleArguments<float>>(SearchKernels.SearchRectangle)]
                : [],
            () => device.Prepare<MergeArguments>(MergeKernels.FindOverflow),
            () => device.Prepare<MergeArguments>(MergeOf(neighborCount, hasMargin())),
            () => device.Prepare<ListArguments>(ListKernels.WriteSelf),
            () => device.Prepare<ListArguments>(ListKernels.WriteGraph),
        ];

    private static Action<MergeArguments> MergeOf(int neighborCount, bool hasMargin)
    {
        SearchListSizes sizes = SearchListSizes.For(Math.Max(1, neighborCount - 1), hasMargin);
        return sizes.ListLength + sizes.Capacity <= MergeKernels.SmallRoom
            ? MergeKernels.MergeSmall : MergeKernels.MergeLarge;
    }

    private static void PrepareCosines(GpuDevice device, GpuPlan plan, Func<bool> checkTensorCosines)
    {
        if (!plan.SplitsRows || !checkTensorCosines())
        {
            device.Prepare<ProductArguments>(SearchKernels.Product);
        }
    }
}
