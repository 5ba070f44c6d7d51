namespace GnnReRank.Compute.Jobs;

/// <summary>What a method asks of a pass over all pairs of rows.</summary>
/// <param name="NeighborCount">Nearest rows a vertex, itself included; 0 where the plain lists are there or not needed.</param>
internal sealed record ListNeeds(int NeighborCount)
{
    /// <summary>Nearest rows of the vertex's own camera, itself first and included; 0 for none. A shorter list ends in -1.</summary>
    public int OwnCameraCount { get; init; }

    /// <summary>The vertex itself first, then its nearest rows of other cameras; 0 for none. A shorter list ends in -1.</summary>
    public int OtherCamerasCount { get; init; }

    /// <summary>Whether queries list gallery rows alone in the lists by camera.</summary>
    public bool QueriesAside { get; init; }

    /// <summary>Whether the least cosine of each row with any other is needed, which scales distances.</summary>
    public bool LeastCosines { get; init; }

    /// <summary>Whether cameras must be known.</summary>
    public bool UsesCameras => OwnCameraCount > 0 || OtherCamerasCount > 0;

    /// <summary>Whether nothing is needed at all.</summary>
    public bool IsNothing => NeighborCount == 0 && IsPlain;

    /// <summary>Whether plain lists are all that is needed.</summary>
    public bool IsPlain => !UsesCameras && !LeastCosines;

    /// <summary>The same with no list of cameras longer than there are rows.</summary>
    /// <param name="vertexCount">All rows.</param>
    public ListNeeds FitTo(int vertexCount) => this with
    {
        OwnCameraCount = Math.Min(OwnCameraCount, vertexCount),
        OtherCamerasCount = Math.Min(OtherCamerasCount, vertexCount),
    };
}
