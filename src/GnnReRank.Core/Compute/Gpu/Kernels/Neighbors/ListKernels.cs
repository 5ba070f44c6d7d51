using GnnReRank.Compute.Gpu.Kernels.Tiles;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Kernels.Neighbors;

/// <summary>From candidates to the graph.</summary>
internal static class ListKernels
{
    /// <summary>
    /// Multiplies each candidate with its row again, in float32 and in the bits of <see cref="TileProduct"/>, and
    /// writes the row's product with itself, first in its row of the graph; a group a row. A list's empty places are
    /// its last.
    /// </summary>
    [Kernel(GroupSize = RowChains.Threads, GroupsTogether = 10)]
    public static void ScoreAgain(ListArguments arguments)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(RowChains.SharedLength).AsAligned(16);
        int row = Grid.IdxX;
        long list = (long)row * arguments.ListLength;
        int first = 0;
        do
        {
            // The row itself is the first of the group's rows.
            RowStarts starts = StartsOf(arguments, row, first);
            int other = OtherIn(arguments, row, first, Group.IdxX);
            float score = RowChains.Multiply(arguments.Rows, starts, arguments.Stride, other < 0 ? -1 : 0, shared);
            if (Group.IdxX > 0 && other >= 0)
            {
                arguments.Lists[list + first + Group.IdxX - 1] = DeviceKey.BestIsLargest(score, other);
            }
            else if (Group.IdxX == 0 && first == 0)
            {
                arguments.Scores[(long)(arguments.FirstVertex + row) * arguments.NeighborCount] = score;
            }

            first += RowChains.Threads - 1;
        }
        while (first < arguments.ListLength && arguments.Lists[list + first] != 0UL);
    }

    /// <summary>Writes each row's product with itself, first in its row of the graph; a thread a row.</summary>
    [Kernel(GroupSize = RowChains.Threads, GroupsTogether = 10)]
    public static void WriteSelf(ListArguments arguments)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(RowChains.SharedLength).AsAligned(16);
        int first = Grid.IdxX * RowChains.Threads;
        int row = first + Group.IdxX;
        RowStarts starts = default;
        starts.S0 = StartOf(arguments, first, 0);
        starts.S1 = StartOf(arguments, first, 1);
        starts.S2 = StartOf(arguments, first, 2);
        starts.S3 = StartOf(arguments, first, 3);
        starts.S4 = StartOf(arguments, first, 4);
        starts.S5 = StartOf(arguments, first, 5);
        starts.S6 = StartOf(arguments, first, 6);
        starts.S7 = StartOf(arguments, first, 7);
        bool isRow = row < arguments.Count;
        float score = RowChains.Multiply(arguments.Rows, starts, arguments.Stride, isRow ? Group.IdxX : -1, shared);
        if (isRow)
        {
            arguments.Scores[(long)(arguments.FirstVertex + row) * arguments.NeighborCount] = score;
        }
    }

    /// <summary>
    /// Sorts each list and writes the first of it behind the row itself, whose score is there already; a group a row.
    /// </summary>
    public static void WriteGraph(ListArguments arguments)
    {
        ArrayView<ulong> keys = SharedMemory.Allocate<ulong>(MergeKernels.LargeRoom / 2);
        int row = Grid.IdxX;
        for (int slot = Group.IdxX; slot < arguments.ListLength; slot += Group.DimX)
        {
            keys[slot] = arguments.Lists[((long)row * arguments.ListLength) + slot];
        }

        Group.Barrier();
        BitonicSort.Descending(keys, arguments.ListLength);
        long target = (long)row * arguments.NeighborCount;
        if (Group.IdxX == 0)
        {
            arguments.Indices[target] = row;
        }

        for (int place = Group.IdxX + 1; place < arguments.NeighborCount; place += Group.DimX)
        {
            ulong key = keys[place - 1];
            arguments.Indices[target + place] = DeviceKey.IndexOfBest(key);
            arguments.Scores[target + place] = DeviceKey.ScoreOfBest(key);
        }
    }

    private static long StartOf(ListArguments arguments, int first, int step)
    {
        int row = first + RowChains.Slot(step);
        return RowChains.Start(row < arguments.Count ? row : -1, arguments.Stride);
    }

    private static RowStarts StartsOf(ListArguments arguments, int row, int first)
    {
        RowStarts starts = default;
        starts.S0 = StartOfOther(arguments, row, first, 0);
        starts.S1 = StartOfOther(arguments, row, first, 1);
        starts.S2 = StartOfOther(arguments, row, first, 2);
        starts.S3 = StartOfOther(arguments, row, first, 3);
        starts.S4 = StartOfOther(arguments, row, first, 4);
        starts.S5 = StartOfOther(arguments, row, first, 5);
        starts.S6 = StartOfOther(arguments, row, first, 6);
        starts.S7 = StartOfOther(arguments, row, first, 7);
        return starts;
    }

    private static long StartOfOther(ListArguments arguments, int row, int first, int step) =>
        RowChains.Start(OtherIn(arguments, row, first, RowChains.Slot(step)), arguments.Stride);

    /// <summary>The row itself, or a candidate; below 0 for none.</summary>
    private static int OtherIn(ListArguments arguments, int row, int first, int slot)
    {
        int place = first + slot - 1;
        if (slot == 0)
        {
            return row;
        }

        ulong key = place < arguments.ListLength ? arguments.Lists[((long)row * arguments.ListLength) + place] : 0UL;
        return key == 0UL ? -1 : DeviceKey.IndexOfBest(key);
    }
}
