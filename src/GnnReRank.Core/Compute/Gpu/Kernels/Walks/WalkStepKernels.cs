using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Compute.Gpu.Kernels.Walks;

/// <summary>
/// The steps of walks: a row's threads stand for queries side by side, four a thread, so that what they read lies
/// together.
/// </summary>
internal static class WalkStepKernels
{
    /// <summary>Queries of a block.</summary>
    public const int Lanes = RowThreads * LanesOfThread;

    public const int Threads = 128;

    /// <summary>Rows of the matrix that a group makes.</summary>
    public const int Rows = Threads / RowThreads;

    /// <summary>Queries, and gallery rows, of a group that writes scores.</summary>
    public const int TileSide = 1 << TileBits;

    // Powers of two, with shifts and masks: a remainder by a constant becomes a division.
    private const int RowThreadBits = 5;
    private const int RowThreads = 1 << RowThreadBits;
    private const int LaneBits = RowThreadBits + 2;
    private const int TileBits = 5;
    private const int LanesOfThread = 4;
    private const int LaneBytes = LanesOfThread * sizeof(float);

    // A column more than is used, so that columns lie in different banks.
    private const int TileStride = TileSide + 1;
    private const int TileRows = Threads / TileSide;

    private const int ThreeQuarters = 0x3f40_0000;
    private const int Mantissa = 0x007f_ffff;

    /// <summary>Puts each query where it begins; a thread a query.</summary>
    [Kernel]
    public static void Begin(WalkArguments arguments)
    {
        int query = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (query < arguments.Walking)
        {
            arguments.Before[PlaceOf(arguments, query, arguments.FirstQuery + query)] = 1f;
        }
    }

    /// <summary>
    /// One step of a block of queries at Grid.IdxY for the rows of Grid.IdxX; a sum runs over ascending columns.
    /// </summary>
    [Kernel]
    public static void Step(WalkArguments arguments)
    {
        int row = (Grid.IdxX * Rows) + (Group.IdxX >> RowThreadBits);
        if (row >= arguments.Count)
        {
            return;
        }

        ArrayView<Lane4> before = arguments.Before.AsAligned(LaneBytes).Cast<Lane4>();
        ArrayView<Lane4> after = arguments.After.AsAligned(LaneBytes).Cast<Lane4>();
        int thread = Group.IdxX & (RowThreads - 1);
        long block = ((long)Grid.IdxY * arguments.Count * RowThreads) + thread;
        Lane4 sum = default;
        int entry = arguments.Offsets[row];
        int end = entry + arguments.Lengths[row];

        // Two at a time: the second's values are on their way while the first's are waited for.
        for (; entry + 1 < end; entry += 2)
        {
            float value = arguments.Values[entry];
            float next = arguments.Values[entry + 1];
            int column = arguments.Columns[entry];
            int nextColumn = arguments.Columns[entry + 1];
            Lane4 lanes = before[block + ((long)column * RowThreads)];
            Lane4 others = before[block + ((long)nextColumn * RowThreads)];
            sum = Lane4.MultiplyAdd(sum, value, lanes);
            sum = Lane4.MultiplyAdd(sum, next, others);
        }

        if (entry < end)
        {
            sum = Lane4.MultiplyAdd(
                sum, arguments.Values[entry], before[block + ((long)arguments.Columns[entry] * RowThreads)]);
        }

        int first = (Grid.IdxY * Lanes) + (thread * LanesOfThread);
        int own = row - arguments.FirstQuery;
        float restart = own < arguments.Walking ? arguments.Restart : 0f;
        sum.C0 += own == first ? restart : 0f;
        sum.C1 += own == first + 1 ? restart : 0f;
        sum.C2 += own == first + 2 ? restart : 0f;
        sum.C3 += own == first + 3 ? restart : 0f;
        after[block + ((long)row * RowThreads)] = sum;
    }

    /// <summary>
    /// Writes what the walks add to the cosines, or the walks themselves; a tile of gallery rows at Grid.IdxX and
    /// queries at Grid.IdxY. The walks have queries side by side, the scores gallery rows: they are turned in shared
    /// memory.
    /// </summary>
    [Kernel]
    public static void WriteScores(WalkArguments arguments)
    {
        ArrayView<float> tile = SharedMemory.Allocate<float>(TileSide * TileStride);
        int across = Group.IdxX & (TileSide - 1);
        int down = Group.IdxX >> TileBits;
        int firstGallery = Grid.IdxX * TileSide;
        int firstQuery = Grid.IdxY * TileSide;
        for (int line = down; line < TileSide; line += TileRows)
        {
            if (firstGallery + line < arguments.GalleryCount)
            {
                int vertex = arguments.QueryCount + firstGallery + line;
                tile[(line * TileStride) + across] = arguments.Before[PlaceOf(arguments, firstQuery + across, vertex)];
            }
        }

        Group.Barrier();
        int gallery = firstGallery + across;
        for (int line = down; line < TileSide; line += TileRows)
        {
            int query = firstQuery + line;
            if (query < arguments.Walking && gallery < arguments.GalleryCount)
            {
                float value = tile[(across * TileStride) + line];
                if (arguments.AddsToCosines != 0)
                {
                    value = Log(1f + (value * arguments.Density)) * arguments.Gains[arguments.FirstQuery + query];
                }

                arguments.Scores[((long)query * arguments.GalleryCount) + gallery] = value;
            }
        }
    }

    private static long PlaceOf(WalkArguments arguments, int query, int vertex) =>
        ((((long)(query >> LaneBits) * arguments.Count) + vertex) << LaneBits) + (query & (Lanes - 1));

    /// <summary>
    /// The natural logarithm of a number from 1 on, as the processor's stage makes it: e log 2 + 2 atanh((m - 1) / (m +
    /// 1)).
    /// </summary>
    private static float Log(float number)
    {
        int bits = (int)Interop.FloatAsInt(number) - ThreeQuarters;
        float m = Interop.IntAsFloat((uint)((bits & Mantissa) + ThreeQuarters));
        float t = (m - 1f) / (m + 1f);
        float square = t * t;
        float series = 2f / 11;
        series = (series * square) + (2f / 9);
        series = (series * square) + (2f / 7);
        series = (series * square) + (2f / 5);
        series = (series * square) + (2f / 3);
        series = (series * square) + 2f;
        return ((bits >> 23) * 0.693147180559945f) + (series * t);
    }
}
