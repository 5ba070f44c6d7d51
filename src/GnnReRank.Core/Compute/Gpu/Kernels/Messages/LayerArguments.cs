using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>One layer: the state before it, the edges, and the rows after it.</summary>
internal struct LayerArguments
{
    /// <summary>H.</summary>
    public SparseView State;

    /// <summary>H^T, read where <see cref="HasMirror"/> is not 0.</summary>
    public SparseView Mirror;

    /// <summary>NeighborCount vertices a row.</summary>
    public ArrayView<int> Neighbors;

    /// <summary>EdgeCount weights a row; 0 for none.</summary>
    public ArrayView<float> Weights;

    /// <summary>Receives the layer's rows.</summary>
    public SparseView Result;

    /// <summary>[0]: the units that all rows ask for; [1]: the rows too long for the table; [2]: not 0 where they are more than an offset can say.</summary>
    public ArrayView<int> Counters;

    /// <summary>Receives the rows too long for the table.</summary>
    public ArrayView<int> LongRows;

    /// <summary>Receives 1 / norm of each row, 0 for a row of zeros; 1 where rows are not normalised.</summary>
    public ArrayView<float> InverseNorms;

    /// <summary>A row of Count zeros for each group that sums long rows.</summary>
    public ArrayView<float> Dense;

    public int Count;

    public int NeighborCount;

    public int EdgeCount;

    /// <summary>The factor of the state: 1/2 for (A + A^T) / 2.</summary>
    public float Scale;

    public int HasMirror;

    public int IsResidual;

    public int Normalizes;

    /// <summary>Rows before this are stored; of the others only the norm is kept.</summary>
    public int StoredCount;

    /// <summary>The units there is room for.</summary>
    public int UnitCapacity;

    /// <summary>The most columns that a table takes.</summary>
    public int TableLimit;

    /// <summary>The number of long rows.</summary>
    public int LongRowCount;
}
