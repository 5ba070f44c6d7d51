namespace GnnReRank.Binding;

/// <summary>Completes the variant of GNN re-ranking.</summary>
public sealed class VariantCompleter() : ValueCompleter(
    (nameof(GnnVariant.Paper), "As the paper writes it: symmetric start, residual layers, cosine of rows."),
    (nameof(GnnVariant.Reference), "As the published code computes it: no residual, plus 0.3 of the plain cosine."));
