namespace GnnReRank;

/// <summary>Which of the field's two kinds of average precision is computed; they differ by up to a point.</summary>
public enum ApKind
{
    /// <summary>The area under the precision-recall curve by trapezoids: official Market-1501, layumi, Oxford, revisitop.</summary>
    Trapezoid,

    /// <summary>The mean of the precisions at the relevant ranks: fast-reid, torchreid, scikit-learn, GLDv2.</summary>
    Uninterpolated,
}
