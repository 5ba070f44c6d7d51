using GnnReRank.GpuKit.Cuda;

namespace GnnReRank.GpuKit.Leaks;

/// <summary>Device memory taken by plain allocations until little is free, as another program would; given back at the end.</summary>
internal sealed class TakenMemory : IDisposable
{
    private const long LargestPiece = 4L << 30;
    private const long SmallestPiece = 1 << 20;

    private readonly List<ulong> _pieces = [];
    private readonly Action _bind;

    /// <summary>Takes pieces, each half as large where one is refused, until about so much is free.</summary>
    /// <param name="bind">Makes the device's context this thread's.</param>
    /// <param name="leave">The bytes to leave.</param>
    public TakenMemory(Action bind, long leave)
    {
        _bind = bind;
        bind();
        for (long piece = LargestPiece; piece >= SmallestPiece; piece /= 2)
        {
            while (Free() - piece >= leave && CudaDriver.Allocate(out ulong address, (nuint)piece) == 0)
            {
                _pieces.Add(address);
            }
        }
    }

    /// <summary>The bytes that are free now.</summary>
    public static long Free()
    {
        CudaDriver.Check(CudaDriver.GetMemory(out nuint free, out _), "The memory");
        return (long)free;
    }

    public void Dispose()
    {
        // Another device's context may be this thread's by now.
        _bind();
        foreach (ulong piece in _pieces)
        {
            _ = CudaDriver.Free(piece);
        }
    }
}
