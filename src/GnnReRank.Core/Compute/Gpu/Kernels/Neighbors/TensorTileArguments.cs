using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Neighbors;

/// <summary>What <see cref="TensorTileKernel"/> reads and writes.</summary>
internal struct TensorTileArguments
{
    /// <summary>
    /// The device address of the float16 matrix of <see cref="HalfKernels"/>, of 16-byte alignment, row-major: BlockCount * 128 rows
    /// of Stride values. An address, because inline PTX cannot take a view.
    /// </summary>
    public long Rows;

    /// <summary>A row: only larger keys enter its queue. 0 lets all in.</summary>
    public ArrayView<ulong> Thresholds;

    /// <summary>A row: the keys that were offered to its queue, also those for which it had no room. Cleared by the host.</summary>
    public ArrayView<int> Counts;

    /// <summary>Capacity keys a row, in no order.</summary>
    public ArrayView<ulong> Queue;

    /// <summary>The rows that hold vectors; the rest is padding.</summary>
    public int Count;

    /// <summary>Values a row, padding included: a multiple of 32.</summary>
    public int Stride;

    /// <summary>The room of a row's queue.</summary>
    public int Capacity;

    /// <summary>The blocks of 128 rows.</summary>
    public int BlockCount;

    /// <summary>The first offset of this launch; all offsets are 0 to BlockCount / 2.</summary>
    public int FirstOffset;

    /// <summary>The offsets of this launch.</summary>
    public int OffsetCount;
}
