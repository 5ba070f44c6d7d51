using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>
/// Which tiles of S are made, and in which order. S is symmetric, so a pair of blocks is met once, and its tile serves the rows of both. Plans
/// that together meet each pair of blocks once give lists that merge into those of one plan that meets them all.
/// </summary>
internal sealed class TilePlan
{
    // Column blocks of one unit of work: enough to pay for packing the row block, few enough to share out evenly.
    private const int UnitColumns = 16;

    private TilePlan(int rowCount, IReadOnlyList<TileGroup> groups)
    {
        RowCount = rowCount;
        Groups = groups;
        PairCount = groups.Sum(group => group.Units.Sum(unit => PairsOf(unit)));
    }

    /// <summary>All rows there are.</summary>
    public int RowCount { get; }

    /// <summary>Groups of columns, each packed as a whole.</summary>
    public IReadOnlyList<TileGroup> Groups { get; }

    /// <summary>Pairs of rows that the plan meets.</summary>
    public long PairCount { get; }

    /// <summary>Each pair of rows once: the tiles on and above the diagonal.</summary>
    /// <param name="rowCount">All rows there are.</param>
    /// <param name="groupBlocks">The most column blocks of a group.</param>
    /// <param name="isOnePass">Whether a group's columns are all met before the next row block: rows are dear to read again.</param>
    public static TilePlan Whole(int rowCount, int groupBlocks, bool isOnePass) =>
        Between(rowCount, 0, RowBlock.CountFor(rowCount), 0, RowBlock.CountFor(rowCount), groupBlocks, isOnePass);

    /// <summary>Each pair of a row of some blocks with a row of others, or of some blocks among themselves.</summary>
    /// <param name="rowCount">All rows there are.</param>
    /// <param name="firstRow">The first row block.</param>
    /// <param name="endRow">The row block after the last.</param>
    /// <param name="firstColumn">The first column block: the same as of the rows, or none of theirs and behind them.</param>
    /// <param name="endColumn">The column block after the last.</param>
    /// <param name="groupBlocks">The most column blocks of a group.</param>
    /// <param name="isOnePass">Whether a group's columns are all met before the next row block.</param>
    public static TilePlan Between(
        int rowCount, int firstRow, int endRow, int firstColumn, int endColumn, int groupBlocks, bool isOnePass)
    {
        List<TileGroup> groups = [];
        for (int first = firstColumn; first < endColumn; first += groupBlocks)
        {
            int end = Math.Min(first + groupBlocks, endColumn);
            groups.Add(new TileGroup(first, end, Units(firstRow, endRow, first, end, isOnePass ? end - first : UnitColumns)));
        }

        return new TilePlan(rowCount, groups);
    }

    /// <summary>Pairs of rows that a tile meets, a row with itself among them.</summary>
    public long PairsOf(int row, int column)
    {
        long count = RowBlock.RowsOf(row, RowCount);
        return row == column ? ((count * count) + count) / 2 : count * RowBlock.RowsOf(column, RowCount);
    }

    /// <summary>Some columns with all their rows, then the next, so that these columns stay in the cache.</summary>
    private static List<TileUnit> Units(int firstRow, int endRow, int first, int end, int step)
    {
        List<TileUnit> units = [];
        for (int column = first; column < end; column += step)
        {
            int stop = Math.Min(column + step, end);
            for (int row = firstRow; row < Math.Min(stop, endRow); row++)
            {
                units.Add(new TileUnit(row, Math.Max(row, column), stop));
            }
        }

        return units;
    }

    private long PairsOf(TileUnit unit)
    {
        long pairs = 0;
        for (int column = unit.FirstColumn; column < unit.EndColumn; column++)
        {
            pairs += PairsOf(unit.Row, column);
        }

        return pairs;
    }
}
