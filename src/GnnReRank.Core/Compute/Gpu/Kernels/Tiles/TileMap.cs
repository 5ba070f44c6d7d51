namespace GnnReRank.Compute.Gpu.Kernels.Tiles;

/// <summary>
/// Which tile a group makes. S is symmetric, so blocks I and (I + o) mod n with o up to n / 2 make all of it; and after the offsets up
/// to o every block of rows has met equally many columns.
/// </summary>
internal static class TileMap
{
    // So many row blocks go through all offsets together: they share their columns in the cache.
    private const int Together = 16;

    /// <summary>The groups of a launch.</summary>
    public static int GroupCount(int blockCount, int offsetCount) => blockCount * offsetCount;

    /// <summary>The largest offset.</summary>
    public static int LastOffset(int blockCount) => blockCount / 2;

    /// <summary>The tiles of some offsets, each counted once: half way round, two groups make the same one.</summary>
    public static long TileCount(int blockCount, int firstOffset, int offsetCount) =>
        ((long)blockCount * offsetCount) - (2 * (firstOffset + offsetCount - 1) == blockCount ? blockCount / 2 : 0);

    public static int RowBlock(int group, int blockCount, int offsetCount)
    {
        int first = group / (Together * offsetCount) * Together;
        int size = Math.Min(Together, blockCount - first);
        return first + ((group - (first * offsetCount)) % size);
    }

    public static int Offset(int group, int blockCount, int offsetCount)
    {
        int first = group / (Together * offsetCount) * Together;
        int size = Math.Min(Together, blockCount - first);
        return (group - (first * offsetCount)) / size;
    }

    /// <summary>Whether another group makes the same tile: half way round, I meets J as J meets I.</summary>
    public static bool IsMirrored(int rowBlock, int offset, int blockCount) => 2 * offset == blockCount && rowBlock >= offset;
}
