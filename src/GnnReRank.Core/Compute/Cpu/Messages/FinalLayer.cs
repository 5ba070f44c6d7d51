using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu.Messages;

/// <summary>
/// The last layer, applied but never stored: with u_q its row for a query, all scores are (H or H + H^T) u_q pushed along the
/// gallery's edges.
/// </summary>
internal sealed class FinalLayer : IScoring
{
    private readonly LayerFactors? _factors;
    private readonly SparseRows? _columns;
    private readonly double _cosineShare;

    /// <param name="layer">The layer as a function of the state H.</param>
    /// <param name="factors">What H is the product of, or null where that is more work than H itself.</param>
    /// <param name="columns">H by columns, where there are no factors.</param>
    /// <param name="inverseNorms">1 / norm of each vertex's row; 1 where rows are compared as they are.</param>
    /// <param name="queryCount">Vertices before the gallery.</param>
    /// <param name="cosineShare">lambda.</param>
    public FinalLayer(
        MessageLayer layer, LayerFactors? factors, SparseRows? columns, NativeBuffer<float> inverseNorms, int queryCount, double cosineShare)
    {
        _cosineShare = cosineShare;
        Layer = layer;
        _factors = factors;
        _columns = columns;
        InverseNorms = inverseNorms;
        QueryCount = queryCount;
    }

    public MessageLayer Layer { get; }

    public NativeBuffer<float> InverseNorms { get; }

    public int QueryCount { get; }

    public int VertexCount => Layer.State.Count;

    public int GalleryCount => VertexCount - QueryCount;

    public IQueryScorer CreateScorer() => new MessageScorer(this, _cosineShare);

    /// <summary>Makes a thread's product with the state.</summary>
    public IStateProduct CreateProduct()
    {
        if (_factors is null)
        {
            return new StoredStateProduct(_columns!, Layer.Mirror is null ? null : Layer.State);
        }

        return Layer.Mirror is null ? new PaperStateProduct(_factors) : new ReferenceStateProduct(_factors);
    }

    public void Dispose()
    {
        Layer.State.Dispose();
        Layer.Mirror?.Dispose();
        Layer.Edges?.Dispose();
        InverseNorms.Dispose();
        _columns?.Dispose();
        _factors?.Dispose();
    }
}
