using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>
/// Rows of a layer, a group a row. The rows that one is the sum of are added one after the other, with a barrier between, and none
/// has a column twice: every column's sum has a fixed order, wherever it lies.
/// </summary>
internal static class LayerKernels
{
    public const int Threads = 128;

    /// <summary>Slots of the table in shared memory: 16 KB, so that several groups share a multiprocessor.</summary>
    public const int TableSize = 2048;

    // A table so full is searched for long.
    public const int MostColumns = TableSize * 3 / 4;

    private const int Empty = -1;
    private const int LeastSlots = 256;

    /// <summary>Sums a row in a table of its columns.</summary>
    [Kernel]
    public static void SumRow(LayerArguments arguments)
    {
        ArrayView<int> columns = SharedMemory.Allocate<int>(TableSize);
        ArrayView<float> values = SharedMemory.Allocate<float>(TableSize);
        ArrayView<long> sums = SharedMemory.Allocate<long>(Threads);
        ArrayView<int> shared = SharedMemory.Allocate<int>(2);
        int row = Grid.IdxX;
        int slots = SlotsFor(arguments, row);
        for (int slot = Group.IdxX; slot < slots; slot += Threads)
        {
            columns[slot] = Empty;
            values[slot] = 0f;
        }

        if (Group.IdxX == 0)
        {
            shared[0] = 0;
        }

        Group.Barrier();
        for (int source = 0; source < LayerSources.CountOf(arguments); source++)
        {
            int vertex = LayerSources.VertexOf(arguments, row, source);
            float weight = LayerSources.WeightOf(arguments, row, source);
            if (weight != 0f)
            {
                SparseView rows = LayerSources.IsMirror(arguments, source) ? arguments.Mirror : arguments.State;
                long start = (long)rows.Offsets[vertex] * SparseView.Unit;
                int length = rows.Lengths[vertex];
                for (int entry = Group.IdxX; entry < length; entry += Threads)
                {
                    Add(columns, values, slots, rows.Columns[start + entry], weight * rows.Values[start + entry], shared);
                }

                Group.Barrier();
                bool isLong = shared[0] > arguments.TableLimit;
                Group.Barrier();
                if (isLong)
                {
                    if (Group.IdxX == 0)
                    {
                        arguments.LongRows[Atomic.Add(ref arguments.Counters[1], 1)] = row;
                    }

                    return;
                }
            }
        }

        float inverse = LayerNorms.Inverse(arguments, values, slots, sums, Threads);
        if (Group.IdxX == 0)
        {
            arguments.InverseNorms[row] = inverse;
            shared[1] = row < arguments.StoredCount ? LayerOutput.Reserve(arguments, row, shared[0]) : -1;
            shared[0] = 0;
        }

        Group.Barrier();
        int offset = shared[1];
        if (offset < 0)
        {
            return;
        }

        for (int slot = Group.IdxX; slot < slots; slot += Threads)
        {
            if (columns[slot] != Empty)
            {
                long target = ((long)offset * SparseView.Unit) + Atomic.Add(ref shared[0], 1);
                arguments.Result.Columns[target] = columns[slot];
                arguments.Result.Values[target] = values[slot] * inverse;
            }
        }
    }

    /// <summary>A power of two, at least twice the columns that can come, up to the whole table.</summary>
    private static int SlotsFor(LayerArguments arguments, int row)
    {
        int most = 0;
        for (int source = 0; source < LayerSources.CountOf(arguments); source++)
        {
            int vertex = LayerSources.VertexOf(arguments, row, source);
            if (vertex >= 0)
            {
                most += LayerSources.IsMirror(arguments, source) ? arguments.Mirror.Lengths[vertex] : arguments.State.Lengths[vertex];
            }
        }

        int slots = LeastSlots;
        while (slots < TableSize && slots < 2 * most)
        {
            slots <<= 1;
        }

        return slots;
    }

    private static void Add(ArrayView<int> columns, ArrayView<float> values, int slots, int column, float value, ArrayView<int> shared)
    {
        int slot = (int)(((uint)column * 2_654_435_761u) >> 16) & (slots - 1);
        for (int probe = 0; probe < slots; probe++)
        {
            int held = Atomic.CompareExchange(ref columns[slot], Empty, column);
            if (held == Empty)
            {
                Atomic.Add(ref shared[0], 1);
            }

            if (held == Empty || held == column)
            {
                values[slot] += value;
                return;
            }

            slot = (slot + 1) & (slots - 1);
        }

        // The table is full: more columns than any limit.
        Atomic.Add(ref shared[0], TableSize);
    }
}
