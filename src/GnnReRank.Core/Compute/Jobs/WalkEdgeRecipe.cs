namespace GnnReRank.Compute.Jobs;

/// <summary>
/// The edges of a walk: from each vertex to its nearest, weighing exp(-d / (width * scale)) with d = 2 - 2 cosine and
/// scale the vertex's own distance to a place further down its list. Queries have edges to gallery rows alone, so that
/// one does not change another's.
/// </summary>
/// <param name="Count">Nearest rows that a vertex has edges to, itself not counted; 0 where the lists by camera take
/// their place.</param>
/// <param name="ScalePlace">The place in the list, the vertex itself not counted, whose distance is the scale.</param>
/// <param name="Width">The share of the scale over which an edge loses weight.</param>
internal sealed record WalkEdgeRecipe(int Count, int ScalePlace, double Width)
{
    /// <summary>Nearest rows of the vertex's own camera that it has edges to, itself not counted.</summary>
    public int OwnCameraCount { get; init; }

    /// <summary>Nearest rows of other cameras that a vertex has edges to.</summary>
    public int OtherCamerasCount { get; init; }

    /// <summary>How much heavier an edge to another camera is.</summary>
    public double OtherCamerasFactor { get; init; } = 1;

    /// <summary>Edges a vertex, at most.</summary>
    public int MostEdges => Count + OwnCameraCount + OtherCamerasCount;
}
