using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Walks;

/// <summary>
/// The steps of walks: a warp's threads stand for queries side by side, so that what they read lies together.
/// </summary>
internal static class WalkStepKernels
{
    /// <summary>Queries of a block.</summary>
    public const int Lanes = 32;

    public const int Threads = 128;

    /// <summary>Rows of the matrix that a group makes.</summary>
    public const int Rows = Threads / Lanes;

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
        int row = (Grid.IdxX * Rows) + (Group.IdxX / Lanes);
        if (row >= arguments.Count)
        {
            return;
        }

        int lane = Group.IdxX % Lanes;
        long block = ((long)Grid.IdxY * arguments.Count * Lanes) + lane;
        float sum = 0f;
        int end = arguments.Offsets[row + 1];
        for (int entry = arguments.Offsets[row]; entry < end; entry++)
        {
            sum += arguments.Values[entry] * arguments.Before[block + ((long)arguments.Columns[entry] * Lanes)];
        }

        int query = (Grid.IdxY * Lanes) + lane;
        if (query < arguments.Walking && arguments.FirstQuery + query == row)
        {
            sum += arguments.Restart;
        }

        arguments.After[block + ((long)row * Lanes)] = sum;
    }

    /// <summary>
    /// Writes what the walks add to the cosines, or the walks themselves; a thread a gallery row at Grid.IdxX, a query
    /// at Grid.IdxY.
    /// </summary>
    [Kernel]
    public static void WriteScores(WalkArguments arguments)
    {
        int gallery = (Grid.IdxX * Group.DimX) + Group.IdxX;
        int query = Grid.IdxY;
        if (gallery >= arguments.GalleryCount)
        {
            return;
        }

        float value = arguments.Before[PlaceOf(arguments, query, arguments.QueryCount + gallery)];
        if (arguments.AddsToCosines != 0)
        {
            value = Log(1f + (value * arguments.Density)) * arguments.Gains[arguments.FirstQuery + query];
        }

        arguments.Scores[((long)query * arguments.GalleryCount) + gallery] = value;
    }

    private static long PlaceOf(WalkArguments arguments, int query, int vertex) =>
        ((((long)(query / Lanes) * arguments.Count) + vertex) * Lanes) + (query % Lanes);

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
