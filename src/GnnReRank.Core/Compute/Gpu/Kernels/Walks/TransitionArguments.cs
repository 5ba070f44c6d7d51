using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Walks;

/// <summary>A graph, and the matrix of a walk while it is made of it.</summary>
internal struct TransitionArguments
{
    /// <summary>Count x NeighborCount vertices; -1 pads.</summary>
    public ArrayView<int> Neighbors;

    /// <summary>Their cosines.</summary>
    public ArrayView<float> Scores;

    /// <summary>Count x EdgeCount vertices: the ends of each vertex's own edges; -1 pads.</summary>
    public ArrayView<int> Targets;

    /// <summary>Their weights.</summary>
    public ArrayView<double> EdgeWeights;

    /// <summary>The entries that each row has: edges there and back, and once united those left. Zero at first.</summary>
    public ArrayView<int> Lengths;

    /// <summary>Entries written so far of each row. Zero at first.</summary>
    public ArrayView<int> Filled;

    /// <summary>Where each row begins. Which rows lie behind which is chance, and never observed.</summary>
    public ArrayView<int> Offsets;

    /// <summary>The column of each entry: twice Count x EdgeCount at most.</summary>
    public ArrayView<int> Columns;

    /// <summary>W.</summary>
    public ArrayView<double> Weights;

    /// <summary>D^1/2.</summary>
    public ArrayView<double> Roots;

    /// <summary>(1 - restart) S~.</summary>
    public ArrayView<float> Values;

    /// <summary>What a unit of the logarithm is worth to each query.</summary>
    public ArrayView<float> Gains;

    /// <summary>Entries of all rows, and the most of a row. Zero at first.</summary>
    public ArrayView<int> Totals;

    public int Count;

    public int NeighborCount;

    public int QueryCount;

    /// <summary>Edges a vertex, at most.</summary>
    public int EdgeCount;

    /// <summary>The place in the list whose distance is the scale.</summary>
    public int ScalePlace;

    /// <summary>The share of the scale over which an edge loses weight.</summary>
    public double Width;

    /// <summary>1 - restart.</summary>
    public double Share;

    /// <summary>1 / (2 b), or 0.</summary>
    public double GainShare;
}
