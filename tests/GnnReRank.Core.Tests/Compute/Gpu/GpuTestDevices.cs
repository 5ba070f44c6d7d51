using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using GnnReRank.Compute.Gpu;
using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Rows;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.OpenCL;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>Devices that need no GPU. One of each a process: whoever uses one holds its <see cref="GpuDevice.Gate"/>.</summary>
internal static class GpuTestDevices
{
    public const string EmulatedName = "Emulated";
    public const string PoclName = "Pocl";

    /// <summary>Names a file to which every kernel compiled for OpenCL adds a line, for the test that watches another process.</summary>
    public const string KernelLogVariable = "GNNRERANK_TEST_KERNEL_LOG";

    private const string PoclPlatform = "Portable Computing Language";
    private const string OclgrindPlatform = "Oclgrind";

    private static readonly Lazy<Context> s_context = new(CreateContext);
    private static readonly Lazy<GpuDevice> s_emulated = new(() =>
        new GpuDevice(s_context.Value.GetCPUDevice(0).CreateAccelerator(s_context.Value)));

    private static readonly Lazy<GpuDevice?> s_pocl = new(CreatePocl);

    // One a device, as a pool has it: what others forgot would be counted as the next test's.
    private static readonly ConditionalWeakTable<GpuDevice, ResidentData> s_resident = [];

    /// <summary>What stands in PoCL's place, where these tests prove a GPU (benchmarks/gpu-kit); null in the tests' own run.</summary>
    public static GpuDevice? Instead { get; set; }

    /// <summary>ILGPU's own interpreter of kernels: ten thousand times slower than plain code.</summary>
    public static GpuDevice Emulated
    {
        get
        {
            Assert.SkipUnless(Instead is null, "The emulator is not what is proven here.");
            return s_emulated.Value;
        }
    }

    /// <summary>The processor as an OpenCL device, or Oclgrind's where that runs this process; null where neither is installed.</summary>
    public static GpuDevice? Pocl => Instead ?? s_pocl.Value;

    /// <summary>Whether Oclgrind watches this process.</summary>
    public static bool IsWatched => FindOpenCL()?.PlatformName == OclgrindPlatform;

    /// <summary>The devices for theories. Those that are missing are named too, so that the run tells what it skipped.</summary>
    public static TheoryData<string> Names => Instead is not null || IsWatched ? [PoclName] : [EmulatedName, PoclName];

    /// <summary>A backend of a device, which shares with the device's others what stays there from call to call.</summary>
    public static GpuBackend BackendOf(GpuDevice device, long? memoryLimit = null) => new(device, s_resident.GetOrCreateValue(device), memoryLimit);

    /// <summary>The device of that name; the test is skipped where it is missing.</summary>
    public static GpuDevice Named(string name)
    {
        if (name == EmulatedName)
        {
            return Emulated;
        }

        if (Pocl is null)
        {
            Assert.Skip("PoCL is not installed (pocl-opencl-icd, ocl-icd-libopencl1).");
        }

        return Pocl!;
    }

    private static Context CreateContext()
    {
        // Only development packages bring the bare name that ILGPU opens.
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
            name == "OpenCL" && NativeLibrary.TryLoad("libOpenCL.so.1", out nint library) ? library : 0;
        return Context.Create(builder =>
        {
            builder.CPU(CPUDeviceKind.Nvidia).Optimize(OptimizationLevel.O1);
            if (NativeLibrary.TryLoad("libOpenCL.so.1", out _))
            {
                builder.OpenCL(_ => true);
            }
        });
    }

    private static CLDevice? FindOpenCL() => s_context.Value.Devices
        .OfType<CLDevice>()
        .FirstOrDefault(device => device.PlatformName is PoclPlatform or OclgrindPlatform);

    private static GpuDevice? CreatePocl()
    {
        if (FindOpenCL() is not CLDevice device)
        {
            return null;
        }

        // ILGPU refuses devices without it; PoclSource takes it out of the kernels.
        typeof(CLCapabilityContext).GetProperty(nameof(CLCapabilityContext.GenericAddressSpace))!
            .GetSetMethod(nonPublic: true)!
            .Invoke(device.Capabilities, [true]);
        CLAccelerator accelerator = (CLAccelerator)device.CreateAccelerator(s_context.Value);

        // Oclgrind sees what reads behind a buffer, but not behind the part of it that was asked for.
        return new GpuDevice(accelerator, kernel => Adapt(accelerator, (CLCompiledKernel)kernel), keepsMemory: !IsWatched);
    }

    private static CLCompiledKernel Adapt(CLAccelerator accelerator, CLCompiledKernel kernel)
    {
        SetField(kernel, nameof(CLCompiledKernel.Source), PoclSource.Rewrite(kernel.Source));
        SetField(kernel, nameof(CLCompiledKernel.CVersion), accelerator.CLStdVersion);
        CLError error = CLKernel.LoadKernel(
            accelerator, kernel.Name, kernel.Source, kernel.CVersion, out nint program, out nint entry, out string? log);
        if (error != CLError.CL_SUCCESS)
        {
            throw new InvalidOperationException($"{kernel.Name} does not compile ({error}):\n{log}\n{kernel.Source}");
        }

        _ = CLAPI.CurrentAPI.ReleaseKernel(entry);
        _ = CLAPI.CurrentAPI.ReleaseProgram(program);
        if (Environment.GetEnvironmentVariable(KernelLogVariable) is string kernelLog)
        {
            File.AppendAllLines(kernelLog, [EngineKernels.NameOf(kernel.SourceMethod)]);
        }

        return kernel;
    }

    private static void SetField(CLCompiledKernel kernel, string property, object value) =>
        typeof(CLCompiledKernel)
            .GetField($"<{property}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance)!
            .SetValue(kernel, value);
}
