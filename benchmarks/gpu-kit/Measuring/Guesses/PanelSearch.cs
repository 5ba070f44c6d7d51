using GnnReRank.Compute.Gpu;
using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>The search where memory is said to hold some rows alone: its time, and that it finds the same.</summary>
/// <param name="lines">Receive the time.</param>
internal sealed class PanelSearch(StepLines lines)
{
    private const double Step = 0.9;

    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(5);

    // The smallest sizes have no more blocks of rows than three.
    private readonly int _leastPanels = lines.Context.IsSmall ? 3 : 5;

    public void Run(JobFeatures job, NeighborGraph exact) => lines.Try($"{job.Shape.Name}: search in panels", () =>
    {
        GpuDevice device = lines.Context.Device;
        DeviceJob search = DeviceJob.Search(job.Query, job.Gallery, job.Shape.K1);
        GpuPlan plan = GpuPlan.For(search, long.MaxValue, canSplit: false);
        long limit = plan.Peak;
        while (plan.PanelCount < _leastPanels && plan.Fits)
        {
            limit = (long)(limit * Step);
            plan = GpuPlan.For(search, limit, canSplit: false);
        }

        string what = FormattableString.Invariant(
            $"{job.Shape.Name}: search in {plan.PanelCount} panels of {plan.PanelRows:N0} rows");
        if (!plan.Fits)
        {
            lines.Skip(what, "no size of memory asks for so many");
            return;
        }

        using ResidentData resident = new();
        GpuBackend backend = new(device, resident, limit);
        NeighborGraph found = backend.FindNeighbors(job.Query, job.Gallery, job.Shape.K1, ComputeOptions.Default);
        StageTimes times = StageTimes.Of(
            device, lines.Runs, s_budget,
            () => backend.FindNeighbors(job.Query, job.Gallery, job.Shape.K1, ComputeOptions.Default));

        // A panel goes up while two are searched.
        StageFloor neighbors = StageFloor.Neighbors(job.Shape.Job);
        StageFloor floor = neighbors with { LinkBytes = StageFloor.Upload(job.Shape.Job).LinkBytes };
        lines.Time(what, times, floor.On(lines.Peaks), "from the host, with the graph copied back");
        lines.Check(
            $"{job.Shape.Name}: panels find what the whole finds", found.IndexSpan.SequenceEqual(exact.IndexSpan),
            FormattableString.Invariant($"{found.VertexCount:N0} rows in order"));
    });
}
