namespace GnnReRank;

/// <summary>What the scores of a neighbour list made elsewhere are.</summary>
public enum GraphScoreKind
{
    /// <summary>Cosine similarity: inner products of normalised rows, highest first (faiss IndexFlatIP).</summary>
    Cosine,

    /// <summary>Squared Euclidean distances of normalised rows, lowest first (faiss IndexFlatL2); turned into 1 - d / 2.</summary>
    SquaredL2,
}
