using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using GnnReRank.Compute.Cpu.Scoring;

namespace GnnReRank.Compute.Cpu.Sparse;

/// <summary>The final scores of one query after another: (1 - lambda) h_q h_g + lambda cos.</summary>
internal sealed unsafe class GnnQueryScorer : IQueryScorer
{
    private readonly FinalLayer _final;
    private readonly float _lambda;
    private readonly RowAccumulator _row;
    private readonly RowAccumulator _products;
    private readonly NativeBuffer<float> _scores;
    private readonly float[]? _galleryScales;

    public GnnQueryScorer(FinalLayer final, double lambda)
    {
        _final = final;
        _lambda = (float)lambda;
        _row = new RowAccumulator(final.VertexCount);
        _products = new RowAccumulator(final.VertexCount);
        _scores = new NativeBuffer<float>(final.GalleryCount);
        _galleryScales = final.InverseNorms?.AsSpan(final.QueryCount).ToArray().Select(scale => (float)scale).ToArray();
    }

    public float* Score(int query, float* cosines)
    {
        Span<float> scores = _scores.AsSpan(_final.GalleryCount);
        scores.Clear();
        _final.Layer.SumRow(_row, query);
        MultiplyState();
        PushToGallery(_scores.Pointer);
        _row.Clear();
        _products.Clear();

        float share = (float)((1 - (double)_lambda) * (_final.InverseNorms?[query] ?? 1));
        TensorPrimitives.Multiply(scores, share, scores);
        if (_galleryScales is not null)
        {
            TensorPrimitives.Multiply(scores, _galleryScales, scores);
        }

        if (_lambda > 0)
        {
            AddCosines(_scores.Pointer, cosines, scores.Length);
        }

        return _scores.Pointer;
    }

    public void Dispose()
    {
        _row.Dispose();
        _products.Dispose();
        _scores.Dispose();
    }

    /// <summary>y = H u, or (H + H^T) u where the layer is symmetrised.</summary>
    private void MultiplyState()
    {
        bool symmetrized = _final.Layer.Mirror is not null;
        for (int entry = 0; entry < _row.Count; entry++)
        {
            int column = _row.Touched[entry];
            float value = _row.Values[column];
            _products.Add(_final.Columns, column, value);
            if (symmetrized)
            {
                _products.Add(_final.Layer.State, column, value);
            }
        }
    }

    /// <summary>scores_g = y_g where the layer keeps the state, plus the sum of E_gj y_j.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PushToGallery(float* scores)
    {
        int queryCount = _final.QueryCount;
        bool residual = _final.Layer.Residual;
        SparseRows? incoming = _final.Incoming;
        for (int entry = 0; entry < _products.Count; entry++)
        {
            int vertex = _products.Touched[entry];
            float product = _products.Values[vertex];
            if (residual && vertex >= queryCount)
            {
                scores[vertex - queryCount] += product;
            }

            if (incoming is not null)
            {
                int* gallery = incoming.Indices(vertex);
                float* weights = incoming.Values(vertex);
                int length = incoming.Length(vertex);
                for (int edge = 0; edge < length; edge++)
                {
                    scores[gallery[edge]] += weights[edge] * product;
                }
            }
        }
    }

    private void AddCosines(float* scores, float* cosines, int count)
    {
        // Multiply, then add: fused, the last bit would depend on the processor.
        for (int i = 0; i < count; i++)
        {
            scores[i] += _lambda * cosines[i];
        }
    }
}
