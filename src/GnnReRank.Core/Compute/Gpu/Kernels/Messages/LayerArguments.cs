using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>One layer: the state before it, the edges, and the rows after it.</summary>
internal struct LayerArguments
{
    /// <summary>Where <see cref="Counters"/> has the units that all rows ask for.</summary>
    public const int Units = 0;

    /// <summary>Where it has the number of rows that outgrew the small table.</summary>
    public const int WideRows = 1;

    /// <summary>Where it is not 0 when the units are more than an offset can say.</summary>
    public const int HasTooMany = 2;

    /// <summary>Where it has the number of rows that outgrew the wide table too.</summary>
    public const int DenseRows = 3;

    public const int CounterCount = 4;

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

    public ArrayView<int> Counters;

    /// <summary>
    /// Receives the rows that outgrew the small table, and from Count on those that outgrew the wide one.
    /// </summary>
    public ArrayView<int> LongRows;

    /// <summary>Receives 1 / norm of each row, 0 for a row of zeros; 1 where rows are not normalised.</summary>
    public ArrayView<float> InverseNorms;

    /// <summary>A row of Count values for each group that sums long rows, which clears it before each.</summary>
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

    /// <summary>The most columns that a small table takes.</summary>
    public int TableLimit;

    /// <summary>The most columns that a wide table takes.</summary>
    public int WideLimit;

    /// <summary>The number of rows that outgrew the wide table.</summary>
    public int DenseRowCount;
}
