namespace GnnReRank.Binding;

/// <summary>The matrices of one retrieval job.</summary>
/// <param name="Query">The queries; null where one matrix stands alone.</param>
/// <param name="Gallery">The gallery, or the matrix that stands alone.</param>
internal sealed record MatrixPair(FeatureMatrix? Query, FeatureMatrix Gallery)
{
    /// <summary>What is said of matrices in the wrong order.</summary>
    public const string SwappedWarning =
        "-Query is a matrix with the role Gallery, and -Gallery one with the role Query. They are taken as they were given: " +
        "change their order if that is not meant.";

    /// <summary>Whether each matrix has the role of the other, as when both were given in the wrong order.</summary>
    public bool IsSwapped => Query?.Role == FeatureRole.Gallery && Gallery.Role == FeatureRole.Query;

    /// <summary>The vertices of the pair's graph, as far as an index can count them; the engine refuses more.</summary>
    public int VertexCount => (int)Math.Min((long)(Query?.RowCount ?? 0) + Gallery.RowCount, int.MaxValue);
}
