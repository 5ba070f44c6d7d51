namespace GnnReRank.Compute.Jobs;

/// <summary>The cosine less a number of the gallery row's.</summary>
/// <param name="Offsets">One number a gallery row.</param>
internal sealed record OffsetRecipe(float[] Offsets) : ScoringRecipe
{
    public override string Work => "offsets of gallery rows";

    public override int NeighborCount => 0;
}
