using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GnnReRank.Compute.Cpu.Scoring;

namespace GnnReRank.Compute.Cpu.Sparse;

/// <summary>
/// The final scores, (1 - lambda) h_q h_g + lambda cos, of eight queries in the lanes of a register: an entry of the sparse matrices
/// is read once for all of them. Sums run over columns in ascending order and over edges in list order, whatever shares the group.
/// </summary>
internal sealed unsafe class GnnQueryScorer : IQueryScorer
{
    private const int Lanes = 8;

    private readonly FinalLayer _final;
    private readonly float _lambda;
    private readonly float[] _galleryScales;
    private readonly float[] _shares = new float[Lanes];
    private readonly RowAccumulator _row;
    private readonly NativeBuffer<float> _queryRows;
    private readonly NativeBuffer<byte> _isUsed;
    private readonly NativeBuffer<float> _products;
    private readonly NativeBuffer<float> _scores;

    public GnnQueryScorer(FinalLayer final, double lambda)
    {
        _final = final;
        _lambda = (float)lambda;
        _galleryScales = new float[final.GalleryCount];
        for (int row = 0; row < _galleryScales.Length; row++)
        {
            _galleryScales[row] = (float)(final.InverseNorms?[final.QueryCount + row] ?? 1);
        }

        _row = new RowAccumulator(final.VertexCount);
        _queryRows = new NativeBuffer<float>((long)final.VertexCount * Lanes, zeroed: true);
        _isUsed = new NativeBuffer<byte>(final.VertexCount, zeroed: true);
        _products = new NativeBuffer<float>((long)final.VertexCount * Lanes);
        _scores = new NativeBuffer<float>((long)final.GalleryCount * Lanes);
    }

    public int GroupSize => Lanes;

    public void Score(int first, int count, CancellationToken cancellationToken)
    {
        for (int lane = 0; lane < count; lane++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TakeQuery(first + lane, lane);
        }

        MultiplyState(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        GatherGallery();
    }

    public float* Row(int offset, float* cosines)
    {
        int count = _final.GalleryCount;
        float* scores = _scores.Pointer + ((long)offset * count);
        Mix(scores, _shares[offset], cosines, _lambda, count);
        return scores;
    }

    public void Dispose()
    {
        _row.Dispose();
        _queryRows.Dispose();
        _isUsed.Dispose();
        _products.Dispose();
        _scores.Dispose();
    }

    /// <summary>scores = share * scores + lambda * cosines. Not fused: the last bit would depend on the processor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mix(float* scores, float share, float* cosines, float lambda, int count)
    {
        int i = 0;
        for (; i + Vector256<float>.Count <= count; i += Vector256<float>.Count)
        {
            ((Vector256.Load(scores + i) * share) + (Vector256.Load(cosines + i) * lambda)).Store(scores + i);
        }

        for (; i < count; i++)
        {
            scores[i] = (scores[i] * share) + (cosines[i] * lambda);
        }
    }

    /// <summary>u_q, the query's row of the last layer before its normalisation, into one lane.</summary>
    private void TakeQuery(int query, int lane)
    {
        _final.Layer.SumRow(_row, query);
        for (int entry = 0; entry < _row.Count; entry++)
        {
            int column = _row.Touched[entry];
            _queryRows.Pointer[((long)column * Lanes) + lane] = _row.Values[column];
            _isUsed.Pointer[column] = 1;
        }

        _row.Clear();
        _shares[lane] = (float)((1 - (double)_lambda) * (_final.InverseNorms?[query] ?? 1));
    }

    /// <summary>y = H u, or (H + H^T) u where the layer is symmetrised; u is 0 again afterwards.</summary>
    private void MultiplyState(CancellationToken cancellationToken)
    {
        NativeMemory.Clear(_products.Pointer, (nuint)_products.Length * sizeof(float));
        Span<byte> isUsed = _isUsed.AsSpan(_final.VertexCount);
        bool symmetrized = _final.Layer.Mirror is not null;
        int column = isUsed.IndexOf((byte)1);
        while (column >= 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float* values = _queryRows.Pointer + ((long)column * Lanes);
            AddScaled(_final.Columns, column, Vector256.Load(values));
            if (symmetrized)
            {
                AddScaled(_final.Layer.State, column, Vector256.Load(values));
            }

            Vector256<float>.Zero.Store(values);
            isUsed[column] = 0;
            int next = isUsed[(column + 1)..].IndexOf((byte)1);
            column = next < 0 ? -1 : column + 1 + next;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddScaled(SparseRows rows, int row, Vector256<float> scales)
    {
        float* products = _products.Pointer;
        int* indices = rows.Indices(row);
        float* values = rows.Values(row);
        int length = rows.Length(row);
        for (int entry = 0; entry < length; entry++)
        {
            float* product = products + ((long)indices[entry] * Lanes);
            (Vector256.Load(product) + (scales * values[entry])).Store(product);
        }
    }

    /// <summary>scores_g = (y_g where the layer keeps the state, plus the sum of E_gj y_j) / norm_g, one row a query.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void GatherGallery()
    {
        int queryCount = _final.QueryCount;
        int galleryCount = _final.GalleryCount;
        float* products = _products.Pointer;
        SparseRows? edges = _final.Layer.Edges;
        float residual = _final.Layer.Residual ? 1f : 0f;
        float* lanes = stackalloc float[Lanes];
        for (int row = 0; row < galleryCount; row++)
        {
            int vertex = queryCount + row;
            Vector256<float> sum = Vector256.Load(products + ((long)vertex * Lanes)) * residual;
            if (edges is not null)
            {
                int* indices = edges.Indices(vertex);
                float* weights = edges.Values(vertex);
                int length = edges.Length(vertex);
                for (int edge = 0; edge < length; edge++)
                {
                    sum += Vector256.Load(products + ((long)indices[edge] * Lanes)) * weights[edge];
                }
            }

            (sum * _galleryScales[row]).Store(lanes);
            float* target = _scores.Pointer + row;
            for (int lane = 0; lane < Lanes; lane++, target += galleryCount)
            {
                *target = lanes[lane];
            }
        }
    }
}
