using System.Reflection;
using GnnReRank.Compute.Gpu.Kernels;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;

namespace GnnReRank.Compute.Gpu.Hardware;

/// <summary>One accelerator with its kernels, each compiled once. One call at a time: whoever uses it holds <see cref="Gate"/>.</summary>
internal sealed class GpuDevice : IDisposable
{
    private readonly Dictionary<MethodInfo, Delegate> _launchers = [];
    private readonly List<Kernel> _kernels = [];
    private readonly AcceleratorStream?[] _streams = new AcceleratorStream?[Enum.GetValues<CopyStream>().Length];
    private readonly Func<CompiledKernel, CompiledKernel>? _adapt;

    /// <param name="accelerator">The accelerator, which the device then owns.</param>
    /// <param name="adapt">Changes a compiled kernel before it is loaded, for drivers that tests bring; null for none.</param>
    /// <param name="keepsMemory">Whether buffers are given out again.</param>
    public GpuDevice(
        Accelerator accelerator, Func<CompiledKernel, CompiledKernel>? adapt = null, bool keepsMemory = true)
    {
        Accelerator = accelerator;
        Memory = new DeviceMemory(accelerator, accelerator.MemorySize) { Keeps = keepsMemory };
        Pinned = new PinnedMemory(accelerator);
        _adapt = adapt;
    }

    public Accelerator Accelerator { get; }

    public Lock Gate { get; } = new();

    /// <summary>The memory of the device.</summary>
    public DeviceMemory Memory { get; }

    /// <summary>Page-locked memory of this machine.</summary>
    public PinnedMemory Pinned { get; }

    public string Name => Accelerator.Name;

    /// <summary>Whether kernels may use float64: some OpenCL devices have none.</summary>
    public bool HasDoubles => Accelerator is not CLAccelerator openCL || openCL.Capabilities.Float64;

    /// <summary>Told of every launch; null for none.</summary>
    public ILaunchObserver? Observer { get; set; }

    /// <summary>How many kernels are compiled.</summary>
    public int KernelCount => _kernels.Count;

    /// <summary>A stream beside that of the kernels, for copies: made once.</summary>
    public AcceleratorStream StreamOf(CopyStream use) => _streams[(int)use] ??= Accelerator.CreateStream();

    /// <summary>Room on the device, not cleared: it holds what its last user left there. How it may be used in other
    /// streams than the default one is told at <see cref="DeviceMemory"/>.</summary>
    /// <param name="length">The number of elements; at least one is taken.</param>
    /// <exception cref="GnnReRankException">The device has not so much left.</exception>
    public MemoryBuffer1D<T, Stride1D.Dense> Allocate<T>(long length)
        where T : unmanaged
    {
        try
        {
            return Memory.Rent<T>(Math.Max(1, length));
        }
        catch (AcceleratorException error)
        {
            throw GpuErrors.OutOfMemory(Name, length * Interop.SizeOf<T>(), error);
        }
    }

    /// <summary>Room on the device, filled with zero bytes.</summary>
    /// <param name="length">The number of elements; at least one is taken.</param>
    /// <exception cref="GnnReRankException">The device has not so much left.</exception>
    public MemoryBuffer1D<T, Stride1D.Dense> AllocateZeros<T>(long length)
        where T : unmanaged
    {
        MemoryBuffer1D<T, Stride1D.Dense> buffer = Allocate<T>(length);
        try
        {
            buffer.MemSetToZero();
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>Starts a kernel behind those started before; nothing waits for it.</summary>
    /// <param name="kernel">A static method that finds its place by Grid.IdxX, Grid.IdxY and Group.IdxX.</param>
    /// <param name="columns">Groups along x, at least 1.</param>
    /// <param name="rows">Groups along y, 1 to 65,535.</param>
    /// <param name="groupSize">Threads a group.</param>
    /// <param name="arguments">All that the kernel reads and writes.</param>
    public void Launch<TArguments>(Action<TArguments> kernel, int columns, int rows, int groupSize, TArguments arguments)
        where TArguments : struct => Launch(Accelerator.DefaultStream, kernel, columns, rows, groupSize, arguments);

    /// <summary>As above, with groups along x alone.</summary>
    public void Launch<TArguments>(Action<TArguments> kernel, int groups, int groupSize, TArguments arguments)
        where TArguments : struct => Launch(kernel, groups, 1, groupSize, arguments);

    /// <summary>As above, on another stream than that of all other kernels.</summary>
    public void Launch<TArguments>(AcceleratorStream stream, Action<TArguments> kernel, int groups, int groupSize, TArguments arguments)
        where TArguments : struct => Launch(stream, kernel, groups, 1, groupSize, arguments);

    /// <summary>Compiles a kernel that will be launched, unless it is already.</summary>
    public void Prepare<TArguments>(Action<TArguments> kernel)
        where TArguments : struct => LauncherOf<TArguments>(kernel.Method);

    /// <summary>Waits for all that was started.</summary>
    public void Synchronize() => Accelerator.DefaultStream.Synchronize();

    public void Dispose()
    {
        Memory.Close();
        try
        {
            foreach (Kernel kernel in _kernels)
            {
                kernel.Dispose();
            }
        }
        finally
        {
            // A device that failed refuses what comes before.
            Accelerator.Dispose();
        }
    }

    private void Launch<TArguments>(
        AcceleratorStream stream, Action<TArguments> kernel, int columns, int rows, int groupSize, TArguments arguments)
        where TArguments : struct
    {
        KernelConfig config = new(new Index3D(columns, rows, 1), new Index3D(groupSize, 1, 1));
        Delegate launcher = LauncherOf<TArguments>(kernel.Method);
        Observer?.Starting(stream, kernel.Method, config, arguments);
        ((Action<AcceleratorStream, KernelConfig, TArguments>)launcher)(stream, config, arguments);
        Observer?.Started(stream);
    }

    private Delegate LauncherOf<TArguments>(MethodInfo method)
        where TArguments : struct
    {
        if (!_launchers.TryGetValue(method, out Delegate? launcher))
        {
            CompiledKernel compiled = OpenCLBarriers.Complete(Accelerator.GetBackend().Compile(
                EntryPointDescription.FromExplicitlyGroupedKernel(method),
                SpecializationOf(method)));
            Kernel kernel = Accelerator.LoadKernel(_adapt is null ? compiled : _adapt(compiled));
            _kernels.Add(kernel);
            launcher = kernel.CreateLauncherDelegate<Action<AcceleratorStream, KernelConfig, TArguments>>();
            _launchers.Add(method, launcher);
        }

        return launcher;
    }

    // CUDA's compiler alone is told: other devices do not say how many groups share a multiprocessor.
    private KernelSpecialization SpecializationOf(MethodInfo method) =>
        Accelerator.AcceleratorType == AcceleratorType.Cuda && method.GetCustomAttribute<KernelAttribute>() is { } kernel
            ? kernel.Specialization
            : KernelSpecialization.Empty;
}
