namespace GnnReRank.Compute.Jobs;

/// <summary>What a pass over all pairs found, as a <see cref="ListNeeds"/> asked for it.</summary>
/// <param name="Graph">The plain lists.</param>
internal sealed record GraphLists(NeighborGraph Graph)
{
    /// <summary>The lists of each vertex's own camera; null where they were not asked for.</summary>
    public NeighborGraph? OwnCamera { get; init; }

    /// <summary>The lists of other cameras, the vertex itself first; null where they were not asked for.</summary>
    public NeighborGraph? OtherCameras { get; init; }

    /// <summary>The least cosine of each vertex with any other; null where it was not asked for.</summary>
    public float[]? LeastCosines { get; init; }
}
