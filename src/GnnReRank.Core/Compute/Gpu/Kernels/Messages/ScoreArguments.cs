using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Messages;

/// <summary>The queries' rows of the last layer, and the layer they are compared through.</summary>
internal struct ScoreArguments
{
    public LayerArguments Layer;

    /// <summary>Count values for each query of the block: the state times the query's row.</summary>
    public ArrayView<float> Products;

    /// <summary>Receives GalleryCount scores a query.</summary>
    public ArrayView<float> Scores;

    public int FirstQuery;

    public int QueryCount;

    public int GalleryCount;
}
