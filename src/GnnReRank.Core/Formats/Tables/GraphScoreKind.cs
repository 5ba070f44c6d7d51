namespace GnnReRank;

/// <summary>What the scores of a neighbour list made elsewhere are.</summary>
public enum GraphScoreKind
{
    /// <summary>Cosine similarity: inner products of normalised rows, highest first (faiss IndexFlatIP).</summary>
    Cosine,

    /// <summary>
    /// Squared Euclidean distances, lowest first (faiss IndexFlatL2, hnswlib and usearch 'l2'); of normalised rows
    /// turned into 1 - d / 2, of others by the norms of the features.
    /// </summary>
    SquaredL2,

    /// <summary>
    /// Inner products, highest first; of rows that are not normalised divided by the norms of the features.
    /// </summary>
    InnerProduct,

    /// <summary>
    /// Euclidean distances, lowest first (SciPy, scikit-learn); turned as <see cref="SquaredL2"/> is.
    /// </summary>
    L2,

    /// <summary>1 - cosine, lowest first (hnswlib, usearch and cuVS 'cosine').</summary>
    CosineDistance,

    /// <summary>1 - inner product, lowest first (hnswlib and usearch 'ip').</summary>
    InnerProductDistance,
}
