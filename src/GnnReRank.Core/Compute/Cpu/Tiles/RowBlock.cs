namespace GnnReRank.Compute.Cpu.Tiles;

/// <summary>Rows in blocks of <see cref="TileMultiplier.TileSize"/>, the last of which may be shorter.</summary>
internal static class RowBlock
{
    public static int CountFor(int rowCount) => (int)(((long)rowCount + TileMultiplier.TileSize - 1) / TileMultiplier.TileSize);

    public static int RowsOf(int block, int rowCount) => Math.Min(TileMultiplier.TileSize, rowCount - (block * TileMultiplier.TileSize));
}
