using System.Runtime.CompilerServices;

namespace GnnReRank.Compute.Cpu.Scoring;

/// <summary>Cosines one by one, with the very bits of the tile kernels: one chain of multiply-adds over the columns, from 0.</summary>
/// <param name="queries">The left rows.</param>
/// <param name="gallery">The right rows.</param>
internal sealed unsafe class ExactDots(VertexRows queries, VertexRows gallery) : IDisposable
{
    private const int Group = 4;

    private readonly NativeBuffer<float> _query = new(queries.Dimension);

    /// <summary>The cosines of one query with some gallery rows.</summary>
    public void Multiply(int query, ReadOnlySpan<int> rows, Span<float> cosines)
    {
        float* values = queries.Row(query);
        float scale = queries.InverseNorm(query);
        for (int column = 0; column < queries.Dimension; column++)
        {
            _query.Pointer[column] = values[column] * scale;
        }

        int i = 0;
        for (; i + Group <= rows.Length; i += Group)
        {
            MultiplyFour(rows.Slice(i, Group), cosines.Slice(i, Group));
        }

        for (; i < rows.Length; i++)
        {
            cosines[i] = MultiplyOne(rows[i]);
        }
    }

    public void Dispose() => _query.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyFour(ReadOnlySpan<int> rows, Span<float> cosines)
    {
        float* query = _query.Pointer;
        float* a = gallery.Row(rows[0]);
        float* b = gallery.Row(rows[1]);
        float* c = gallery.Row(rows[2]);
        float* d = gallery.Row(rows[3]);
        float scaleA = gallery.InverseNorm(rows[0]);
        float scaleB = gallery.InverseNorm(rows[1]);
        float scaleC = gallery.InverseNorm(rows[2]);
        float scaleD = gallery.InverseNorm(rows[3]);
        float sumA = 0f;
        float sumB = 0f;
        float sumC = 0f;
        float sumD = 0f;
        int dimension = gallery.Dimension;
        for (int column = 0; column < dimension; column++)
        {
            sumA = float.MultiplyAddEstimate(query[column], a[column] * scaleA, sumA);
            sumB = float.MultiplyAddEstimate(query[column], b[column] * scaleB, sumB);
            sumC = float.MultiplyAddEstimate(query[column], c[column] * scaleC, sumC);
            sumD = float.MultiplyAddEstimate(query[column], d[column] * scaleD, sumD);
        }

        cosines[0] = sumA;
        cosines[1] = sumB;
        cosines[2] = sumC;
        cosines[3] = sumD;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float MultiplyOne(int row)
    {
        float* values = gallery.Row(row);
        float scale = gallery.InverseNorm(row);
        float sum = 0f;
        for (int column = 0; column < gallery.Dimension; column++)
        {
            sum = float.MultiplyAddEstimate(_query.Pointer[column], values[column] * scale, sum);
        }

        return sum;
    }
}
