using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Hardware;

/// <summary>
/// Buffers, and what else is to be given back, that are held together. Where one step of getting them fails, all that
/// were there are given back at once: nobody else knows of them yet.
/// </summary>
/// <param name="device">Where buffers come from.</param>
internal sealed class Rents(GpuDevice device) : IDisposable
{
    private readonly Stack<IDisposable> _held = [];

    /// <summary>As <see cref="GpuDevice.Allocate"/>.</summary>
    public MemoryBuffer1D<T, Stride1D.Dense> Allocate<T>(long length)
        where T : unmanaged => Add(() => device.Allocate<T>(length));

    /// <summary>As <see cref="GpuDevice.AllocateZeros"/>.</summary>
    public MemoryBuffer1D<T, Stride1D.Dense> AllocateZeros<T>(long length)
        where T : unmanaged => Add(() => device.AllocateZeros<T>(length));

    /// <summary>Holds something more.</summary>
    public T Add<T>(Func<T> make)
        where T : IDisposable
    {
        T? made = default;
        Do(() => _held.Push(made = make()));
        return made!;
    }

    /// <summary>Does something with what is held.</summary>
    public void Do(Action action)
    {
        try
        {
            action();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gives all back, the last first.</summary>
    public void Dispose()
    {
        while (_held.TryPop(out IDisposable? held))
        {
            held.Dispose();
        }
    }
}
