using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace GnnReRank.Compute.Gpu.Kernels.Products;

/// <summary>
/// Products of rows with float32's accuracy on the tensor cores (sm_80 and later), 128 x 128 a group: three products of
/// halves for one of floats, after Ootomo and Yokota, "Recovering single precision accuracy from Tensor Cores while
/// surpassing the FP32 theoretical peak performance", IJHPCA 2022.
/// </summary>
/// <remarks>
/// <para>
/// With x = h + l, x y is h l' + l h' + h h', in this order; l l' is left out. The units cut what they add, so they add
/// 16 values of depth alone: these sums begin at zero, and join those in registers by ordinary additions. What all this
/// errs is in <c>SplitBound</c>. Each sum depends on its two rows alone, not on its place in a tile.
/// </para>
/// <para>
/// 128 threads: 4 warps, 2 x 2, each 64 x 64 of the tile; two groups share a multiprocessor: one multiplies while the
/// other waits. A step is 16 values, their high and their low parts; steps pass through three stages of shared memory.
/// A stage has 256 rows of 64 bytes: four chunks of 16, high parts first, chunk c of row r in place c ^ ((r / 2) % 4),
/// so that any eight rows in sequence touch all banks once. The sums leave through the same memory, half a tile at a
/// time.
/// </para>
/// </remarks>
internal static class TensorProductKernel
{
    public const int GroupSize = 128;

    /// <summary>Rows and columns of a tile.</summary>
    public const int TileSize = 128;

    // Each value has the scale once.
    private const float ProductScale = 1f / (SplitKernels.Scale * SplitKernels.Scale);

    private const int StepBytes = 2 * SplitKernels.RunLength * sizeof(ushort);
    private const int StageBytes = 2 * TileSize * StepBytes;
    private const int StageCount = 3;
    private const int ColumnsOffset = StageBytes / 2;

    // Blocks of rows that go through all columns together: neighbours in sequence share both in the L2 cache.
    private const int BandLength = 16;

    // 8 modulo 32 banks: the four rows of eight floats that half a warp stores at once lie in all banks.
    private const int PieceStride = TileSize + 8;
    private const int PieceRows = TileSize / 2;

    /// <summary>Whether the accelerator can run this: ldmatrix, cp.async and this mma need sm_80 and PTX 7.0.</summary>
    public static bool IsSupported(Accelerator accelerator) =>
        accelerator is CudaAccelerator cuda
        && cuda.Architecture >= CudaArchitecture.SM_80 && cuda.InstructionSet >= CudaInstructionSet.ISA_70;

    /// <summary>The groups of a launch.</summary>
    public static int GroupCount(int rowCount, int columnCount) => checked(BlocksOf(rowCount) * BlocksOf(columnCount));

    [Kernel(
        IsCudaOnly = true, GroupSize = GroupSize, GroupsTogether = 2,
        SpillReason = "All 255 registers are in use, and one more waits outside the loop.")]
    public static void Run(TensorProductArguments a)
    {
        int columnBlocks = BlocksOf(a.ColumnCount);
        int bandStart = Grid.IdxX / (BandLength * columnBlocks) * BandLength;
        int bandLength = IntrinsicMath.Min(BandLength, BlocksOf(a.RowCount) - bandStart);
        int inBand = Grid.IdxX - (bandStart * columnBlocks);
        int firstRow = (bandStart + (inBand % bandLength)) * TileSize;
        int firstColumn = inBand / bandLength * TileSize;

        ArrayView<float> shared = SharedMemory.Allocate<float>(StageCount * StageBytes / sizeof(float)).AsAligned(16);
        CudaAsm.Emit(TensorProductText.Declare);
        Multiply(a, firstRow, firstColumn);
        Group.Barrier();

        int lane = Group.IdxX & 31;
        int warp = Group.IdxX >> 5;
        int pieceRow = ((warp >> 1) * (PieceRows / 2)) + (lane >> 2);
        int store = ((pieceRow * PieceStride) + ((warp & 1) * 64) + ((lane & 3) * 2)) * sizeof(float);
        CudaAsm.Emit(TensorProductText.StoreUpper, store);
        Group.Barrier();
        Write(a, shared, firstRow, firstColumn);
        Group.Barrier();
        CudaAsm.Emit(TensorProductText.StoreLower, store);
        Group.Barrier();
        Write(a, shared, firstRow + (PieceRows / 2), firstColumn);
    }

    private static int BlocksOf(int count) => (count + TileSize - 1) / TileSize;

    private static void Multiply(TensorProductArguments a, int firstRow, int firstColumn)
    {
        int copyRow = Group.IdxX >> 2;
        int copyChunk = Group.IdxX & 3;
        int copyTo = (copyRow * StepBytes) + ((copyChunk ^ ((copyRow >> 1) & 3)) << 4);
        long rowBytes = (long)a.Stride * 2 * sizeof(ushort);
        long skip = rowBytes * (GroupSize / 4);
        long inRow = (copyRow * rowBytes) + (copyChunk * 16);
        long rows = a.Rows + (firstRow * rowBytes) + inRow;
        long columns = a.Columns + (firstColumn * rowBytes) + inRow;

        // Each lane names one row of eight parts to ldmatrix; the low parts are two chunks on: bit 5 of the place.
        int lane = Group.IdxX & 31;
        int warp = Group.IdxX >> 5;
        int row = ((warp >> 1) * 64) + (lane & 15);
        int rowAt = (row * StepBytes) + (((lane >> 4) ^ ((row >> 1) & 3)) << 4);
        int column = ((warp & 1) * 64) + (lane & 7) + ((lane >> 4) << 3);
        int columnAt = ColumnsOffset + (column * StepBytes) + ((((lane >> 3) & 1) ^ ((column >> 1) & 3)) << 4);

        CudaAsm.Emit(TensorProductText.Zero);
        int steps = a.Stride / SplitKernels.RunLength;
        Copy(copyTo, rows, columns, skip);
        CudaAsm.Emit(TensorProductText.Commit);
        Copy(copyTo + StageBytes, rows + StepBytes, columns + StepBytes, skip);
        CudaAsm.Emit(TensorProductText.Commit);
        rows += 2 * StepBytes;
        columns += 2 * StepBytes;
        int read = 0;
        int write = 2 * StageBytes;
        for (int step = 0; step < steps; step++)
        {
            // After the barrier all have this step's values, and none still reads the stage before: it is filled next.
            CudaAsm.Emit(TensorProductText.WaitForAllButOne);
            Group.Barrier();
            if (step + 2 < steps)
            {
                Copy(copyTo + write, rows, columns, skip);
            }

            // A group also where it is empty: the wait counts groups.
            CudaAsm.Emit(TensorProductText.Commit);
            rows += StepBytes;
            columns += StepBytes;
            CudaAsm.Emit(
                TensorProductText.Load, read + rowAt, read + (rowAt ^ 32), read + columnAt, read + (columnAt ^ 32));
            CudaAsm.Emit(TensorProductText.MultiplyUpper);
            CudaAsm.Emit(TensorProductText.MultiplyLower);
            read = read == 2 * StageBytes ? 0 : read + StageBytes;
            write = write == 2 * StageBytes ? 0 : write + StageBytes;
        }
    }

    private static void Copy(int to, long rows, long columns, long skip)
    {
        CudaAsm.Emit(TensorProductText.Copy, to, rows, rows + skip, rows + (2 * skip), rows + (3 * skip));
        to += ColumnsOffset;
        CudaAsm.Emit(TensorProductText.Copy, to, columns, columns + skip, columns + (2 * skip), columns + (3 * skip));
    }

    /// <summary>Writes 32 rows of the tile's upper half, from the first on, and 32 of its lower half.</summary>
    private static void Write(TensorProductArguments a, ArrayView<float> shared, int firstRow, int firstColumn)
    {
        int column = firstColumn + Group.IdxX;
        if (column < a.ColumnCount)
        {
            for (int q = 0; q < PieceRows; q++)
            {
                int row = firstRow + q + (q & (PieceRows / 2));
                if (row < a.RowCount)
                {
                    float product = shared[(q * PieceStride) + Group.IdxX] * ProductScale;
                    a.Products[((long)row * a.ProductStride) + column] = product;
                }
            }
        }
    }
}
