using ParquetSharp;

namespace GnnReRank.Formats.Parquet;

/// <summary>Writes a list column, straight from spans and without an array a row.</summary>
internal sealed class ParquetListWriter<T> : IDisposable
    where T : unmanaged
{
    private readonly ColumnWriter<T> _column;
    private short[] _present = [];
    private short[] _starts = [];
    private int _width;

    /// <summary>Starts the next column of a row group.</summary>
    public ParquetListWriter(RowGroupWriter group) => _column = (ColumnWriter<T>)group.NextColumn();

    /// <summary>Writes lists of the same width, which must not be 0.</summary>
    /// <param name="values">The lists one after the other.</param>
    /// <param name="width">The length of each.</param>
    /// <param name="cancellation">Checked between batches.</param>
    public void Write(ReadOnlySpan<T> values, int width, CancellationToken cancellation)
    {
        int batch = Math.Max(1, ParquetOutput.BatchSize / width) * width;
        Prepare(batch, width);
        for (int start = 0; start < values.Length; start += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<T> part = values.Slice(start, Math.Min(batch, values.Length - start));
            _column.WriteBatch(part.Length, _present.AsSpan(0, part.Length), _starts.AsSpan(0, part.Length), part);
        }
    }

    public void Dispose() => _column.Dispose();

    // Dremel's levels: every value is present (1), and repetition level 0 starts a list.
    private void Prepare(int batch, int width)
    {
        if (_width == width && _present.Length == batch)
        {
            return;
        }

        _width = width;
        _present = new short[batch];
        _starts = new short[batch];
        _present.AsSpan().Fill(1);
        _starts.AsSpan().Fill(1);
        for (int start = 0; start < batch; start += width)
        {
            _starts[start] = 0;
        }
    }
}
