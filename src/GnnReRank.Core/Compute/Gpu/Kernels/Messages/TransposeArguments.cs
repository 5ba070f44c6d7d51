using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>Sparse rows, and the same matrix by columns.</summary>
internal struct TransposeArguments
{
    public SparseView Rows;

    /// <summary>Receives the transposed matrix.</summary>
    public SparseView Mirror;

    /// <summary>How many entries of a mirror row are written.</summary>
    public ArrayView<int> Filled;

    /// <summary>[0]: 0 at first; receives the units of all mirror rows.</summary>
    public ArrayView<int> Total;

    public int Count;
}
