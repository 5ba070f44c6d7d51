namespace GnnReRank.Compute.Cpu.Sparse;

/// <summary>
/// The last layer, applied but never stored: with u_q its row for a query, all scores are (H or H + H^T) u_q pushed along the
/// gallery's edges, so that only the state before it is held, by rows and by columns.
/// </summary>
internal sealed class FinalLayer : IDisposable
{
    /// <param name="layer">The layer as a function of the state.</param>
    /// <param name="columns">The state by columns.</param>
    /// <param name="inverseNorms">1 / norm of each vertex's row, or null where rows are compared as they are.</param>
    /// <param name="queryCount">Vertices before the gallery.</param>
    public FinalLayer(MessageLayer layer, SparseRows columns, double[]? inverseNorms, int queryCount)
    {
        Layer = layer;
        Columns = columns;
        InverseNorms = inverseNorms;
        QueryCount = queryCount;
    }

    public MessageLayer Layer { get; }

    public SparseRows Columns { get; }

    public double[]? InverseNorms { get; }

    public int QueryCount { get; }

    public int VertexCount => Layer.State.Count;

    public int GalleryCount => VertexCount - QueryCount;

    public void Dispose()
    {
        Layer.State.Dispose();
        Layer.Edges?.Dispose();
        Columns.Dispose();
    }
}
