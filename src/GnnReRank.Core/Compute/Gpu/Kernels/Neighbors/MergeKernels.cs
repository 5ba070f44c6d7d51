using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Neighbors;

/// <summary>Merges the candidates of a round into the lists of the best.</summary>
internal static class MergeKernels
{
    public const int SmallRoom = 1024;

    public const int LargeRoom = 4096;

    /// <summary>Counts the rows whose queue was too short; a thread a row.</summary>
    public static void FindOverflow(MergeArguments arguments)
    {
        int row = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (row < arguments.Count && arguments.Counts[row] > arguments.Capacity)
        {
            Atomic.Add(ref arguments.Overflows[0], 1);
        }
    }

    /// <summary>
    /// Counts the rows for which a candidate was dropped that may be one of the wanted; a thread a row.
    /// </summary>
    public static void CountGivenUp(MergeArguments arguments)
    {
        int row = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (row < arguments.Count && arguments.Dropped[row] > arguments.Thresholds[row])
        {
            Atomic.Add(ref arguments.Overflows[0], 1);
        }
    }

    /// <summary>Merges where list and queue together fit <see cref="SmallRoom"/> keys; a group a row.</summary>
    public static void MergeSmall(MergeArguments arguments) => Merge(arguments, SharedMemory.Allocate<ulong>(SmallRoom));

    /// <summary>Merges where list and queue together fit <see cref="LargeRoom"/> keys; a group a row.</summary>
    public static void MergeLarge(MergeArguments arguments) => Merge(arguments, SharedMemory.Allocate<ulong>(LargeRoom));

    private static void Merge(MergeArguments arguments, ArrayView<ulong> keys)
    {
        int row = Grid.IdxX;
        int count = arguments.Counts[row];

        // All threads of the group leave together.
        if (count == 0)
        {
            return;
        }

        long list = (long)row * arguments.ListLength;
        long queue = (long)row * arguments.Capacity;
        int listLength = arguments.ListLength;
        int length = BitonicSort.PowerOfTwo(count);
        int runLength = Math.Max(listLength, length);
        ArrayView<ulong> run = keys.SubView(listLength, runLength);
        for (int slot = Group.IdxX; slot < runLength; slot += Group.DimX)
        {
            run[slot] = slot < count ? arguments.Queue[queue + slot] : 0UL;
        }

        for (int slot = Group.IdxX; slot < listLength; slot += Group.DimX)
        {
            keys[slot] = arguments.Lists[list + slot];
        }

        Group.Barrier();

        // The list is sorted. Of the queue no more can enter it than it has places; the next after them may be the best
        // dropped.
        BitonicSort.Descending(run, length);
        ulong next = listLength < length ? run[listLength] : 0UL;
        BitonicSort.MergeRuns(keys, listLength);
        ulong threshold = ThresholdOf(keys[arguments.Wanted - 1], arguments.Margin);
        for (int slot = Group.IdxX; slot < listLength; slot += Group.DimX)
        {
            ulong key = keys[slot];
            arguments.Lists[list + slot] = key > threshold || slot < arguments.Wanted ? key : 0UL;
        }

        if (Group.IdxX == 0)
        {
            arguments.Thresholds[row] = threshold;
            arguments.Counts[row] = 0;
            arguments.Dropped[row] = Math.Max(arguments.Dropped[row], Math.Max(next, run[0]));
        }
    }

    /// <summary>What a key must exceed to matter: the last of the wanted, or a margin below its score.</summary>
    private static ulong ThresholdOf(ulong last, float margin)
    {
        if (margin == 0f || last == 0UL)
        {
            return last;
        }

        return (ulong)DeviceKey.Of(DeviceKey.ScoreOfBest(last) - margin) << 32;
    }
}
