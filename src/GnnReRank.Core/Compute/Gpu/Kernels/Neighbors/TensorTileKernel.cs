using GnnReRank.Compute.Gpu.Rows;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace GnnReRank.Compute.Gpu.Kernels.Neighbors;

/// <summary>
/// The cosines of all pairs on the tensor cores (sm_80 and later), 128 x 128 a group, each above its row's threshold put into
/// the row's queue. Scores are close, not exact (<see cref="HalfBound"/>): they choose candidates.
/// </summary>
/// <remarks>
/// 256 threads: 8 warps, 2 x 4, each 64 x 32 of the tile. 32 values a step pass through three stages of shared memory. A stage has
/// 256 rows of 64 bytes: four chunks of 16, chunk c of row r in place c ^ ((r / 2) % 4), so that any eight rows in sequence touch all
/// banks once: ldmatrix and the copies have no conflicts. The sums leave through the same memory, half a tile at a time.
/// </remarks>
internal static class TensorTileKernel
{
    public const int GroupSize = 256;
    public const int BlockRows = 128;

    /// <summary>The values of a step: the stride of the rows is a multiple.</summary>
    public const int StepLength = 32;

    /// <summary>What scores are multiplied with: each value has <see cref="DeviceHalf.Scale"/>.</summary>
    public const float ScoreScale = 1f / (DeviceHalf.Scale * DeviceHalf.Scale);

    private const int BandLength = 16;
    private const int StageBytes = 2 * BlockRows * StepLength * sizeof(ushort);
    private const int StageCount = 3;
    private const int ColumnsOffset = StageBytes / 2;

    // 8 modulo 32 banks: the four rows of eight floats that half a warp stores at once lie in all banks.
    private const int PieceStride = BlockRows + 8;

    /// <summary>Whether the accelerator can run this: ldmatrix, cp.async and this mma need sm_80 and PTX 7.0.</summary>
    public static bool IsSupported(Accelerator accelerator) =>
        accelerator is CudaAccelerator cuda
        && cuda.Architecture >= CudaArchitecture.SM_80 && cuda.InstructionSet >= CudaInstructionSet.ISA_70;

    /// <summary>The groups of a launch. Neighbours in sequence share rows, so that these stay in the L2 cache.</summary>
    public static int GroupCount(int blockCount, int offsetCount) =>
        checked((blockCount + BandLength - 1) / BandLength * BandLength * offsetCount);

    [Kernel(IsCudaOnly = true, GroupSize = GroupSize, GroupsTogether = 2)]
    public static void Run(TensorTileArguments a)
    {
        // In bands of 16 row blocks: all row blocks at one offset, then at the next, which needs one new block of columns.
        int band = Grid.IdxX / (BandLength * a.OffsetCount);
        int inBand = Grid.IdxX % (BandLength * a.OffsetCount);
        int rowBlock = (band * BandLength) + (inBand % BandLength);
        int offset = a.FirstOffset + (inBand / BandLength);

        // Half way round, block pairs meet twice: the second half has nothing to do.
        if (rowBlock >= a.BlockCount || (offset * 2 == a.BlockCount && rowBlock >= offset))
        {
            return;
        }

        int columnBlock = rowBlock + offset;
        columnBlock = columnBlock >= a.BlockCount ? columnBlock - a.BlockCount : columnBlock;

        ArrayView<float> shared = SharedMemory.Allocate<float>(StageCount * StageBytes / sizeof(float)).AsAligned(16);
        CudaAsm.Emit(TensorTileText.Declare);
        Multiply(a, rowBlock, columnBlock);
        Group.Barrier();

        int lane = Group.IdxX & 31;
        int warp = Group.IdxX >> 5;
        int pieceRow = ((warp >> 2) * 32) + (lane >> 2);
        int store = ((pieceRow * PieceStride) + ((warp & 3) * 32) + ((lane & 3) * 2)) * sizeof(float);
        CudaAsm.Emit(TensorTileText.StoreUpper, store);
        Group.Barrier();
        Filter(a, shared, rowBlock, columnBlock, 0);
        Group.Barrier();
        CudaAsm.Emit(TensorTileText.StoreLower, store);
        Group.Barrier();
        Filter(a, shared, rowBlock, columnBlock, 32);
    }

    private static void Multiply(TensorTileArguments a, int rowBlock, int columnBlock)
    {
        int copyRow = Group.IdxX >> 2;
        int copyChunk = Group.IdxX & 3;
        int copyTo = (copyRow * 64) + ((copyChunk ^ ((copyRow >> 1) & 3)) << 4);
        long skip = (long)a.Stride * 64 * sizeof(ushort);
        long inRow = ((long)copyRow * a.Stride * sizeof(ushort)) + (copyChunk * 16);
        long rows = a.Rows + (rowBlock * skip * 2) + inRow;
        long columns = a.Rows + (columnBlock * skip * 2) + inRow;

        // Each lane names one row of eight values to ldmatrix; the next 16 values are two chunks on: bit 5 of the place.
        int lane = Group.IdxX & 31;
        int warp = Group.IdxX >> 5;
        int row = ((warp >> 2) * 64) + (lane & 15);
        int rowAt = (row * 64) + (((lane >> 4) ^ ((row >> 1) & 3)) << 4);
        int column = ((warp & 3) * 32) + (lane & 7) + ((lane >> 4) << 3);
        int columnAt = ColumnsOffset + (column * 64) + ((((lane >> 3) & 1) ^ ((column >> 1) & 3)) << 4);

        CudaAsm.Emit(TensorTileText.Zero);
        int steps = a.Stride / StepLength;
        Copy(copyTo, rows, columns, skip);
        CudaAsm.Emit(TensorTileText.Commit);
        if (steps > 1)
        {
            Copy(copyTo + StageBytes, rows + (StepLength * sizeof(ushort)), columns + (StepLength * sizeof(ushort)), skip);
        }

        CudaAsm.Emit(TensorTileText.Commit);
        int read = 0;
        int write = 2 * StageBytes;
        for (int step = 0; step < steps; step++)
        {
            // After the barrier all have this step's values, and none still reads the stage before, which is filled next.
            CudaAsm.Emit(TensorTileText.WaitForAllButOne);
            Group.Barrier();
            if (step + 2 < steps)
            {
                long ahead = (long)(step + 2) * StepLength * sizeof(ushort);
                Copy(copyTo + write, rows + ahead, columns + ahead, skip);
            }

            // A group also where it is empty: the wait counts groups.
            CudaAsm.Emit(TensorTileText.Commit);
            CudaAsm.Emit(TensorTileText.LoadRows, read + rowAt);
            CudaAsm.Emit(TensorTileText.LoadColumns, read + columnAt);
            CudaAsm.Emit(TensorTileText.Multiply);
            CudaAsm.Emit(TensorTileText.LoadRows, read + (rowAt ^ 32));
            CudaAsm.Emit(TensorTileText.LoadColumns, read + (columnAt ^ 32));
            CudaAsm.Emit(TensorTileText.Multiply);
            read = read == 2 * StageBytes ? 0 : read + StageBytes;
            write = write == 2 * StageBytes ? 0 : write + StageBytes;
        }
    }

    private static void Copy(int to, long rows, long columns, long skip) =>
        CudaAsm.Emit(TensorTileText.Copy, to, rows, rows + skip, columns, columns + skip);

    /// <summary>Offers 32 rows of the tile's upper half, from <paramref name="firstRow"/>, and 32 of its lower half.</summary>
    private static void Filter(TensorTileArguments a, ArrayView<float> shared, int rowBlock, int columnBlock, int firstRow)
    {
        int column = Group.IdxX & (BlockRows - 1);
        int j = (columnBlock * BlockRows) + column;
        if (j >= a.Count)
        {
            return;
        }

        // A tile on the diagonal has each pair both ways already.
        ulong columnThreshold = rowBlock == columnBlock ? ulong.MaxValue : a.Thresholds[j];
        int lastRow = a.Count - 1;
        for (int q = Group.IdxX >> 7; q < 64; q += 8)
        {
            // All that the next four rows need is read before the first atomic: no read passes one, and each alone would wait.
            int i = (rowBlock * BlockRows) + ((q >> 5) * 64) + firstRow + (q & 31);
            ulong threshold0 = a.Thresholds[IntrinsicMath.Min(i, lastRow)];
            ulong threshold1 = a.Thresholds[IntrinsicMath.Min(i + 2, lastRow)];
            ulong threshold2 = a.Thresholds[IntrinsicMath.Min(i + 4, lastRow)];
            ulong threshold3 = a.Thresholds[IntrinsicMath.Min(i + 6, lastRow)];
            int at = (q * PieceStride) + column;
            float sum0 = shared[at];
            float sum1 = shared[at + (2 * PieceStride)];
            float sum2 = shared[at + (4 * PieceStride)];
            float sum3 = shared[at + (6 * PieceStride)];
            OfferPair(a, i, j, sum0, threshold0, columnThreshold);
            OfferPair(a, i + 2, j, sum1, threshold1, columnThreshold);
            OfferPair(a, i + 4, j, sum2, threshold2, columnThreshold);
            OfferPair(a, i + 6, j, sum3, threshold3, columnThreshold);
        }
    }

    private static void OfferPair(TensorTileArguments a, int i, int j, float sum, ulong rowThreshold, ulong columnThreshold)
    {
        if (i < a.Count && i != j)
        {
            float score = sum * ScoreScale;
            Offer(a, i, DeviceKey.BestIsLargest(score, j), rowThreshold);
            Offer(a, j, DeviceKey.BestIsLargest(score, i), columnThreshold);
        }
    }

    private static void Offer(TensorTileArguments a, int row, ulong key, ulong threshold)
    {
        if (key <= threshold)
        {
            return;
        }

        int place = Atomic.Add(ref a.Counts[row], 1);
        if (place < a.Capacity)
        {
            a.Queue[((long)row * a.Capacity) + place] = key;
        }
    }
}
