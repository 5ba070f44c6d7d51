using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Compute.Cpu.Scanning;

/// <summary>
/// The cosines of a few queries with rows that are read one after the other as they lie in memory: the very bits of the
/// tile kernels, without packing anything. One thread's.
/// </summary>
internal sealed unsafe class RowScan : IDisposable
{
    /// <summary>The most queries of one scan.</summary>
    public const int MostQueries = ScanKernel.MostQueries;

    private const int RowStep = ScanKernel.Rows;

    // Rows between two looks at the token.
    private const int Stretch = 4096;

    private readonly VertexRows _queries;
    private readonly VertexRows _rows;
    private readonly ExactDots? _dots;
    private readonly NativeBuffer<float> _normalized;
    private readonly NativeBuffer<nint> _pointers = new(RowStep);
    private readonly NativeBuffer<float> _scales = new(RowStep);
    private readonly NativeBuffer<float> _sums = new((long)MostQueries * RowStep);
    private int _count;
    private int _first;

    /// <param name="queries">The queries.</param>
    /// <param name="rows">The rows they are compared with, of the same dimension.</param>
    public RowScan(VertexRows queries, VertexRows rows)
    {
        _queries = queries;
        _rows = rows;
        bool usesKernel = ScanKernel.IsSupported && !rows.NeedsScratch;
        _dots = usesKernel ? null : new ExactDots(queries, rows);
        _normalized = new NativeBuffer<float>(usesKernel ? (long)MostQueries * queries.Dimension : 0);
    }

    /// <summary>Takes queries [first, first + count), at most <see cref="MostQueries"/>.</summary>
    public void TakeQueries(int first, int count)
    {
        (_first, _count) = (first, count);
        if (_dots is not null)
        {
            return;
        }

        using NativeBuffer<float> scratch = new(_queries.NeedsScratch ? _queries.Dimension : 0);
        for (int query = 0; query < count; query++)
        {
            float* values = _queries.Row(first + query, scratch.Pointer);
            float scale = _queries.InverseNorm(first + query);
            float* target = _normalized.Pointer + ((long)query * _queries.Dimension);
            for (int column = 0; column < _queries.Dimension; column++)
            {
                target[column] = values[column] * scale;
            }
        }
    }

    /// <summary>Multiplies the queries with rows [from, to).</summary>
    /// <param name="from">The first row.</param>
    /// <param name="to">The row after the last.</param>
    /// <param name="cosines">Receives the cosine of row r with the i-th query at i * stride + r.</param>
    /// <param name="stride">From one query's cosines to the next one's.</param>
    /// <param name="cancellationToken">Checked now and then.</param>
    public void Multiply(int from, int to, float* cosines, nint stride, CancellationToken cancellationToken)
    {
        for (int start = from; start < to; start += Stretch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int end = Math.Min(start + Stretch, to);
            if (_dots is null)
            {
                MultiplyLines(start, end, cosines, stride);
            }
            else
            {
                MultiplyDots(start, end, cosines, stride);
            }
        }
    }

    public void Dispose()
    {
        _dots?.Dispose();
        _normalized.Dispose();
        _pointers.Dispose();
        _scales.Dispose();
        _sums.Dispose();
    }

    private void MultiplyLines(int from, int to, float* cosines, nint stride)
    {
        float** pointers = (float**)_pointers.Pointer;
        for (int row = from; row < to; row += RowStep)
        {
            int count = Math.Min(RowStep, to - row);
            for (int i = 0; i < RowStep; i++)
            {
                int taken = row + Math.Min(i, count - 1);
                pointers[i] = _rows.Row(taken, null);
                _scales.Pointer[i] = _rows.InverseNorm(taken);
            }

            ScanKernel.Multiply(pointers, _scales.Pointer, _normalized.Pointer, _count, _rows.Dimension, _sums.Pointer);
            for (int query = 0; query < _count; query++)
            {
                new ReadOnlySpan<float>(_sums.Pointer + (query * RowStep), count)
                    .CopyTo(new Span<float>(cosines + (query * stride) + row, count));
            }
        }
    }

    private void MultiplyDots(int from, int to, float* cosines, nint stride)
    {
        Span<int> others = stackalloc int[RowStep];
        for (int query = 0; query < _count; query++)
        {
            for (int row = from; row < to; row += RowStep)
            {
                int count = Math.Min(RowStep, to - row);
                for (int i = 0; i < count; i++)
                {
                    others[i] = row + i;
                }

                _dots!.Multiply(_first + query, others[..count], new Span<float>(cosines + (query * stride) + row, count));
            }
        }
    }
}
