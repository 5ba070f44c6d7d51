namespace GnnReRank.Compute.Jobs;

/// <summary>
/// Each row is expanded by its nearest rows and the nearest of each of these, repeats counted; the score is the mean
/// cosine of those with the other side, in both directions.
/// </summary>
/// <param name="Near">Nearest rows that a row is expanded by, itself left out.</param>
/// <param name="Next">Nearest rows of each of these, itself left out.</param>
internal sealed record ExpandedCosinesRecipe(int Near, int Next) : ScoringRecipe
{
    public override string Work => "expanded rows";

    public override int NeighborCount => Math.Max(Near, Next) + 1;

    public override bool UsesCosines => true;
}
