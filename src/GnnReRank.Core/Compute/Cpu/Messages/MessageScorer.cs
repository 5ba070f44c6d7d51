using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu.Messages;

/// <summary>
/// The final scores, (1 - lambda) h_q h_g + lambda cos, of sixteen queries at once: an entry of the sparse matrices is read once for
/// all of them. Sums run over columns in ascending order and over edges in list order, whatever shares the group.
/// </summary>
internal sealed unsafe class MessageScorer : IQueryScorer
{
    private const int Lanes = LaneKernels.Lanes;

    // Gallery rows scored before they are laid out: 16 KB stay in the first-level cache, and 1 KB at a time is written to a row.
    private const int Strip = 256;

    private readonly FinalLayer _final;
    private readonly float _lambda;
    private readonly IStateProduct _product;
    private readonly RowAccumulator _row;
    private readonly LaneVectors _queries;
    private readonly NativeBuffer<float> _shares = new(Lanes, zeroed: true);
    private readonly NativeBuffer<float> _strip = new(Strip * Lanes);
    private readonly NativeBuffer<float> _scores;
    private readonly nint _stride;

    public MessageScorer(FinalLayer final, double lambda)
    {
        _final = final;
        _lambda = (float)lambda;
        _product = final.CreateProduct();
        _row = new RowAccumulator(final.VertexCount);
        _queries = new LaneVectors(final.VertexCount);
        _stride = (final.GalleryCount + Strip - 1) / Strip * Strip;
        _scores = new NativeBuffer<float>(_stride * (long)Lanes);
    }

    public int GroupSize => Lanes;

    public bool UsesCosines => _lambda != 0f;

    public void Score(int first, int count, CancellationToken cancellationToken)
    {
        for (int lane = 0; lane < count; lane++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TakeQuery(first + lane, lane);
        }

        _queries.FindSupport();
        float* products = _product.Multiply(_queries, cancellationToken);
        _queries.Clear();
        ScoreGallery(products, cancellationToken);
    }

    public float* Row(int offset) => _scores.Pointer + (offset * _stride);

    public float* Row(int offset, float* cosines)
    {
        float* scores = Row(offset);
        AddScaled(scores, cosines, _lambda, _final.GalleryCount);
        return scores;
    }

    public void Dispose()
    {
        _product.Dispose();
        _row.Dispose();
        _queries.Dispose();
        _shares.Dispose();
        _strip.Dispose();
        _scores.Dispose();
    }

    /// <summary>scores += lambda * cosines. Not fused: the last bit would depend on the processor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled(float* scores, float* cosines, float lambda, int count)
    {
        int i = 0;
        for (; i + Vector256<float>.Count <= count; i += Vector256<float>.Count)
        {
            (Vector256.Load(scores + i) + (Vector256.Load(cosines + i) * lambda)).Store(scores + i);
        }

        for (; i < count; i++)
        {
            scores[i] += cosines[i] * lambda;
        }
    }

    /// <summary>u_q, the query's row of the last layer before its normalisation, into one lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakeQuery(int query, int lane)
    {
        _final.Layer.SumRow(_row, query);
        for (int entry = 0; entry < _row.Count; entry++)
        {
            int column = _row.Touched[entry];
            _queries.Of(column)[lane] = _row.Values[column];
            _queries.IsUsed[column] = 1;
        }

        _row.Clear();
        _shares.Pointer[lane] = (1f - _lambda) * _final.InverseNorms.Pointer[query];
    }

    /// <summary>scores_g = (y_g where the layer keeps the state, plus the sum of E_gj y_j) / norm_g, one row a query.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ScoreGallery(float* products, CancellationToken cancellationToken)
    {
        MessageLayer layer = _final.Layer;
        for (int row = 0; row < _final.GalleryCount; row += Strip)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int from = _final.QueryCount + row;
            int to = Math.Min(from + Strip, _final.VertexCount);
            LaneKernels.Propagate(layer.Edges, from, to, products, layer.Residual, _final.InverseNorms.Pointer, _strip.Pointer);
            LaneKernels.StoreTransposed(_strip.Pointer, Strip, _shares.Pointer, _scores.Pointer + row, _stride);
        }
    }
}
