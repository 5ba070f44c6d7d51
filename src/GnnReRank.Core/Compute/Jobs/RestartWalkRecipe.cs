namespace GnnReRank.Compute.Jobs;

/// <summary>
/// A walk with restart from each query over few neighbours: F begins at the query, and each step is F &lt;- (1 -
/// restart) F S~ + restart e_q, with S~ the symmetrically normalised edges. A gallery row scores its cosine and what
/// the walk adds to it, so every query stands by itself, and rows out of the walk's reach stand by their cosine.
/// </summary>
/// <param name="Edges">Which edges there are, and how heavy.</param>
/// <param name="Restart">The share that each step gives back to the query, 0 to 1.</param>
/// <param name="Steps">Steps of the walk, at least 1.</param>
internal sealed record RestartWalkRecipe(WalkEdgeRecipe Edges, double Restart, int Steps) : ScoringRecipe
{
    /// <summary>
    /// b: what a unit of distance costs beside the logarithm of the walk, in units of the query's own scale; 0 scores
    /// by the walk alone.
    /// </summary>
    public double DistanceWeight { get; init; }

    /// <summary>
    /// c: the share of all vertices that a row has before the walk comes to it, as a multiple of 1 / n.
    /// </summary>
    public double Floor { get; init; } = 1;

    public override string Work => "walks";

    public override int NeighborCount => 1 + Math.Max(Edges.Count, Edges.ScalePlace);

    public override ListNeeds Needs => base.Needs with
    {
        OwnCameraCount = Edges.OwnCameraCount == 0 ? 0 : Edges.OwnCameraCount + 1,
        OtherCamerasCount = Edges.OtherCamerasCount == 0 ? 0 : Edges.OtherCamerasCount + 1,
        QueriesAside = true,
    };

    public override bool RunsOnDevices => !Needs.UsesCameras;

    public override bool ServesSingleQueries => !Needs.UsesCameras;

    public override float ScoreWeight => 1f;

    public override float CosineWeight => DistanceWeight == 0 ? 0f : 1f;
}
