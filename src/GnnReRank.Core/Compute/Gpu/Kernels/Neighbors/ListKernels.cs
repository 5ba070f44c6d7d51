using GnnReRank.Compute.Gpu.Kernels.Tiles;
using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Neighbors;

/// <summary>From candidates to the graph.</summary>
internal static class ListKernels
{
    /// <summary>Multiplies each candidate with its row again, in float32 and in the order of <see cref="TileProduct"/>; a group a row.</summary>
    public static void ScoreAgain(ListArguments arguments)
    {
        int row = Grid.IdxX;
        for (int slot = Group.IdxX; slot < arguments.ListLength; slot += Group.DimX)
        {
            long at = ((long)row * arguments.ListLength) + slot;
            ulong key = arguments.Lists[at];
            if (key != 0UL)
            {
                int other = DeviceKey.IndexOfBest(key);
                arguments.Lists[at] = DeviceKey.BestIsLargest(Dot(arguments.Rows, row, other, arguments.Stride), other);
            }
        }
    }

    /// <summary>Writes each row's product with itself, first in its row of the graph; a thread a row.</summary>
    [Kernel]
    public static void WriteSelf(ListArguments arguments)
    {
        int row = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (row < arguments.Count)
        {
            arguments.Scores[(long)(arguments.FirstVertex + row) * arguments.NeighborCount] =
                Dot(arguments.Rows, row, row, arguments.Stride);
        }
    }

    /// <summary>Sorts each list and writes the first of it behind the row itself, whose score is <see cref="WriteSelf"/>'s; a group a row.</summary>
    public static void WriteGraph(ListArguments arguments)
    {
        ArrayView<ulong> keys = SharedMemory.Allocate<ulong>(MergeKernels.LargeRoom);
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

    private static float Dot(ArrayView<float> rows, int first, int second, int stride)
    {
        long a = (long)first * stride;
        long b = (long)second * stride;
        float sum = 0f;
        for (int depth = 0; depth < stride; depth++)
        {
            sum += rows[a + depth] * rows[b + depth];
        }

        return sum;
    }
}
