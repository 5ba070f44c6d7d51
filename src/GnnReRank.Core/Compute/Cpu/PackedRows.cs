using GnnReRank.Compute.Cpu.Kernels;

namespace GnnReRank.Compute.Cpu;

/// <summary>All rows of a matrix, normalised and packed as right-hand panels.</summary>
internal sealed unsafe class PackedRows : IDisposable
{
    private readonly NativeBuffer<float> _panels;

    /// <summary>Packs every row.</summary>
    /// <exception cref="GnnReRankException">The copy does not fit memory.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public PackedRows(VertexRows rows, TileKernel kernel, ComputeOptions options)
    {
        Dimension = RowPacker.PackedDimension(rows.Dimension);
        Count = rows.Count;
        int width = kernel.PanelColumns;
        long padded = ((long)rows.Count + width - 1) / width * width;
        _panels = new NativeBuffer<float>(padded * Dimension);
        try
        {
            Workers.ForRanges(options.ThreadCount, BlockCount, 1, (from, _) =>
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                RowPacker.Pack(rows, from * TileMultiplier.TileSize, RowsOf(from), width, Block(from));
            });
        }
        catch
        {
            _panels.Dispose();
            throw;
        }
    }

    public int Count { get; }

    /// <summary>Columns, the zeros at their end included.</summary>
    public int Dimension { get; }

    /// <summary>The number of blocks of <see cref="TileMultiplier.TileSize"/> rows; the last may be shorter.</summary>
    public int BlockCount => (int)(((long)Count + TileMultiplier.TileSize - 1) / TileMultiplier.TileSize);

    public int RowsOf(int block) => Math.Min(TileMultiplier.TileSize, Count - (block * TileMultiplier.TileSize));

    public float* Block(int block) => _panels.Pointer + ((long)block * TileMultiplier.TileSize * Dimension);

    public void Dispose() => _panels.Dispose();
}
