using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using GnnReRank.GpuKit.Cuda;
using GnnReRank.GpuKit.Dumping;
using GnnReRank.GpuKit.Running;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;

namespace GnnReRank.GpuKit.Facts;

/// <summary>What becomes of one kernel.</summary>
internal static class KernelFacts
{
    /// <summary>Compiles it, by ILGPU and by the driver, and tells what came out.</summary>
    public static KitLine Of(KitContext context, int step, string what, MethodInfo kernel)
    {
        long started = Stopwatch.GetTimestamp();
        if (context.Emulates)
        {
            PTXCompiledKernel text = KernelText.Compile(kernel);
            return new KitLine(
                step, what, KitVerdict.Passed, Stopwatch.GetElapsedTime(started).TotalMilliseconds, "ms",
                Note: string.Create(CultureInfo.InvariantCulture, $"{text.PTXAssembly.Length} characters of PTX; no driver to compile it"));
        }

        try
        {
            CompiledKernel compiled = KernelText.Compile(kernel, context.Device.Accelerator.GetBackend());
            double byIlgpu = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            started = Stopwatch.GetTimestamp();
            using CudaModule module = new(((PTXCompiledKernel)compiled).PTXAssembly, compiled.Name);
            double byDriver = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            context.Device.Accelerator.LoadKernel(compiled).Dispose();
            return Tell(step, what, kernel, module, byIlgpu, byDriver);
        }
        catch (Exception error) when (error is CudaException or AcceleratorException or InternalCompilerException or NotSupportedException)
        {
            context.Report.Add(new KitLine(step, what, KitVerdict.Failed, Note: error.Message));
            throw Next(error);
        }
    }

    private static KitLine Tell(int step, string what, MethodInfo kernel, CudaModule module, double byIlgpu, double byDriver)
    {
        int threads = KernelText.GroupSizeOf(kernel);
        int groups = threads <= module.MostThreads ? module.GroupsTogether(threads) : 0;
        string times = string.Create(CultureInfo.InvariantCulture, $"ILGPU {byIlgpu:F0} ms, driver {byDriver:F0} ms");

        // A register or two that other versions of the driver's compiler spill are no fault, but are worth a look.
        string unexpected = module.LocalBytes > 0 && !KernelText.MaySpill(kernel) ? " (none were expected)" : string.Empty;
        string needs = $"{module.Registers} registers, {module.LocalBytes} bytes local{unexpected}, {module.SharedBytes} shared";
        return new KitLine(
            step, what, groups > 0 ? KitVerdict.Passed : KitVerdict.Failed, byIlgpu + byDriver, "ms",
            Note: $"{times}; {needs}; {groups} groups of {threads} on a multiprocessor");
    }

    /// <summary>Whatever a refused kernel has spoilt, a fresh process has not.</summary>
    private static SpoiltDeviceException Next(Exception cause) =>
        new($"A kernel was refused, and a fresh process goes on: {cause.Message}");
}
