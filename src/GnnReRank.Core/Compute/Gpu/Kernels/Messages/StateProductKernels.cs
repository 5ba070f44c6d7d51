using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>
/// The state times a query's row: the state's columns are added one after the other, with a barrier between, and none has a
/// vertex twice, so that every vertex's sum has a fixed order.
/// </summary>
internal static class StateProductKernels
{
    // Most columns of the state are shorter (at Market's shape 19 of 20), and one stride adds them.
    public const int Threads = 192;

    /// <summary>
    /// Vertices whose sums a group keeps in shared memory: with the columns made ready 32 KB, which every device has, and
    /// six groups share a multiprocessor.
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
        int query = arguments.FirstQuery + Grid.IdxX;
        long start = (long)layer.Result.Offsets[query] * SparseView.Unit;
        int sources = layer.Result.Lengths[query] << layer.HasMirror;
        for (int begin = 0; begin < sources; begin += Batch)
        {
            int count = IntrinsicMath.Min(Batch, sources - begin);
            if (Group.IdxX < count)
            {
                long entry = start + ((begin + Group.IdxX) >> layer.HasMirror);
                int column = layer.Result.Columns[entry];
                SparseView rows = RowsOf(layer, Group.IdxX);
                starts[Group.IdxX] = rows.Offsets[column];
                lengths[Group.IdxX] = rows.Lengths[column];
                factors[Group.IdxX] = layer.Scale * layer.Result.Values[entry];
            }

            Group.Barrier();
            AddBatch(layer, sums, starts, lengths, factors, count, first);
        }

        Group.Barrier();
        int end = IntrinsicMath.Min(Range, layer.Count - first);
        long target = ((long)Grid.IdxX * layer.Count) + first;
        for (int at = Group.IdxX; at < end; at += Threads)
        {
            arguments.Products[target + at] = sums[at];
        }
    }

    /// <summary>The column of H, and after it, where it counts too, the column of H^T.</summary>
    private static SparseView RowsOf(LayerArguments layer, int source) =>
        (source & layer.HasMirror) != 0 ? layer.State : layer.Mirror;

    /// <summary>Adds columns made ready; each thread's entry is on its way while the two before are added.</summary>
    private static void AddBatch(
        LayerArguments layer, ArrayView<float> sums, ArrayView<int> starts, ArrayView<int> lengths, ArrayView<float> factors,
        int count, int first)
    {
        RowEntry next = Read(layer, starts, lengths, 0, count);
        RowEntry second = Read(layer, starts, lengths, 1, count);
        for (int source = 0; source < count; source++)
        {
            RowEntry current = next;
            next = second;
            second = Read(layer, starts, lengths, source + 2, count);
            float factor = factors[source];
            Add(sums, current.Column - first, factor * current.Value);
            int length = lengths[source];
            if (length > Threads)
            {
                SparseView rows = RowsOf(layer, source);
                long start = (long)starts[source] * SparseView.Unit;
                for (int entry = Group.IdxX + Threads; entry < length; entry += Threads)
                {
                    Add(sums, rows.Columns[start + entry] - first, factor * rows.Values[start + entry]);
                }
            }

            Group.Barrier();
        }
    }

    private static RowEntry Read(
        LayerArguments layer, ArrayView<int> starts, ArrayView<int> lengths, int source, int count)
    {
        RowEntry entry = new() { Column = -1, Value = 0f };
        if (source < count && Group.IdxX < lengths[source])
        {
            SparseView rows = RowsOf(layer, source);
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
