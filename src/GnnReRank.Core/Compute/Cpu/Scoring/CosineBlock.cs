using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Compute.Cpu.Scoring;

/// <summary>The cosines of a block of queries with the whole gallery; one thread's.</summary>
internal sealed unsafe class CosineBlock : IQueryCosines
{
    private const long TargetBytes = 32 << 20;

    // A multiple of every kernel's panel and of a scorer's group.
    private const int RowUnit = 24;

    private readonly TileKernel _kernel;
    private readonly VertexRows _queries;
    private readonly PackedRows<float> _gallery;
    private readonly NativeBuffer<float> _left;
    private readonly NativeBuffer<float> _cosines;
    private readonly nint _stride;
    private int _first;

    /// <param name="kernel">The kernel the gallery is packed for.</param>
    /// <param name="queries">All queries.</param>
    /// <param name="gallery">The whole gallery.</param>
    /// <param name="blockRows">Queries a block, from <see cref="RowsFor"/>.</param>
    public CosineBlock(TileKernel kernel, VertexRows queries, PackedRows<float> gallery, int blockRows)
    {
        _kernel = kernel;
        _queries = queries;
        _gallery = gallery;
        _stride = StrideOf(kernel, gallery.Count);
        _left = new NativeBuffer<float>((long)blockRows * gallery.Depth);
        _cosines = new NativeBuffer<float>(blockRows * (long)_stride);
    }

    /// <summary>Queries a block: as many as share a pass over the gallery well, in bounded memory, and spread over the threads.</summary>
    public static int RowsFor(TileKernel kernel, int queryCount, int galleryCount, int threads)
    {
        long byMemory = TargetBytes / (sizeof(float) * (long)StrideOf(kernel, galleryCount));
        long byThreads = (queryCount + (long)threads - 1) / threads;
        int rows = (int)Math.Clamp(Math.Min(byMemory, byThreads), 1, TileMultiplier.TileSize);
        return RoundUp(rows, RowUnit);
    }

    public void Prepare(int first, int count, CancellationToken cancellationToken)
    {
        _first = first;
        RowPacker.Pack(_queries, first, count, _kernel.PanelRows, _left.Pointer);
        for (int block = 0; block < _gallery.BlockCount; block++)
        {
            TileMultiplier.Multiply(
                _kernel, _left.Pointer, count, _gallery.Block(block), _gallery.RowsOf(block), _gallery.Depth,
                _cosines.Pointer + ((long)block * TileMultiplier.TileSize), _stride, cancellationToken);
        }
    }

    public Span<float> Row(int query) => new(_cosines.Pointer + ((query - _first) * _stride), _gallery.Count);

    public void Dispose()
    {
        _left.Dispose();
        _cosines.Dispose();
    }

    private static nint StrideOf(TileKernel kernel, int galleryCount) =>
        (nint)(((long)galleryCount + kernel.PanelColumns - 1) / kernel.PanelColumns * kernel.PanelColumns);

    private static int RoundUp(int value, int unit) => (value + unit - 1) / unit * unit;
}
