using GnnReRank.Compute.Gpu.Rows;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace GnnReRank.Compute.Gpu.Kernels.Neighbors;

/// <summary>
/// The cosines of all pairs on the tensor cores (sm_80 and later), 128 x 128 a group, each above its row's threshold
/// put into the row's queue. Scores are close, not exact (<see cref="HalfBound"/>): they choose candidates.
/// </summary>
/// <remarks>
/// 128 threads: 4 warps, 2 x 2, each 64 x 64 of the tile, two groups a multiprocessor: each value that ldmatrix reads
/// meets 64 others, and while one group filters the other multiplies. 32 values a step pass through three stages of
/// shared memory. A stage has 256 rows of 64 bytes: four chunks of 16, chunk c of row r in place c ^ ((r / 2) % 4), so
/// that any eight rows in sequence touch all banks once: ldmatrix and the copies have no conflicts. The sums leave
/// through the same memory, half a tile at a time.
/// </remarks>
internal static class TensorTileKernel
{
    public const int GroupSize = 128;
    public const int BlockRows = 128;

    /// <summary>The values of a step: the stride of the rows is a multiple.</summary>
    public const int StepLength = 32;

    /// <summary>What scores are multiplied with: each value has <see cref="DeviceHalf.Scale"/>.</summary>
    public const float ScoreScale = 1f / (DeviceHalf.Scale * DeviceHalf.Scale);

    private const int BandLength = 16;
    private const int StageBytes = 2 * BlockRows * StepLength * sizeof(ushort);
    private const int StageCount = 3;
    private const int ColumnsOffset = StageBytes / 2;

    /// <summary>Whether the accelerator can run this: ldmatrix, cp.async and this mma need sm_80 and PTX 7.0.</summary>
    public static bool IsSupported(Accelerator accelerator) =>
        accelerator is CudaAccelerator cuda
        && cuda.Architecture >= CudaArchitecture.SM_80 && cuda.InstructionSet >= CudaInstructionSet.ISA_70;

    /// <summary>
    /// The groups of a launch. Neighbours in sequence share rows, so that these stay in the L2 cache.
    /// </summary>
    public static int GroupCount(int blockCount, int offsetCount) =>
        checked((blockCount + BandLength - 1) / BandLength * BandLength * offsetCount);

    [Kernel(IsCudaOnly = true, GroupSize = GroupSize, GroupsTogether = 2)]
    public static void Run(TensorTileArguments a)
    {
        // In bands of 16 row blocks: all row blocks at one offset, then at the next, which needs one new block of
        // columns.
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
        CudaAsm.Emit(TensorSumText.Declare);
        Multiply(a, rowBlock, columnBlock);
        Group.Barrier();
        TensorFilter.ReadLimits(a, shared, rowBlock);

        int lane = Group.IdxX & 31;
        int warp = Group.IdxX >> 5;
        int pieceRow = ((warp >> 1) * 32) + (lane >> 2);
        int store = ((pieceRow * TensorFilter.PieceStride) + ((warp & 1) * 64) + ((lane & 3) * 2)) * sizeof(float);
        CudaAsm.Emit(TensorSumText.StoreUpper, store);
        Group.Barrier();
        TensorFilter.Offer(a, shared, rowBlock, columnBlock, 0);
        CudaAsm.Emit(TensorSumText.StoreLower, store);
        Group.Barrier();
        TensorFilter.Offer(a, shared, rowBlock, columnBlock, 32);
    }

    private static void Multiply(TensorTileArguments a, int rowBlock, int columnBlock)
    {
        int copyRow = Group.IdxX >> 2;
        int copyChunk = Group.IdxX & 3;
        int copyTo = (copyRow * 64) + ((copyChunk ^ ((copyRow >> 1) & 3)) << 4);
        long skip = (long)a.Stride * 32 * sizeof(ushort);
        long inRow = ((long)copyRow * a.Stride * sizeof(ushort)) + (copyChunk * 16);
        long rows = a.Rows + (rowBlock * skip * 4) + inRow;
        long columns = a.Rows + (columnBlock * skip * 4) + inRow;

        // Each lane names one row of eight values to ldmatrix; the next 16 values are two chunks on: bit 5 of the
        // place.
        int lane = Group.IdxX & 31;
        int warp = Group.IdxX >> 5;
        int row = ((warp >> 1) * 64) + (lane & 15);
        int rowAt = (row * 64) + (((lane >> 4) ^ ((row >> 1) & 3)) << 4);
        int column = ((warp & 1) * 64) + (lane & 7) + ((lane >> 4) << 3);
        int columnAt = ColumnsOffset + (column * 64) + ((((lane >> 3) & 1) ^ ((column >> 1) & 3)) << 4);

        CudaAsm.Emit(TensorSumText.Zero);
        int steps = a.Stride / StepLength;
        Copy(copyTo, rows, columns, skip);
        CudaAsm.Emit(TensorLoadText.Commit);
        if (steps > 1)
        {
            Copy(copyTo + StageBytes, rows + (StepLength * sizeof(ushort)), columns + (StepLength * sizeof(ushort)), skip);
        }

        CudaAsm.Emit(TensorLoadText.Commit);
        CudaAsm.Emit(TensorLoadText.WaitForAllButOne);
        Group.Barrier();
        CudaAsm.Emit(TensorLoadText.FirstRows, rowAt);
        CudaAsm.Emit(TensorLoadText.FirstColumns, columnAt);
        int read = 0;
        int write = 2 * StageBytes;
        for (int step = 0; step < steps; step++)
        {
            CudaAsm.Emit(TensorLoadText.SecondRows, read + (rowAt ^ 32));
            CudaAsm.Emit(TensorLoadText.SecondColumns, read + (columnAt ^ 32));

            // None still reads the stage that is filled here: it was read before the last barrier.
            if (step + 2 < steps)
            {
                long ahead = (long)(step + 2) * StepLength * sizeof(ushort);
                Copy(copyTo + write, rows + ahead, columns + ahead, skip);
            }

            // A group also where it is empty: the wait counts groups.
            CudaAsm.Emit(TensorLoadText.Commit);
            CudaAsm.Emit(TensorSumText.MultiplyFirst);
            read = read == 2 * StageBytes ? 0 : read + StageBytes;
            write = write == 2 * StageBytes ? 0 : write + StageBytes;

            // After the barrier all have the next step's values. Behind the last step what is read is multiplied with
            // nothing.
            CudaAsm.Emit(TensorLoadText.WaitForAllButOne);
            Group.Barrier();
            CudaAsm.Emit(TensorLoadText.FirstRows, read + rowAt);
            CudaAsm.Emit(TensorLoadText.FirstColumns, read + columnAt);
            CudaAsm.Emit(TensorSumText.MultiplySecond);
        }
    }

    private static void Copy(int to, long rows, long columns, long skip) => CudaAsm.Emit(
        TensorLoadText.Copy, to, rows, rows + skip, rows + (2 * skip), rows + (3 * skip), columns, columns + skip,
        columns + (2 * skip), columns + (3 * skip));
}
