namespace GnnReRank;

/// <summary>
/// rows x width values in arrays of a few megabytes: past 2^31 elements in all, and never one array that the collector must move.
/// </summary>
/// <remarks>Different rows may be written by different threads; the owner stops writing before it publishes the object.</remarks>
internal sealed class RowBlocks<T> : IRowLists<T>
    where T : unmanaged
{
    private const int TargetBlockElements = 1 << 20;

    private readonly T[][] _blocks;
    private readonly int _rowsPerBlock;

    public RowBlocks(int rowCount, int width)
    {
        RowCount = rowCount;
        Width = width;
        _rowsPerBlock = Math.Max(1, TargetBlockElements / Math.Max(1, width));
        _blocks = new T[(int)(((long)rowCount + _rowsPerBlock - 1) / _rowsPerBlock)][];
        for (int block = 0; block < _blocks.Length; block++)
        {
            int rows = Math.Min(_rowsPerBlock, rowCount - (block * _rowsPerBlock));
            _blocks[block] = GC.AllocateUninitializedArray<T>(rows * width);
        }
    }

    public int RowCount { get; }

    public int Width { get; }

    public int Longest => Width;

    public int Shortest => Width;

    public Span<T> this[int row] => _blocks[row / _rowsPerBlock].AsSpan(row % _rowsPerBlock * Width, Width);
}
