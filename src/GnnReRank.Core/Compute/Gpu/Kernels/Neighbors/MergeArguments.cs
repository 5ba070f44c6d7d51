using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Neighbors;

/// <summary>The best candidates of each row, and those that came since.</summary>
internal struct MergeArguments
{
    /// <summary>ListLength keys a row, the best first; 0 where there are no more.</summary>
    public ArrayView<ulong> Lists;

    public ArrayView<ulong> Thresholds;

    public ArrayView<int> Counts;

    public ArrayView<ulong> Queue;

    /// <summary>[0]: how many rows had too short a queue.</summary>
    public ArrayView<int> Overflows;

    /// <summary>The best key of a row for which its list had no room; 0 for none.</summary>
    public ArrayView<ulong> Dropped;

    public int Count;

    public int Capacity;

    public int ListLength;

    /// <summary>How many of the best are wanted, at most ListLength.</summary>
    public int Wanted;

    /// <summary>How far below the last of the wanted a candidate may still be one of them.</summary>
    public float Margin;
}
