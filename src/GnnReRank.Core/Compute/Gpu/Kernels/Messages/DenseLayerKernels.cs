using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>Rows too long for the tables, summed in whole rows of global memory; some groups share them out.</summary>
internal static class DenseLayerKernels
{
    public const int Threads = 256;

    [Kernel]
    public static void SumLongRows(LayerArguments arguments)
    {
        ArrayView<long> sums = SharedMemory.Allocate<long>(Threads);
        ArrayView<int> shared = SharedMemory.Allocate<int>(1);
        ArrayView<float> dense = arguments.Dense.SubView((long)Grid.IdxX * arguments.Count, arguments.Count);
        for (int at = Grid.IdxX; at < arguments.DenseRowCount; at += Grid.DimX)
        {
            int row = arguments.LongRows[arguments.Count + at];
            for (int column = Group.IdxX; column < arguments.Count; column += Threads)
            {
                dense[column] = 0f;
            }

            Group.Barrier();
            for (int source = 0; source < LayerSources.CountOf(arguments); source++)
            {
                AddSource(arguments, dense, row, source);
                Group.Barrier();
            }

            float inverse = LayerNorms.Inverse(arguments, dense, arguments.Count, sums, Threads);
            Store(arguments, dense, row, inverse, sums, shared);
            Group.Barrier();
        }
    }

    private static void AddSource(LayerArguments arguments, ArrayView<float> dense, int row, int source)
    {
        float weight = LayerSources.WeightOf(arguments, row, source);
        if (weight == 0f)
        {
            return;
        }

        int vertex = LayerSources.VertexOf(arguments, row, source);
        SparseView rows = LayerSources.RowsOf(arguments, source);
        long start = (long)rows.Offsets[vertex] * SparseView.Unit;
        int length = rows.Lengths[vertex];
        for (int entry = Group.IdxX; entry < length; entry += Threads)
        {
            dense[rows.Columns[start + entry]] += weight * rows.Values[start + entry];
        }
    }

    /// <summary>Writes the row in the order of its columns: each thread a stretch of them.</summary>
    private static void Store(
        LayerArguments arguments, ArrayView<float> dense, int row, float inverse, ArrayView<long> sums, ArrayView<int> shared)
    {
        int share = (arguments.Count + Threads - 1) / Threads;
        int first = IntrinsicMath.Min(Group.IdxX * share, arguments.Count);
        int end = IntrinsicMath.Min(first + share, arguments.Count);
        int count = 0;
        for (int column = first; column < end; column++)
        {
            count += dense[column] != 0f ? 1 : 0;
        }

        sums[Group.IdxX] = count;
        Group.Barrier();
        if (Group.IdxX == 0)
        {
            int length = 0;
            for (int thread = 0; thread < Threads; thread++)
            {
                int own = (int)sums[thread];
                sums[thread] = length;
                length += own;
            }

            arguments.InverseNorms[row] = inverse;
            shared[0] = row < arguments.StoredCount ? LayerOutput.Reserve(arguments, row, length) : -1;
        }

        Group.Barrier();
        int offset = shared[0];
        long target = ((long)offset * SparseView.Unit) + sums[Group.IdxX];
        for (int column = first; column < end && offset >= 0; column++)
        {
            if (dense[column] != 0f)
            {
                arguments.Result.Columns[target] = column;
                arguments.Result.Values[target] = dense[column] * inverse;
                target++;
            }
        }
    }
}
