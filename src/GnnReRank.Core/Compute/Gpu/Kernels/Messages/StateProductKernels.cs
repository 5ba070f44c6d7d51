using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>
/// The state times a query's row: the state's columns are added one after the other, with a barrier between, and none
/// has a vertex twice, so that every vertex's sum has a fixed order.
/// </summary>
internal static class StateProductKernels
{
    // Most columns of the state are shorter (at Market's shape 9 of 10), and one stride adds them.
    public const int Threads = 160;

    /// <summary>
    /// Vertices whose sums a group keeps in shared memory: with the columns made ready 32 KB, which every device has,
    /// and six groups share a multiprocessor.
    /// </summary>
    public const int Range = 7936;

    // Columns of the state made ready at once.
    private const int Batch = 64;

    /// <summary>Multiplies for a query at Grid.IdxX and the vertices of a range at Grid.IdxY.</summary>
    [Kernel]
    public static void MultiplyState(ScoreArguments arguments)
    {
        ArrayView<float> sums = SharedMemory.Allocate<float>(Range);
        ArrayView<int> starts = SharedMemory.Allocate<int>(Batch);
        ArrayView<int> lengths = SharedMemory.Allocate<int>(Batch);
        ArrayView<float> factors = SharedMemory.Allocate<float>(Batch);
        LayerArguments layer = arguments.Layer;
        for (int at = Group.IdxX; at < Range; at += Threads)
        {
            sums[at] = 0f;
        }

        int first = Grid.IdxY * Range;
        AddAll(arguments, layer.Mirror, sums, starts, lengths, factors, first);
        if (layer.HasMirror != 0)
        {
            AddAll(arguments, layer.State, sums, starts, lengths, factors, first);
        }

        Group.Barrier();
        int end = IntrinsicMath.Min(Range, layer.Count - first);
        long target = ((long)Grid.IdxX * layer.Count) + first;
        for (int at = Group.IdxX; at < end; at += Threads)
        {
            arguments.Products[target + at] = sums[at];
        }
    }

    /// <summary>
    /// Adds a row for each entry of the query's: columns of H, which are rows of its transpose, or columns of H^T.
    /// </summary>
    private static void AddAll(
        ScoreArguments arguments, SparseView rows, ArrayView<float> sums, ArrayView<int> starts, ArrayView<int> lengths,
        ArrayView<float> factors, int first)
    {
        SparseView queries = arguments.Layer.Result;
        int query = arguments.FirstQuery + Grid.IdxX;
        long start = (long)queries.Offsets[query] * SparseView.Unit;
        int sources = queries.Lengths[query];
        for (int begin = 0; begin < sources; begin += Batch)
        {
            int count = IntrinsicMath.Min(Batch, sources - begin);
            if (Group.IdxX < count)
            {
                long entry = start + begin + Group.IdxX;
                int column = queries.Columns[entry];
                starts[Group.IdxX] = rows.Offsets[column];
                lengths[Group.IdxX] = rows.Lengths[column];
                factors[Group.IdxX] = arguments.Layer.Scale * queries.Values[entry];
            }

            Group.Barrier();
            AddBatch(rows, sums, starts, lengths, factors, count, first);
        }
    }

    /// <summary>Adds rows made ready; each thread's entry is on its way while the two before are added.</summary>
    private static void AddBatch(
        SparseView rows, ArrayView<float> sums, ArrayView<int> starts, ArrayView<int> lengths, ArrayView<float> factors,
        int count, int first)
    {
        RowEntry next = Read(rows, starts, lengths, 0, count);
        RowEntry second = Read(rows, starts, lengths, 1, count);
        for (int source = 0; source < count; source++)
        {
            RowEntry current = next;
            next = second;
            second = Read(rows, starts, lengths, source + 2, count);
            float factor = factors[source];
            Add(sums, current.Column - first, factor * current.Value);
            int length = lengths[source];
            if (length > Threads)
            {
                long start = (long)starts[source] * SparseView.Unit;
                for (int entry = Group.IdxX + Threads; entry < length; entry += Threads)
                {
                    Add(sums, rows.Columns[start + entry] - first, factor * rows.Values[start + entry]);
                }
            }

            Group.Barrier();
        }
    }

    private static RowEntry Read(SparseView rows, ArrayView<int> starts, ArrayView<int> lengths, int source, int count)
    {
        RowEntry entry = new() { Column = -1, Value = 0f };
        if (source < count && Group.IdxX < lengths[source])
        {
            long at = ((long)starts[source] * SparseView.Unit) + Group.IdxX;
            entry.Column = rows.Columns[at];
            entry.Value = rows.Values[at];
        }

        return entry;
    }

    private static void Add(ArrayView<float> sums, int at, float value)
    {
        // Before the range and past it alike.
        if ((uint)at < Range)
        {
            sums[at] += value;
        }
    }
}
