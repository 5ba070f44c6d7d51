namespace GnnReRank.Compute.Gpu.Kernels.Ordering;

/// <summary>The arguments of <see cref="RankKernels.SortTiles"/>.</summary>
internal struct SortTilesArguments
{
    public RankSource Source;
    public RankTarget Target;

    /// <summary>Tiles a row.</summary>
    public int Tiles;

    /// <summary>Elements sorted a tile: a power of two, at most <see cref="RankKernels.TileSize"/>.</summary>
    public int Length;
}
