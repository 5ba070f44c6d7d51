using System.Runtime.InteropServices;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Memory;

/// <summary>Aligned memory outside the collected heap: 64-bit lengths, large pages where the system has them, no zeroing unless asked for.</summary>
internal sealed unsafe class NativeBuffer<T> : IDisposable
    where T : unmanaged
{
    private const int CacheLine = 64;

    // Smaller buffers would waste most of a large page.
    private const int LargeBytes = 1 << 20;

    private T* _pointer;

    /// <exception cref="GnnReRankException">The memory is not there.</exception>
    public NativeBuffer(long length, bool zeroed = false)
    {
        Length = length;
        nuint bytes = checked((nuint)Math.Max(1, length) * (nuint)sizeof(T));
        bool isLarge = bytes >= LargeBytes;
        if (isLarge)
        {
            bytes = (bytes + HugePages.Size - 1) / HugePages.Size * HugePages.Size;
        }

        try
        {
            _pointer = (T*)NativeMemory.AlignedAlloc(bytes, (nuint)(isLarge ? HugePages.Size : CacheLine));
        }
        catch (OutOfMemoryException cause)
        {
            throw new GnnReRankException(
                "OutOfMemory", ErrorKind.TooLarge,
                $"A buffer of {MemoryBudget.Gigabytes((long)bytes)} GB could not be had. Use fewer rows, or a machine with more memory.", cause);
        }

        if (isLarge)
        {
            HugePages.Advise(_pointer, bytes);
        }

        if (zeroed)
        {
            NativeMemory.Clear(_pointer, bytes);
        }
    }

    // Reached only where an owner failed half-made, its other buffers not to be had.
    ~NativeBuffer() => Free();

    public long Length { get; }

    public T* Pointer => _pointer;

    /// <summary>The first elements as a span.</summary>
    public Span<T> AsSpan(int length) => new(_pointer, length);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_pointer);
        _pointer = null;
    }
}
