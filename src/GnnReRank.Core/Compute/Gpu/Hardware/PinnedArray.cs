using System.Runtime.InteropServices;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Hardware;

/// <summary>Page-locked memory of <see cref="PinnedMemory"/>, which gets it back; the array never moves.</summary>
/// <param name="memory">Where it comes from.</param>
/// <param name="array">The bytes.</param>
internal sealed class PinnedArray(PinnedMemory memory, PageLockedArray1D<byte> array) : IDisposable
{
    private PageLockedArray1D<byte>? _array = array;

    /// <summary>Elements from a byte on.</summary>
    /// <param name="firstByte">A multiple of the element's size.</param>
    /// <param name="count">The number of elements.</param>
    public Span<T> Span<T>(int firstByte, int count)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(_array!.GetArray().AsSpan(firstByte))[..count];

    public void Dispose()
    {
        if (_array is not null)
        {
            memory.Return(_array);
            _array = null;
        }
    }
}
