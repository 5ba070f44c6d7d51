namespace GnnReRank.Binding;

/// <summary>Completes the kind of average precision.</summary>
public sealed class ApKindCompleter() : ValueCompleter(
    (nameof(ApKind.Trapezoid), "Area under the curve by trapezoids: official Market-1501, layumi, Oxford."),
    (nameof(ApKind.Uninterpolated), "Mean of precisions at matches: fast-reid, torchreid, scikit-learn."));
