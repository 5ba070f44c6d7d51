namespace GnnReRank.Compute.Jobs;

/// <summary>Members are the nearest rows.</summary>
/// <param name="Members">Nearest rows, the vertex included.</param>
/// <param name="Averaged">Neighbours that are averaged over, the vertex included.</param>
internal sealed record NearestOverlapRecipe(int Members, int Averaged) : OverlapRecipe
{
    public override int NeighborCount => Math.Max(Members, Averaged);
}
