namespace GnnReRank.Compute.Jobs;

/// <summary>
/// Members are the rows that have each other among their nearest, and those of each of these among fewer, where more than two thirds of
/// them are members already.
/// </summary>
/// <param name="Nearest">Nearest rows that may be reciprocal, the vertex included.</param>
/// <param name="Closest">The same for the sets that are added; at most <paramref name="Nearest"/>.</param>
/// <param name="Averaged">Neighbours that are averaged over, the vertex included.</param>
internal sealed record ReciprocalOverlapRecipe(int Nearest, int Closest, int Averaged) : OverlapRecipe
{
    public override int NeighborCount => Math.Max(Nearest, Averaged);
}
