using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>
/// h_q h_g without the gallery's rows: h_g is a sum of rows of the state, so the state times h_q is summed along g's
/// edges.
/// </summary>
internal static class ScoreKernels
{
    public const int Threads = 256;

    /// <summary>Queries whose products lie side by side: 128 bytes, what a warp reads at once.</summary>
    public const int Lanes = 1 << LaneBits;

    // Powers of two, with shifts and masks: the driver's compiler divides even by a constant.
    private const int LaneBits = 5;
    private const int QuadBits = LaneBits - 2;

    // One more than the lanes: a column's values lie in different banks.
    private const int TileWidth = Lanes + 1;
    private const int Parts = Threads / Lanes;
    private const int Quads = 1 << QuadBits;
    private const int Lane4Bytes = 16;

    // Not less than the columns of any table.
    private const int MostSorted = 2048;

    /// <summary>
    /// Sorts the entries of a stored row by column, so that the sums over them have an order; longer ones have it
    /// already. A group a row.
    /// </summary>
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

    /// <summary>Lays the products of 32 queries at Grid.IdxY side by side, for 32 vertices at Grid.IdxX.</summary>
    [Kernel]
    public static void LayOut(ScoreArguments arguments)
    {
        ArrayView<float> tile = SharedMemory.Allocate<float>(Lanes * TileWidth);
        int count = arguments.Layer.Count;
        int lane = Group.IdxX & (Lanes - 1);
        int part = Group.IdxX >> LaneBits;
        int vertex = (Grid.IdxX * Lanes) + lane;
        int query = (Grid.IdxY * Lanes) + part;

        // Written out, so that all are on their way at once.
        float product0 = Product(arguments, query, vertex);
        float product1 = Product(arguments, query + Parts, vertex);
        float product2 = Product(arguments, query + (2 * Parts), vertex);
        float product3 = Product(arguments, query + (3 * Parts), vertex);
        tile[(part * TileWidth) + lane] = product0;
        tile[((part + Parts) * TileWidth) + lane] = product1;
        tile[((part + (2 * Parts)) * TileWidth) + lane] = product2;
        tile[((part + (3 * Parts)) * TileWidth) + lane] = product3;
        Group.Barrier();
        long block = (long)Grid.IdxY * count * Lanes;
        for (int row = part; row < Lanes; row += Parts)
        {
            int target = (Grid.IdxX * Lanes) + row;
            if (target < count)
            {
                arguments.Lanes[block + ((long)target * Lanes) + lane] = tile[(lane * TileWidth) + row];
            }
        }
    }

    /// <summary>
    /// Sums the products along the edges of 32 gallery rows at Grid.IdxX, for 32 queries at Grid.IdxY; a thread a row
    /// and four queries.
    /// </summary>
    [Kernel]
    public static void SumEdges(ScoreArguments arguments)
    {
        ArrayView<float> tile = SharedMemory.Allocate<float>(Lanes * TileWidth);
        int row = Group.IdxX >> QuadBits;
        int gallery = (Grid.IdxX * Lanes) + row;
        if (gallery < arguments.GalleryCount)
        {
            int quad = Group.IdxX & (Quads - 1);
            int vertex = arguments.QueryCount + gallery;
            Lane4 sum = SumOf(arguments, vertex, quad);
            float inverse = arguments.Layer.InverseNorms[vertex];
            int target = (quad * 4 * TileWidth) + row;
            tile[target] = sum.C0 * inverse;
            tile[target + TileWidth] = sum.C1 * inverse;
            tile[target + (2 * TileWidth)] = sum.C2 * inverse;
            tile[target + (3 * TileWidth)] = sum.C3 * inverse;
        }

        Group.Barrier();
        int column = Group.IdxX & (Lanes - 1);
        gallery = (Grid.IdxX * Lanes) + column;
        for (int lane = Group.IdxX >> LaneBits; lane < Lanes && gallery < arguments.GalleryCount; lane += Parts)
        {
            int query = (Grid.IdxY * Lanes) + lane;
            if (query < arguments.BlockCount)
            {
                arguments.Scores[((long)query * arguments.GalleryCount) + gallery] = tile[(lane * TileWidth) + column];
            }
        }
    }

    private static float Product(ScoreArguments arguments, int query, int vertex) =>
        query < arguments.BlockCount && vertex < arguments.Layer.Count
            ? arguments.Products[((long)query * arguments.Layer.Count) + vertex]
            : 0f;

    /// <summary>
    /// The vertex itself where the layer is residual, then its edges in their order, two on their way at once.
    /// </summary>
    private static Lane4 SumOf(ScoreArguments arguments, int vertex, int quad)
    {
        LayerArguments layer = arguments.Layer;
        ArrayView<Lane4> products = arguments.Lanes.Cast<Lane4>().AsAligned(Lane4Bytes);
        long block = ((long)Grid.IdxY * layer.Count * Quads) + quad;
        Lane4 sum = default;
        if (layer.IsResidual != 0)
        {
            sum = products[block + ((long)vertex * Quads)];
        }

        long weights = (long)vertex * layer.EdgeCount;
        long neighbors = (long)vertex * layer.NeighborCount;
        for (int edge = 0; edge < layer.EdgeCount; edge += 2)
        {
            // What is no edge adds the vertex itself with a weight of 0: it changes no sum.
            float weight0 = layer.Weights[weights + edge];
            float weight1 = edge + 1 < layer.EdgeCount ? layer.Weights[weights + edge + 1] : 0f;
            int neighbor0 = weight0 != 0f ? layer.Neighbors[neighbors + edge] : vertex;
            int neighbor1 = weight1 != 0f ? layer.Neighbors[neighbors + edge + 1] : vertex;
            Lane4 product0 = products[block + ((long)neighbor0 * Quads)];
            Lane4 product1 = products[block + ((long)neighbor1 * Quads)];
            sum = Lane4.MultiplyAdd(sum, weight0, product0);
            sum = Lane4.MultiplyAdd(sum, weight1, product1);
        }

        return sum;
    }
}
