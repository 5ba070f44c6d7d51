using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Hardware;

/// <summary>The first elements of a buffer of <see cref="DeviceMemory"/>, which gets it back instead of the driver.</summary>
/// <param name="memory">Where the buffer comes from.</param>
/// <param name="buffer">The buffer, in bytes.</param>
/// <param name="length">The number of elements.</param>
internal sealed class RentedBuffer<T>(DeviceMemory memory, MemoryBuffer buffer, long length)
    : MemoryBuffer1D<T, Stride1D.Dense>(buffer.Accelerator, ViewOf(buffer, length))
    where T : unmanaged
{
    protected override void DisposeAcceleratorObject(bool disposing)
    {
        if (disposing)
        {
            NativePtr = 0;
            memory.Return(buffer);
        }
        else
        {
            // Nobody disposed it, and the driver gets the buffer itself back.
            memory.Forget(buffer);
        }
    }

    private static ArrayView1D<T, Stride1D.Dense> ViewOf(MemoryBuffer buffer, long length) =>
        new(buffer.AsRawArrayView(0, length * Interop.SizeOf<T>()).Cast<T>(), length, default);
}
