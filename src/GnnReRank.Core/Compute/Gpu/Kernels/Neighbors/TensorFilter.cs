using GnnReRank.Compute.Gpu.Kernels.Tiles;
using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Neighbors;

/// <summary>
/// Offers the sums of <see cref="TensorTileKernel"/> to the queues. Nearly all are below both their limits, which one
/// comparison tells. The others are listed in shared memory first, and then offered side by side: an atomic's answer
/// takes as long as hundreds of comparisons.
/// </summary>
internal static class TensorFilter
{
    /// <summary>Floats from one row of half a tile to the next.</summary>
    /// <remarks>
    /// 8 modulo 32 banks: the four rows of eight floats that half a warp stores at once lie in all banks.
    /// </remarks>
    public const int PieceStride = TensorTileKernel.BlockRows + 8;

    private const int PieceRows = TensorTileKernel.BlockRows / 2;

    // The shared memory: half a tile, a limit for each of the tile's rows, a count, and the list's sums and places.
    private const int LimitsAt = PieceRows * PieceStride;
    private const int CountAt = LimitsAt + TensorTileKernel.BlockRows;
    private const int SumsAt = CountAt + 4;
    private const int Room = 1536;

    // So few rows always fit the list.
    private const int LeastRows = 8;

    /// <summary>Reads what the tile's rows take, between two barriers.</summary>
    public static void ReadLimits(TensorTileArguments a, ArrayView<float> shared, int rowBlock) =>
        shared[LimitsAt + Group.IdxX] = LimitOf(a, (rowBlock * TensorTileKernel.BlockRows) + Group.IdxX);

    /// <summary>
    /// Offers 32 rows of the tile's upper half, from <paramref name="firstRow"/>, and 32 of its lower half. All threads
    /// come here, after a barrier, and leave after one.
    /// </summary>
    public static void Offer(
        TensorTileArguments a, ArrayView<float> shared, int rowBlock, int columnBlock, int firstRow)
    {
        // A tile on the diagonal has each pair both ways already.
        float columnLimit = rowBlock == columnBlock
            ? float.PositiveInfinity
            : LimitOf(a, (columnBlock * TensorTileKernel.BlockRows) + Group.IdxX);
        ArrayView<int> list = shared.Cast<int>();
        int rows = PieceRows;
        for (int first = 0; first < PieceRows;)
        {
            if (Group.IdxX == 0)
            {
                list[CountAt] = 0;
            }

            Group.Barrier();
            for (int row = first; row < first + rows; row += LeastRows)
            {
                ListRows(shared, list, row, firstRow, columnLimit);
            }

            Group.Barrier();
            int found = list[CountAt];
            Group.Barrier();
            if (found > Room)
            {
                rows = LeastRows;
                continue;
            }

            for (int at = Group.IdxX; at < found; at += TensorTileKernel.GroupSize)
            {
                int place = list[SumsAt + Room + at];
                int row = place >> 7;
                int i = (rowBlock * TensorTileKernel.BlockRows) + RowOf(row, firstRow);
                int j = (columnBlock * TensorTileKernel.BlockRows) + (place & (TensorTileKernel.BlockRows - 1));
                OfferPair(a, i, j, shared[SumsAt + at] * TensorTileKernel.ScoreScale, rowBlock == columnBlock);
            }

            first += rows;
        }

        Group.Barrier();
    }

    private static float LimitOf(TensorTileArguments a, int row) =>
        CandidateQueue.LimitOf(a.Thresholds, row, a.Count) * (1f / TensorTileKernel.ScoreScale);

    /// <summary>The row of the tile of a row of the piece.</summary>
    private static int RowOf(int row, int firstRow) => ((row >> 5) * 64) + firstRow + (row & 31);

    /// <summary>Lists the sums of this thread's column in eight rows that may be taken.</summary>
    private static void ListRows(ArrayView<float> shared, ArrayView<int> list, int row, int firstRow, float columnLimit)
    {
        // All is read before the first is listed: no read passes an atomic, and each alone would wait.
        ArrayView<Float4> limits = shared.Cast<Float4>();
        int limitAt = (LimitsAt + RowOf(row, firstRow)) / 4;
        Float4 upper = limits[limitAt];
        Float4 lower = limits[limitAt + 1];
        int at = (row * PieceStride) + Group.IdxX;
        float sum0 = shared[at];
        float sum1 = shared[at + PieceStride];
        float sum2 = shared[at + (2 * PieceStride)];
        float sum3 = shared[at + (3 * PieceStride)];
        float sum4 = shared[at + (4 * PieceStride)];
        float sum5 = shared[at + (5 * PieceStride)];
        float sum6 = shared[at + (6 * PieceStride)];
        float sum7 = shared[at + (7 * PieceStride)];
        int place = (row << 7) + Group.IdxX;
        List(shared, list, sum0, Math.Min(upper.X, columnLimit), place);
        List(shared, list, sum1, Math.Min(upper.Y, columnLimit), place + 128);
        List(shared, list, sum2, Math.Min(upper.Z, columnLimit), place + (2 * 128));
        List(shared, list, sum3, Math.Min(upper.W, columnLimit), place + (3 * 128));
        List(shared, list, sum4, Math.Min(lower.X, columnLimit), place + (4 * 128));
        List(shared, list, sum5, Math.Min(lower.Y, columnLimit), place + (5 * 128));
        List(shared, list, sum6, Math.Min(lower.Z, columnLimit), place + (6 * 128));
        List(shared, list, sum7, Math.Min(lower.W, columnLimit), place + (7 * 128));
    }

    private static void List(ArrayView<float> shared, ArrayView<int> list, float sum, float limit, int place)
    {
        if (sum >= limit)
        {
            int at = Atomic.Add(ref list[CountAt], 1);
            if (at < Room)
            {
                shared[SumsAt + at] = sum;
                list[SumsAt + Room + at] = place;
            }
        }
    }

    private static void OfferPair(TensorTileArguments a, int i, int j, float score, bool isDiagonal)
    {
        if (i >= a.Count || j >= a.Count || i == j)
        {
            return;
        }

        // Both atomics are under way before the first answer is needed.
        ulong rowKey = DeviceKey.BestIsLargest(score, j);
        ulong columnKey = DeviceKey.BestIsLargest(score, i);
        bool toRow = rowKey > a.Thresholds[i];
        bool toColumn = !isDiagonal && columnKey > a.Thresholds[j];
        int rowPlace = toRow ? Atomic.Add(ref a.Counts[i], 1) : a.Capacity;
        int columnPlace = toColumn ? Atomic.Add(ref a.Counts[j], 1) : a.Capacity;
        if (rowPlace < a.Capacity)
        {
            a.Queue[((long)i * a.Capacity) + rowPlace] = rowKey;
        }

        if (columnPlace < a.Capacity)
        {
            a.Queue[((long)j * a.Capacity) + columnPlace] = columnKey;
        }
    }
}
