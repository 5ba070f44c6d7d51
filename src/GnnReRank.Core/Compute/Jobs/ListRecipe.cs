namespace GnnReRank.Compute.Jobs;

/// <summary>
/// Lists sorted again, in rounds, by a similarity that is made of the lists themselves; the score of a list's member is
/// its similarity in the last round, and that of every other row 0.
/// </summary>
/// <param name="ListLength">Rows of a list, the vertex itself first.</param>
internal abstract record ListRecipe(int ListLength) : ScoringRecipe
{
    public override string Work => "lists";

    public override int NeighborCount => ListLength;
}
