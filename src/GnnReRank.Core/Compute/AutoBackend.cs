using GnnReRank.Compute.Devices;
using GnnReRank.Compute.Gpu;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute;

/// <summary>Sends a job to the best GPU that can hold it, and to the processor where there is none or where the GPU fails.</summary>
/// <param name="pool">The devices.</param>
/// <param name="processor">The processor's backend.</param>
/// <param name="smallJob">Jobs of fewer operations stay on the processor, unless another number is given.</param>
internal sealed class AutoBackend(DevicePool pool, IComputeBackend processor, double smallJob = AutoBackend.UsualSmallJob)
    : DeviceBackend(processor)
{
    // A few cores do this in less time than it takes to open a device and to compile its kernels.
    private const double UsualSmallJob = 5e9;

    private readonly IComputeBackend _processor = processor;

    protected override T Run<T>(DeviceJob job, ComputeOptions options, Func<IComputeBackend, T> work)
    {
        if (Choose(job, out string why) is not ReRankDevice device)
        {
            Say(options, $"CPU ({why})");
            return work(_processor);
        }

        Say(options, $"{Describe(device)} ({why})");
        try
        {
            return pool.Run(device, work);
        }
        catch (Exception exception) when (pool.IsDeviceError(exception))
        {
            options.Warn?.Invoke($"{device} failed, and the processor does its work: {exception.Message}");
            return work(_processor);
        }
    }

    /// <summary>CUDA before OpenCL, then the most memory; null for the processor.</summary>
    private ReRankDevice? Choose(DeviceJob job, out string why)
    {
        if (job.Operations < smallJob)
        {
            why = "the job is small";
            return null;
        }

        ReRankDevice[] gpus = [.. pool.Devices.Where(device => !device.IsProcessor && device.Kind != ReRankDeviceKind.Cpu)];
        ReRankDevice[] usable =
        [
            .. gpus.Where(device => device.IsUsable)
                .OrderBy(device => device.Kind)
                .ThenByDescending(device => device.MemoryBytes),
        ];
        ReRankDevice? best = usable.FirstOrDefault(device => Fits(job, device));
        why = best is not null ? "the best GPU found"
            : usable.Length > 0 ? $"the job needs about {MemoryBudget.Gigabytes(Needed(job).Peak)} GB, more than {Describe(usable[0])} has to spare"
            : gpus.Length > 0 ? $"no usable GPU. {gpus[0]}: {gpus[0].Reason}"
            : "no GPU found";
        return best;
    }

    /// <summary>What a job takes at least, with all features there at once.</summary>
    private static GpuPlan Needed(DeviceJob job) => GpuPlan.For(job, long.MaxValue, canSplit: false);

    /// <summary>
    /// Whether a device holds a job with all features there at once; in panels a GPU may be slower than the processor.
    /// </summary>
    private static bool Fits(DeviceJob job, ReRankDevice device) =>
        GpuPlan.For(job, device.MemoryBytes, canSplit: false) is { Fits: true, PanelRows: 0 };
}
