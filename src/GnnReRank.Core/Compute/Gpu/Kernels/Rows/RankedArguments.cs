using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Rows;

/// <summary>Ranked rows that become rows of the graph.</summary>
internal struct RankedArguments
{
    /// <summary>The rows' products with all vertices.</summary>
    public ArrayView<float> Products;

    /// <summary>The ranked vertices, NeighborCount a row.</summary>
    public ArrayView<int> RankedIndices;

    public ArrayView<float> RankedScores;

    /// <summary>The graph's indices.</summary>
    public ArrayView<int> Indices;

    /// <summary>The graph's scores.</summary>
    public ArrayView<float> Scores;

    /// <summary>The vertex of each ranked row.</summary>
    public ArrayView<int> Vertices;

    /// <summary>Each row's product with itself.</summary>
    public ArrayView<float> SelfScores;

    public int RowCount;

    public int ProductCount;

    public int NeighborCount;
}
