using System.Reflection;
using GnnReRank.Compute.Gpu;
using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Products;
using GnnReRank.Compute.Jobs;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>The most memory that a job held at any of its launches, beside what the plan said it would take.</summary>
/// <remarks>
/// What the engine keeps of earlier stages, to give it out again, is not the job's: the plan does not count it.
/// </remarks>
/// <param name="device">The device.</param>
/// <param name="freeBefore">Its free bytes before the job; null where only the engine's own count is known.</param>
internal sealed class PeakMemory(GpuDevice device, long? freeBefore) : ILaunchObserver
{
    // Beside the plan: kernels that the job is the first to load, and the driver's rounding of sizes.
    private const long Beside = 256L << 20;
    private const double Share = 0.05;

    private long _rented;
    private long _held;
    private long _idle;

    /// <summary>Runs a job and tells its peak.</summary>
    /// <param name="lines">Receive it.</param>
    /// <param name="shape">The job's shape.</param>
    /// <param name="jobs">The jobs of that shape.</param>
    /// <param name="recipe">What the job computes.</param>
    /// <param name="work">The job.</param>
    public static void Run(StepLines lines, KitShape shape, WholeJobs jobs, ScoringRecipe recipe, Action work)
    {
        string what = $"{shape.Name}: most memory";
        lines.Try(what, () =>
        {
            GpuDevice device = lines.Context.Device;
            jobs.Forget();
            PeakMemory peak = new(device, Emptied(device));
            device.Observer = peak;
            try
            {
                work();
            }
            finally
            {
                device.Observer = null;
            }

            DeviceJob job = new(
                shape.Job.Queries, shape.Job.Gallery, shape.Job.Dimension, shape.K1, shape.Depth, recipe);
            long planned = GpuPlan.For(
                job, device.Accelerator.MemorySize, TensorProductKernel.IsSupported(device.Accelerator)).Peak;
            long most = Math.Max(peak._held, peak._rented);
            lines.Check(
                what, most > 0 && most <= Allowed(planned),
                FormattableString.Invariant(
                    $"planned {planned / 1e9:0.00} GB; buffers {peak._rented / 1e9:0.00}, idle {peak._idle / 1e9:0.00}"),
                most / 1e9, "GB");
        });
    }

    /// <summary>The most bytes that a job may hold of which so many were planned.</summary>
    public static double Allowed(long planned) => (planned * (1 + Share)) + Beside;

    public void Starting<TArguments>(
        AcceleratorStream stream, MethodInfo kernel, KernelConfig config, TArguments arguments)
        where TArguments : struct
    {
        _rented = Math.Max(_rented, device.Memory.RentedBytes);
        _idle = Math.Max(_idle, device.Memory.KeptBytes);
        if (freeBefore is long before)
        {
            _held = Math.Max(_held, before - Free() - device.Memory.KeptBytes);
        }
    }

    public void Started(AcceleratorStream stream)
    {
    }

    /// <summary>Gives back what lies idle, and tells the free bytes then; null where only CUDA would.</summary>
    private static long? Emptied(GpuDevice device)
    {
        lock (device.Gate)
        {
            device.Accelerator.Bind();
            device.Synchronize();
            device.Memory.FreeKept();
            return device.Accelerator.AcceleratorType == AcceleratorType.Cuda ? Free() : null;
        }
    }

    private static long Free()
    {
        CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.GetMemoryInfo(out long free, out long _));
        return free;
    }
}
