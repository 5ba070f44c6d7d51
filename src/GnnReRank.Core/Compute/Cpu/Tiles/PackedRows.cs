using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Tiles;

/// <summary>Some blocks of rows, packed as right-hand panels; which blocks changes with every <see cref="Fill"/>.</summary>
/// <typeparam name="T">What a packed column holds.</typeparam>
internal sealed unsafe class PackedRows<T> : IDisposable
    where T : unmanaged
{
    private readonly NativeBuffer<T> _panels;
    private readonly int _panelColumns;
    private readonly PackRows _pack;
    private int _firstBlock;

    /// <param name="rowCount">All rows there are.</param>
    /// <param name="depth">Packed columns a row.</param>
    /// <param name="panelColumns">Rows a panel, which divide <see cref="TileMultiplier.TileSize"/>.</param>
    /// <param name="capacity">The most blocks held at a time.</param>
    /// <param name="pack">Packs rows.</param>
    /// <exception cref="GnnReRankException">The memory is not there.</exception>
    public PackedRows(int rowCount, int depth, int panelColumns, int capacity, PackRows pack)
    {
        Count = rowCount;
        Depth = depth;
        _panelColumns = panelColumns;
        _pack = pack;
        long rows = Math.Min((long)capacity * TileMultiplier.TileSize, ((long)rowCount + panelColumns - 1) / panelColumns * panelColumns);
        _panels = new NativeBuffer<T>(rows * depth);
    }

    /// <summary>Packs rows [first, first + count) into panels of width rows; missing rows of the last panel are zero.</summary>
    public delegate void PackRows(int first, int count, int width, T* destination);

    /// <summary>All rows there are, packed or not.</summary>
    public int Count { get; }

    /// <summary>Packed columns, the zeros at their end included.</summary>
    public int Depth { get; }

    /// <summary>The number of blocks of all rows.</summary>
    public int BlockCount => RowBlock.CountFor(Count);

    public int RowsOf(int block) => RowBlock.RowsOf(block, Count);

    /// <summary>Packs blocks [first, end) in place of those before.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public void Fill(int first, int end, ComputeOptions options)
    {
        _firstBlock = first;
        Workers.ForRanges(options.ThreadCount, end - first, 1, (offset, _) =>
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            int block = first + offset;
            _pack(block * TileMultiplier.TileSize, RowsOf(block), _panelColumns, Block(block));
        });
    }

    /// <summary>The panels of a block that is packed at present.</summary>
    public T* Block(int block) => _panels.Pointer + ((long)(block - _firstBlock) * TileMultiplier.TileSize * Depth);

    public void Dispose() => _panels.Dispose();
}
