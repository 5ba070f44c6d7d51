using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>
/// A group sums a row of a layer in a table of its columns. The rows that it is the sum of are added one after the
/// other, with a barrier between, and none has a column twice: every column's sum has a fixed order, wherever it lies.
/// </summary>
internal static class LayerSums
{
    /// <summary>
    /// Rows made ready at once: no more than threads, and a multiple of the three places that count columns.
    /// </summary>
    public const int Batch = 30;

    private const int Empty = -1;

    /// <summary>
    /// Sums and stores a row; where it has more columns than the limit, says so. All threads come here.
    /// </summary>
    public static bool TrySum(
        LayerArguments arguments, LayerTable table, int row, int threads, int tableSize, int limit)
    {
        if (Group.IdxX < LayerTable.StateSize)
        {
            table.State[Group.IdxX] = 0;
        }

        Group.Barrier();
        int sources = LayerSources.CountOf(arguments);
        MakeReady(arguments, table, row, 0, sources);
        Group.Barrier();
        int slots = sources > Batch ? tableSize : SlotsFor(table.State[LayerTable.Entries], tableSize);
        for (int slot = Group.IdxX; slot < slots; slot += threads)
        {
            table.Columns[slot] = Empty;
            table.Values[slot] = 0f;
        }

        Group.Barrier();
        int length = 0;
        for (int begin = 0; begin < sources; begin += Batch)
        {
            if (begin > 0)
            {
                MakeReady(arguments, table, row, begin, sources);
                Group.Barrier();
            }

            length = AddBatch(arguments, table, threads, slots, begin, sources, length, limit);
            if (length > limit)
            {
                return false;
            }
        }

        Store(arguments, table, row, threads, slots, length);
        return true;
    }

    /// <summary>Where the rows from one on lie; a thread a row.</summary>
    private static void MakeReady(LayerArguments arguments, LayerTable table, int row, int begin, int sources)
    {
        int source = begin + Group.IdxX;
        if (Group.IdxX >= Batch || source >= sources)
        {
            return;
        }

        float weight = LayerSources.WeightOf(arguments, row, source);
        int start = 0;
        int length = 0;
        if (weight != 0f)
        {
            int vertex = LayerSources.VertexOf(arguments, row, source);
            SparseView rows = LayerSources.RowsOf(arguments, source);
            start = rows.Offsets[vertex];
            length = rows.Lengths[vertex];
        }

        table.Starts[Group.IdxX] = start;
        table.Lengths[Group.IdxX] = length;
        table.Weights[Group.IdxX] = weight;
        Atomic.Add(ref table.State[LayerTable.Entries], length);
    }

    /// <summary>
    /// Some more than the columns that can come, up to the whole table. Neighbours share most columns (at Market's
    /// shape one entry in five is a new one), so such a table is mostly empty, and few slots are soon cleared and read.
    /// </summary>
    private static int SlotsFor(int entries, int tableSize) =>
        entries >= tableSize ? tableSize : IntrinsicMath.Min(tableSize, entries + (entries / 8) + 1);

    /// <summary>Adds the rows made ready; each thread's next entry is on its way while one is added.</summary>
    /// <returns>The columns so far; more than the limit where it stopped early.</returns>
    private static int AddBatch(
        LayerArguments arguments, LayerTable table, int threads, int slots, int begin, int sources, int length,
        int limit)
    {
        int count = IntrinsicMath.Min(Batch, sources - begin);

        // New columns are counted in three places in turn: one counts, one is read, one is cleared.
        int place = 0;
        RowEntry next = Read(arguments, table, begin, 0, count);
        for (int at = 0; at < count && length <= limit; at++)
        {
            RowEntry current = next;
            next = Read(arguments, table, begin, at + 1, count);
            float weight = table.Weights[at];
            int entries = table.Lengths[at];
            if (current.Column != Empty)
            {
                Add(table, slots, current.Column, weight * current.Value, place);
            }

            if (entries > threads)
            {
                SparseView rows = LayerSources.RowsOf(arguments, begin + at);
                long start = (long)table.Starts[at] * SparseView.Unit;
                for (int entry = Group.IdxX + threads; entry < entries; entry += threads)
                {
                    Add(table, slots, rows.Columns[start + entry], weight * rows.Values[start + entry], place);
                }
            }

            Group.Barrier();
            length += table.State[LayerTable.NewColumns + place];
            int before = place == 0 ? 2 : place - 1;
            if (Group.IdxX == 0)
            {
                table.State[LayerTable.NewColumns + before] = 0;
            }

            place = place == 2 ? 0 : place + 1;
        }

        return length;
    }

    private static RowEntry Read(LayerArguments arguments, LayerTable table, int begin, int at, int count)
    {
        RowEntry entry = new() { Column = Empty, Value = 0f };
        if (at < count && Group.IdxX < table.Lengths[at])
        {
            SparseView rows = LayerSources.RowsOf(arguments, begin + at);
            long from = ((long)table.Starts[at] * SparseView.Unit) + Group.IdxX;
            entry.Column = rows.Columns[from];
            entry.Value = rows.Values[from];
        }

        return entry;
    }

    private static void Add(LayerTable table, int slots, int column, float value, int place)
    {
        // The upper half of a product spreads over any number of slots.
        uint hash = (uint)column * 2_654_435_761u;
        int slot = (int)(((ulong)hash * (uint)slots) >> 32);
        for (int probe = 0; probe < slots; probe++)
        {
            int held = Atomic.CompareExchange(ref table.Columns[slot], Empty, column);
            if (held == Empty)
            {
                Atomic.Add(ref table.State[LayerTable.NewColumns + place], 1);
            }

            if (held == Empty || held == column)
            {
                table.Values[slot] += value;
                return;
            }

            slot = slot + 1 == slots ? 0 : slot + 1;
        }

        // The table is full: more columns than any limit.
        Atomic.Add(ref table.State[LayerTable.NewColumns + place], slots);
    }

    private static void Store(LayerArguments arguments, LayerTable table, int row, int threads, int slots, int length)
    {
        float inverse = LayerNorms.Inverse(arguments, table.Values, slots, table.Sums, threads);
        if (Group.IdxX == 0)
        {
            arguments.InverseNorms[row] = inverse;
            table.State[LayerTable.Offset] =
                row < arguments.StoredCount ? LayerOutput.Reserve(arguments, row, length) : -1;
        }

        Group.Barrier();
        int offset = table.State[LayerTable.Offset];
        if (offset < 0)
        {
            return;
        }

        long target = (long)offset * SparseView.Unit;
        for (int slot = Group.IdxX; slot < slots; slot += threads)
        {
            int column = table.Columns[slot];
            if (column != Empty)
            {
                long to = target + Atomic.Add(ref table.State[LayerTable.Stored], 1);
                arguments.Result.Columns[to] = column;
                arguments.Result.Values[to] = table.Values[slot] * inverse;
            }
        }
    }
}
