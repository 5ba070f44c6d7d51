using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Neighbors;

/// <summary>The search of some rows in themselves: which tiles to multiply, and where candidates go.</summary>
/// <typeparam name="T">The element of the rows.</typeparam>
internal struct TileArguments<T>
    where T : unmanaged
{
    /// <summary>BlockCount x 128 rows; those past <see cref="Count"/> are never offered.</summary>
    public ArrayView<T> Rows;

    /// <summary>A row takes keys above this; 0 takes all.</summary>
    public ArrayView<ulong> Thresholds;

    /// <summary>How many candidates came for a row; past <see cref="Capacity"/> they were not kept.</summary>
    public ArrayView<int> Counts;

    /// <summary>The candidates' keys, Capacity a row, in any order.</summary>
    public ArrayView<ulong> Queue;

    /// <summary>The vertex of the first of the rows.</summary>
    public int FirstVertex;

    /// <summary>All vertices there are.</summary>
    public int Count;

    public int Stride;

    public int Capacity;

    /// <summary>Blocks of 128 rows.</summary>
    public int BlockCount;

    /// <summary>The first distance between the row block and the column block of a tile.</summary>
    public int FirstOffset;

    public int OffsetCount;
}
