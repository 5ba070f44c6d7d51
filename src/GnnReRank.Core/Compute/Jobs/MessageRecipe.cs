namespace GnnReRank.Compute.Jobs;

/// <summary>
/// Messages passed along the edges of the graph, then rows compared. With A the first <paramref name="StartNeighbors"/> neighbours of each
/// vertex and E the weights max(cosine, 0)^<paramref name="EdgeExponent"/> of the first <paramref name="EdgeNeighbors"/>: residual layers
/// begin with (A + A^T) / 2 and are H + E H, others begin with A and are E (H + H^T).
/// </summary>
/// <param name="StartNeighbors">Neighbours a vertex in the start matrix, itself included.</param>
/// <param name="EdgeNeighbors">Neighbours a vertex passes messages to, itself included; at most <paramref name="StartNeighbors"/>.</param>
/// <param name="LayerCount">Layers; 0 compares the rows of the start matrix.</param>
/// <param name="EdgeExponent">alpha, not negative.</param>
/// <param name="IsResidual">Whether a layer adds the state to its messages.</param>
internal sealed record MessageRecipe(int StartNeighbors, int EdgeNeighbors, int LayerCount, double EdgeExponent, bool IsResidual) : ScoringRecipe
{
    public override string Work => "messages";

    public override int NeighborCount => StartNeighbors;

    /// <summary>How messages become one: E H stands for their sum, and the other forms in its place.</summary>
    public MessageAggregation Aggregation { get; init; }

    public override bool RunsOnDevices => Aggregation != MessageAggregation.Maximum;

    public override bool ServesSingleQueries => true;

    /// <summary>Whether rows are compared by their direction alone; without layers, rows of A are compared as they are.</summary>
    public bool NormalizesLast => IsResidual || LayerCount > 0;
}
