using System.Reflection;
using GnnReRank.Compute.Gpu;
using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Products;
using GnnReRank.Compute.Jobs;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>The least memory that was free at any launch of a job, beside what the plan said it would take.</summary>
internal sealed class PeakMemory : ILaunchObserver
{
    private long _least = long.MaxValue;

    /// <summary>The free bytes of the device.</summary>
    public static long Free()
    {
        CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.GetMemoryInfo(out long free, out long _));
        return free;
    }

    /// <summary>Runs a job and tells its peak.</summary>
    /// <param name="lines">Receive it.</param>
    /// <param name="shape">The job's shape.</param>
    /// <param name="freeBefore">The free bytes before the first job of the process.</param>
    /// <param name="recipe">What the job computes.</param>
    /// <param name="work">The job.</param>
    public static void Run(StepLines lines, KitShape shape, long freeBefore, ScoringRecipe recipe, Action work)
    {
        string what = $"{shape.Name}: most memory";
        GpuDevice device = lines.Context.Device;
        lines.Try(what, () =>
        {
            PeakMemory peak = new();
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
                shape.Job.Queries, shape.Job.Gallery, shape.Job.Dimension, shape.K1,
                shape.Job.Top ?? shape.Job.Gallery, recipe);
            GpuPlan plan = GpuPlan.For(
                job, device.Accelerator.MemorySize, TensorProductKernel.IsSupported(device.Accelerator));
            double held = freeBefore - peak._least;
            lines.Check(
                what, held <= plan.Peak,
                FormattableString.Invariant($"planned {plan.Peak / 1e9:0.00} GB; all that the process holds"),
                held / 1e9, "GB");
        });
    }

    public void Starting<TArguments>(
        AcceleratorStream stream, MethodInfo kernel, KernelConfig config, TArguments arguments)
        where TArguments : struct => _least = Math.Min(_least, Free());

    public void Started(AcceleratorStream stream)
    {
    }
}
