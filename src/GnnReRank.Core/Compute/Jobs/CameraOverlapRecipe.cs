namespace GnnReRank.Compute.Jobs;

/// <summary>
/// Members are the rows of the vertex's own camera that have each other among their nearest of it, and those of other cameras that have
/// each other among their nearest of other cameras.
/// </summary>
/// <param name="OwnNearest">Nearest rows of the own camera that may be reciprocal, the vertex included.</param>
/// <param name="OtherNearest">The same of other cameras, without the vertex.</param>
/// <param name="OwnAveraged">Neighbours of the own camera that are averaged over, the vertex included.</param>
/// <param name="OtherAveraged">Those of other cameras, without the vertex.</param>
internal sealed record CameraOverlapRecipe(int OwnNearest, int OtherNearest, int OwnAveraged, int OtherAveraged) : OverlapRecipe
{
    public override int NeighborCount => 0;

    public override ListNeeds Needs => base.Needs with
    {
        OwnCameraCount = Math.Max(OwnNearest, OwnAveraged),
        OtherCamerasCount = Math.Max(OtherNearest, OtherAveraged) + 1,
    };
}
