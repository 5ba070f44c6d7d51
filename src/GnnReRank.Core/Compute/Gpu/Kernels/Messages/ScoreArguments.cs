using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>The queries' rows of the last layer, and the layer they are compared through.</summary>
internal struct ScoreArguments
{
    public LayerArguments Layer;

    /// <summary>Count values for each query of the block: the state times the query's row.</summary>
    public ArrayView<float> Products;

    /// <summary>
    /// The same, for each <see cref="ScoreKernels.Lanes"/> queries Count x Lanes values: those of a vertex lie
    /// together.
    /// </summary>
    public ArrayView<float> Lanes;

    /// <summary>Receives GalleryCount scores a query.</summary>
    public ArrayView<float> Scores;

    public int FirstQuery;

    /// <summary>Queries of the block.</summary>
    public int BlockCount;

    public int QueryCount;

    public int GalleryCount;
}
