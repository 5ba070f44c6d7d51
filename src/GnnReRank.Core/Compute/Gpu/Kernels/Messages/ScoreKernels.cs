using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>
/// h_q h_g without the gallery's rows: h_g is a sum of rows of the state, so the state times h_q is summed along g's edges.
/// </summary>
internal static class ScoreKernels
{
    public const int Threads = 256;

    private const int MostSorted = LayerKernels.TableSize;

    /// <summary>Sorts the entries of a stored row by column, so that the sums over them have an order; longer ones have it already. A group a row.</summary>
    [Kernel]
    public static void SortRow(LayerArguments arguments)
    {
        ArrayView<ulong> keys = SharedMemory.Allocate<ulong>(MostSorted);
        long start = (long)arguments.Result.Offsets[Grid.IdxX] * SparseView.Unit;
        int count = arguments.Result.Lengths[Grid.IdxX];
        if (count > MostSorted)
        {
            return;
        }

        // Descending keys: the complement of the column.
        int length = BitonicSort.PowerOfTwo(count);
        for (int entry = Group.IdxX; entry < length; entry += Group.DimX)
        {
            keys[entry] = entry < count
                ? ((ulong)~(uint)arguments.Result.Columns[start + entry] << 32) | Interop.FloatAsInt(arguments.Result.Values[start + entry])
                : 0UL;
        }

        Group.Barrier();
        BitonicSort.Descending(keys, length);
        for (int entry = Group.IdxX; entry < count; entry += Group.DimX)
        {
            arguments.Result.Columns[start + entry] = (int)~(uint)(keys[entry] >> 32);
            arguments.Result.Values[start + entry] = Interop.IntAsFloat((uint)keys[entry]);
        }
    }

    /// <summary>Multiplies the state with a query's row, column after column; a group a query.</summary>
    [Kernel]
    public static void MultiplyState(ScoreArguments arguments)
    {
        LayerArguments layer = arguments.Layer;
        ArrayView<float> products = arguments.Products.SubView((long)Grid.IdxX * layer.Count, layer.Count);
        for (int vertex = Group.IdxX; vertex < layer.Count; vertex += Threads)
        {
            products[vertex] = 0f;
        }

        Group.Barrier();
        int row = arguments.FirstQuery + Grid.IdxX;
        long start = (long)layer.Result.Offsets[row] * SparseView.Unit;
        int length = layer.Result.Lengths[row];
        for (int entry = 0; entry < length; entry++)
        {
            int column = layer.Result.Columns[start + entry];
            float factor = layer.Scale * layer.Result.Values[start + entry];
            Add(layer.Mirror, column, factor, products);
            Group.Barrier();
            if (layer.HasMirror != 0)
            {
                Add(layer.State, column, factor, products);
                Group.Barrier();
            }
        }
    }

    /// <summary>Sums the products along the edges of a gallery row; a thread a gallery row at Grid.IdxX, a query at Grid.IdxY.</summary>
    [Kernel]
    public static void SumEdges(ScoreArguments arguments)
    {
        int gallery = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (gallery >= arguments.GalleryCount)
        {
            return;
        }

        LayerArguments layer = arguments.Layer;
        long products = (long)Grid.IdxY * layer.Count;
        int vertex = arguments.QueryCount + gallery;
        float sum = layer.IsResidual != 0 ? arguments.Products[products + vertex] : 0f;
        for (int edge = 0; edge < layer.EdgeCount; edge++)
        {
            float weight = layer.Weights[((long)vertex * layer.EdgeCount) + edge];
            if (weight != 0f)
            {
                sum += weight * arguments.Products[products + layer.Neighbors[((long)vertex * layer.NeighborCount) + edge]];
            }
        }

        arguments.Scores[((long)Grid.IdxY * arguments.GalleryCount) + gallery] = sum * layer.InverseNorms[vertex];
    }

    private static void Add(SparseView rows, int row, float factor, ArrayView<float> products)
    {
        long start = (long)rows.Offsets[row] * SparseView.Unit;
        int length = rows.Lengths[row];
        for (int entry = Group.IdxX; entry < length; entry += Threads)
        {
            products[rows.Columns[start + entry]] += factor * rows.Values[start + entry];
        }
    }
}
