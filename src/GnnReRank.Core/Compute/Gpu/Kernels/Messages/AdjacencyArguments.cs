using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>The neighbour graph, and the matrices that are made of it.</summary>
internal struct AdjacencyArguments
{
    /// <summary>NeighborCount vertices a row; -1 pads its end.</summary>
    public ArrayView<int> Neighbors;

    public ArrayView<float> Scores;

    public SparseView Rows;

    /// <summary>Receives K2 weights a row.</summary>
    public ArrayView<float> Weights;

    public int Count;

    public int NeighborCount;

    public int K1;

    public int K2;

    /// <summary>alpha, where it is 0, 1 or 2.</summary>
    public int Exponent;

    /// <summary>Whether each weight is divided by the number of neighbours listed.</summary>
    public int IsMean;
}
