using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.Compute.Gpu.Kernels.Tiles;
using GnnReRank.Running;

namespace GnnReRank.Compute.Gpu.Neighbors;

/// <summary>Makes tiles in rounds, as wide as the queues are expected to hold; a round that was too wide is made again in halves.</summary>
/// <param name="device">The device.</param>
/// <param name="lists">Receive the candidates.</param>
/// <param name="reporter">Told of the tiles made.</param>
/// <param name="options">How the call runs.</param>
/// <param name="meanwhile">What the host does while a launch is under way, if anything.</param>
internal sealed class TileRounds(
    GpuDevice device, SearchLists lists, StageReporter reporter, ComputeOptions options, Action? meanwhile = null)
{
    // A round so many times wider than all before it brings each row about this many times what is wanted.
    private const int MostGrowth = 8;

    // Tiles of one launch: between launches the call can be stopped.
    private const int TilesPerLaunch = 1 << 13;

    // Blocks of columns that each block of rows meets in one launch, whatever their number: they share what the cache holds.
    private const int LeastColumns = 8;

    private readonly int _growth = Math.Clamp(lists.Sizes.Capacity / (2 * lists.Sizes.ListLength), 1, MostGrowth);

    /// <summary>Makes all tiles of some rows with themselves, in rounds of more and more offsets.</summary>
    /// <param name="blockCount">Blocks of rows.</param>
    /// <param name="start">Starts the tiles from a first offset on, of so many offsets.</param>
    public void MakeSymmetric(int blockCount, Action<int, int> start)
    {
        int last = TileMap.LastOffset(blockCount);
        int width = 1;
        for (int offset = 0; offset <= last;)
        {
            width = Math.Min(width, last + 1 - offset);
            Start(blockCount, offset, width, start);
            if (!lists.TryMerge())
            {
                width = (width + 1) / 2;
                continue;
            }

            offset += width;
            reporter.Advance(TileMap.TileCount(blockCount, offset - width, width));
            width = offset * _growth;
        }
    }

    /// <summary>Makes all tiles of some rows with others.</summary>
    /// <param name="tiles">The rows, the others, and all of their tiles.</param>
    /// <param name="kernel">Makes a tile.</param>
    /// <param name="metByRows">How many vertices each of the rows has met.</param>
    /// <param name="metByColumns">How many each of the others has met.</param>
    public void MakeRectangle<T>(RectangleArguments<T> tiles, Action<RectangleArguments<T>> kernel, int metByRows, int metByColumns)
        where T : unmanaged
    {
        int mostColumns = BlocksAfter(metByRows);
        int mostRows = BlocksAfter(metByColumns);
        Stack<TileRectangle> waiting = new([tiles.Part]);
        while (waiting.TryPop(out TileRectangle part))
        {
            (TileRectangle First, TileRectangle Others)? split =
                part.ColumnCount > mostColumns ? part.SplitColumns(mostColumns)
                : part.RowCount > mostRows ? part.SplitRows(mostRows)
                : TryMake(tiles, kernel, part) ? null : part.Halves();
            if (split is (TileRectangle first, TileRectangle others))
            {
                waiting.Push(others);
                waiting.Push(first);
            }
        }
    }

    /// <summary>How many blocks a row may meet in one round.</summary>
    private int BlocksAfter(int met) => (int)Math.Clamp((long)met * _growth / TileProduct.Size, 1, int.MaxValue);

    private bool TryMake<T>(RectangleArguments<T> tiles, Action<RectangleArguments<T>> kernel, TileRectangle part)
        where T : unmanaged
    {
        int step = Math.Max(LeastColumns, TilesPerLaunch / part.RowCount);
        for (TileRectangle rest = part; rest.ColumnCount > 0;)
        {
            (tiles.Part, rest) = rest.SplitColumns(Math.Min(step, rest.ColumnCount));
            device.Launch(kernel, (int)tiles.Part.TileCount, TileProduct.Threads, tiles);
            Wait(isLast: rest.ColumnCount == 0);
        }

        if (!lists.TryMerge())
        {
            return false;
        }

        reporter.Advance(part.TileCount);
        return true;
    }

    private void Start(int blockCount, int firstOffset, int offsetCount, Action<int, int> start)
    {
        int step = Math.Max(LeastColumns, TilesPerLaunch / blockCount);
        int end = firstOffset + offsetCount;
        for (int offset = firstOffset; offset < end; offset += step)
        {
            start(offset, Math.Min(step, end - offset));
            Wait(isLast: offset + step >= end);
        }
    }

    private void Wait(bool isLast)
    {
        meanwhile?.Invoke();
        if (!isLast)
        {
            device.Synchronize();
            options.CancellationToken.ThrowIfCancellationRequested();
        }
    }
}
