namespace GnnReRank.Compute.Jobs;

/// <summary>
/// Each row is expanded by its nearest rows and the nearest of each of these, repeats counted; the score is the mean
/// overlap of the lists of those with the list of the other side, in both directions. Two lists overlap by the sum over
/// their common members of the product of (length - place). A pair without any overlap scores its cosine - 1.
/// </summary>
/// <param name="ListLength">Rows of a list that is compared, the vertex itself first.</param>
/// <param name="Near">Nearest rows that a row is expanded by, itself left out.</param>
/// <param name="Next">Nearest rows of each of these, itself left out.</param>
internal sealed record ExpandedListsRecipe(int ListLength, int Near, int Next) : ScoringRecipe
{
    public override string Work => "expanded lists";

    public override int NeighborCount => Math.Max(ListLength, Math.Max(Near, Next) + 1);

    public override bool UsesCosines => true;
}
