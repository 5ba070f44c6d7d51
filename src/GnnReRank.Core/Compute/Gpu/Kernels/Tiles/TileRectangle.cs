namespace GnnReRank.Compute.Gpu.Kernels.Tiles;

/// <summary>Tiles side by side, in blocks of <see cref="TileProduct.Size"/> rows and columns.</summary>
internal struct TileRectangle
{
    public int FirstRow;

    public int RowCount;

    public int FirstColumn;

    public int ColumnCount;

    /// <summary>The number of tiles.</summary>
    public readonly long TileCount => (long)RowCount * ColumnCount;

    /// <summary>The first columns of it, and the others.</summary>
    public readonly (TileRectangle First, TileRectangle Others) SplitColumns(int count)
    {
        TileRectangle first = this;
        TileRectangle others = this;
        first.ColumnCount = count;
        others.FirstColumn += count;
        others.ColumnCount -= count;
        return (first, others);
    }

    /// <summary>The first rows of it, and the others.</summary>
    public readonly (TileRectangle First, TileRectangle Others) SplitRows(int count)
    {
        TileRectangle first = this;
        TileRectangle others = this;
        first.RowCount = count;
        others.FirstRow += count;
        others.RowCount -= count;
        return (first, others);
    }

    /// <summary>Its halves along the longer side.</summary>
    public readonly (TileRectangle First, TileRectangle Others) Halves() =>
        ColumnCount >= RowCount ? SplitColumns((ColumnCount + 1) / 2) : SplitRows((RowCount + 1) / 2);
}
