namespace GnnReRank.Compute.Jobs;

/// <summary>
/// Rows of the inverse of I - alpha D^-1/2 A D^-1/2, A the weights max(cosine, 0)^gamma of the pairs that are among
/// each other's first neighbours, D its row sums. The row of a vertex is that of the inverse of the part that its
/// nearest rows span. Scores are the cosines of rows; with <see cref="Starts"/>, sums of the rows of the gallery rows
/// that a query starts from.
/// </summary>
/// <param name="EdgeNeighbors">Neighbours a vertex that make edges, itself counted.</param>
/// <param name="EdgeExponent">gamma, not negative.</param>
/// <param name="Damping">alpha, at least 0 and below 1.</param>
/// <param name="PartSize">Nearest rows, the vertex itself counted, that span the part of a vertex.</param>
internal sealed record GraphInverseRecipe(int EdgeNeighbors, double EdgeExponent, double Damping, int PartSize)
    : ScoringRecipe
{
    public override string Work => "rows of the inverse";

    public override int NeighborCount => Starts is null ? LeastNeighbors : 0;

    /// <summary>
    /// Neighbours of the graph: of query and gallery, or with <see cref="Starts"/> of the gallery alone.
    /// </summary>
    public int LeastNeighbors => Math.Max(EdgeNeighbors, PartSize);

    /// <summary>
    /// The gallery rows that each query starts from and their cosines, a start weighing max(cosine, 0)^gamma; the job's
    /// graph is that of the gallery alone then. Null compares rows.
    /// </summary>
    public Ranking? Starts { get; init; }
}
