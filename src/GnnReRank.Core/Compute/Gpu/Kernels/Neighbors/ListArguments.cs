using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Neighbors;

/// <summary>Lists of candidates, the rows they speak of, and the graph they become.</summary>
internal struct ListArguments
{
    /// <summary>The rows from vertex FirstVertex on.</summary>
    public ArrayView<float> Rows;

    public ArrayView<ulong> Lists;

    /// <summary>Receives NeighborCount indices a row, the row itself first.</summary>
    public ArrayView<int> Indices;

    /// <summary>Receives the cosines.</summary>
    public ArrayView<float> Scores;

    public int FirstVertex;

    /// <summary>The number of rows.</summary>
    public int Count;

    public int Stride;

    public int ListLength;

    public int NeighborCount;
}
