namespace GnnReRank;

/// <summary>Which statement of the method is computed; they differ in the start, the layer and the score.</summary>
public enum GnnVariant
{
    /// <summary>As the paper writes it: H0 = (A + A^T) / 2, H &lt;- R(H + E H), cosine of rows.</summary>
    Paper,

    /// <summary>As the published code computes it: H0 = A, H &lt;- R(E (H + H^T)), inner product of rows plus a share of the cosine.</summary>
    Reference,
}
