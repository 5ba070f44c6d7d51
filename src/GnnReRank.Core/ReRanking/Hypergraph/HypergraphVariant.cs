namespace GnnReRank;

/// <summary>Which statement of the hypergraph's vertical similarity is computed.</summary>
public enum HypergraphVariant
{
    /// <summary>H^T H, as the paper writes it.</summary>
    Paper,

    /// <summary>(H H)^T, as the authors' code computes it.</summary>
    Reference,
}
