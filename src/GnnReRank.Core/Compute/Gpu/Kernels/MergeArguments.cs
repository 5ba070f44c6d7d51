using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels;

/// <summary>The best candidates of each row, and those that came since.</summary>
internal struct MergeArguments
{
    /// <summary>ListLength keys a row, the best first; 0 where there are no more.</summary>
    public ArrayView<ulong> Lists;

    public ArrayView<ulong> Thresholds;

    public ArrayView<int> Counts;

    public ArrayView<ulong> Queue;

    /// <summary>[0]: rows whose queue was too short; [1]: rows with more candidates than their list holds.</summary>
    public ArrayView<int> Faults;

    /// <summary>1 for a row with more candidates within the margin than its list holds.</summary>
    public ArrayView<int> IsGivenUp;

    public int Count;

    public int Capacity;

    public int ListLength;

    /// <summary>How many of the best are wanted, at most ListLength.</summary>
    public int Wanted;

    /// <summary>How far below the last of the wanted a candidate may still be one of them.</summary>
    public float Margin;
}
