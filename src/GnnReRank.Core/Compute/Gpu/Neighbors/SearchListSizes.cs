using GnnReRank.Compute.Gpu.Kernels;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;

namespace GnnReRank.Compute.Gpu.Neighbors;

/// <summary>How long lists and queues are. One round of the least width, two blocks of columns, always fits the queue.</summary>
/// <param name="ListLength">Keys a list, a power of two.</param>
/// <param name="Capacity">Keys a queue.</param>
internal readonly record struct SearchListSizes(int ListLength, int Capacity)
{
    /// <summary>The most neighbours that lists serve; more are found by ranking whole rows.</summary>
    public const int MostWanted = MergeKernels.LargeRoom / 4;

    // With a margin more candidates than are wanted must be kept.
    private const int LeastListLength = 32;

    // Powers of two: so long a queue is sorted, beside the list.
    private const int SmallCapacity = MergeKernels.SmallRoom / 2;
    private const int LargeCapacity = MergeKernels.LargeRoom / 2;

    public static SearchListSizes For(int wanted, bool hasMargin)
    {
        int length = Math.Max(LeastListLength, BitonicSort.PowerOfTwo(hasMargin ? 2 * wanted : wanted));
        return new SearchListSizes(
            length, length <= MergeKernels.SmallRoom / 2 ? SmallCapacity : LargeCapacity);
    }

    /// <summary>The bytes of a row's list and queue and what belongs to them.</summary>
    public long BytesPerRow => ((ListLength + Capacity + 2L) * sizeof(ulong)) + sizeof(int);
}
