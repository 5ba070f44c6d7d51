namespace GnnReRank.Compute.Jobs;

/// <summary>
/// Rows described by the rows around them, and compared by what two descriptions share. With d = 2 - 2 cosine divided by the largest of
/// the row, a vertex gives each of its members exp(-d), scaled so that its row sums to 1; such rows are averaged over a few neighbours.
/// With m the sum of the minima of two rows, the score is (1 - lambda) m / (2 - m) + lambda (1 - d). Recipes differ in who is a member.
/// </summary>
internal abstract record OverlapRecipe : ScoringRecipe
{
    public sealed override string Work => "neighbourhoods";

    public override ListNeeds Needs => new(NeighborCount) { LeastCosines = true };
}
