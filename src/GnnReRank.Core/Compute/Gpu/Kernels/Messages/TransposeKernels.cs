using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>
/// Transposes sparse rows: counts, offsets, entries. The order of rows, and inside one, is chance, and never observed.
/// </summary>
internal static class TransposeKernels
{
    public const int Threads = 128;

    /// <summary>Rows of a group that counts or writes entries.</summary>
    public const int Rows = Threads / Lanes;

    // Threads of a row: each waits for its atomic additions, so there are several.
    private const int Lanes = 16;

    /// <summary>Counts the entries of each column.</summary>
    [Kernel]
    public static void CountEntries(TransposeArguments arguments)
    {
        int row = (Grid.IdxX * Rows) + (Group.IdxX / Lanes);
        if (row >= arguments.Count)
        {
            return;
        }

        long start = (long)arguments.Rows.Offsets[row] * SparseView.Unit;
        int length = arguments.Rows.Lengths[row];
        for (int entry = Group.IdxX & (Lanes - 1); entry < length; entry += Lanes)
        {
            Atomic.Add(ref arguments.Mirror.Lengths[arguments.Rows.Columns[start + entry]], 1);
        }
    }

    /// <summary>Gives each row of the mirror its place; a thread a row, one addition to the total a group.</summary>
    [Kernel]
    public static void WriteOffsets(TransposeArguments arguments)
    {
        ArrayView<int> ends = SharedMemory.Allocate<int>(Threads);
        ArrayView<int> begin = SharedMemory.Allocate<int>(1);
        int row = (Grid.IdxX * Threads) + Group.IdxX;
        int units = row < arguments.Count ? SparseView.UnitsOf(arguments.Mirror.Lengths[row]) : 0;
        int end = units;
        ends[Group.IdxX] = end;
        Group.Barrier();
        for (int distance = 1; distance < Threads; distance <<= 1)
        {
            end += Group.IdxX >= distance ? ends[Group.IdxX - distance] : 0;
            Group.Barrier();
            ends[Group.IdxX] = end;
            Group.Barrier();
        }

        if (Group.IdxX == Threads - 1)
        {
            begin[0] = Atomic.Add(ref arguments.Total[0], end);
        }

        Group.Barrier();
        if (row < arguments.Count)
        {
            arguments.Mirror.Offsets[row] = begin[0] + end - units;
        }
    }

    /// <summary>Writes the entries.</summary>
    [Kernel]
    public static void WriteEntries(TransposeArguments arguments)
    {
        int row = (Grid.IdxX * Rows) + (Group.IdxX / Lanes);
        if (row >= arguments.Count)
        {
            return;
        }

        long start = (long)arguments.Rows.Offsets[row] * SparseView.Unit;
        int length = arguments.Rows.Lengths[row];
        for (int entry = Group.IdxX & (Lanes - 1); entry < length; entry += Lanes)
        {
            int column = arguments.Rows.Columns[start + entry];
            long target = ((long)arguments.Mirror.Offsets[column] * SparseView.Unit) + Atomic.Add(ref arguments.Filled[column], 1);
            arguments.Mirror.Columns[target] = row;
            arguments.Mirror.Values[target] = arguments.Rows.Values[start + entry];
        }
    }
}
