using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>Transposes sparse rows: counts, offsets, entries. The order inside a row is chance, and never observed.</summary>
internal static class TransposeKernels
{
    /// <summary>Threads of the one group that makes the offsets.</summary>
    public const int OffsetThreads = 256;

    /// <summary>Counts the entries of each column; a thread a row.</summary>
    [Kernel]
    public static void CountEntries(TransposeArguments arguments)
    {
        int row = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (row >= arguments.Count)
        {
            return;
        }

        long start = (long)arguments.Rows.Offsets[row] * SparseView.Unit;
        int length = arguments.Rows.Lengths[row];
        for (int entry = 0; entry < length; entry++)
        {
            Atomic.Add(ref arguments.Mirror.Lengths[arguments.Rows.Columns[start + entry]], 1);
        }
    }

    /// <summary>Lays the mirror's rows out one after the other; one group.</summary>
    [Kernel]
    public static void WriteOffsets(TransposeArguments arguments)
    {
        ArrayView<int> sums = SharedMemory.Allocate<int>(OffsetThreads);
        int share = (arguments.Count + OffsetThreads - 1) / OffsetThreads;
        int first = IntrinsicMath.Min(Group.IdxX * share, arguments.Count);
        int end = IntrinsicMath.Min(first + share, arguments.Count);
        int units = 0;
        for (int row = first; row < end; row++)
        {
            units += SparseView.UnitsOf(arguments.Mirror.Lengths[row]);
        }

        sums[Group.IdxX] = units;
        Group.Barrier();
        if (Group.IdxX == 0)
        {
            int total = 0;
            for (int thread = 0; thread < OffsetThreads; thread++)
            {
                int own = sums[thread];
                sums[thread] = total;
                total += own;
            }

            arguments.Total[0] = total;
        }

        Group.Barrier();
        int offset = sums[Group.IdxX];
        for (int row = first; row < end; row++)
        {
            arguments.Mirror.Offsets[row] = offset;
            offset += SparseView.UnitsOf(arguments.Mirror.Lengths[row]);
        }
    }

    /// <summary>Writes the entries; a thread a row.</summary>
    [Kernel]
    public static void WriteEntries(TransposeArguments arguments)
    {
        int row = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (row >= arguments.Count)
        {
            return;
        }

        long start = (long)arguments.Rows.Offsets[row] * SparseView.Unit;
        int length = arguments.Rows.Lengths[row];
        for (int entry = 0; entry < length; entry++)
        {
            int column = arguments.Rows.Columns[start + entry];
            long target = ((long)arguments.Mirror.Offsets[column] * SparseView.Unit) + Atomic.Add(ref arguments.Filled[column], 1);
            arguments.Mirror.Columns[target] = row;
            arguments.Mirror.Values[target] = arguments.Rows.Values[start + entry];
        }
    }
}
