using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>The rows of a matrix, some of which are others for one query; one thread's.</summary>
internal sealed unsafe class PatchedRows : IDisposable
{
    private readonly SparseRows? _original;
    private readonly RowPool _pool = new();
    private readonly RowSet _patched;

    /// <param name="original">The rows as they are without a query, or null for none.</param>
    /// <param name="count">Rows with the query; those beyond the original's are empty.</param>
    public PatchedRows(SparseRows? original, int count)
    {
        _original = original;
        _patched = new RowSet(count);
        Rows = new SparseRows(count, storage: null);
        for (int row = 0; row < count; row++)
        {
            Restore(row);
        }
    }

    /// <summary>The rows as they are now.</summary>
    public SparseRows Rows { get; }

    /// <summary>Bytes of the rows that were set.</summary>
    public long Bytes => _pool.Bytes;

    /// <summary>Whether a row was set since the last <see cref="Restore()"/>.</summary>
    public bool IsPatched(int row) => _patched.Contains(row);

    /// <summary>Sets a row; its entries are the caller's to write.</summary>
    public void Set(int row, int length, out int* indices, out float* values)
    {
        _pool.Reserve(length, out indices, out values);
        Rows.SetRow(row, indices, values, length);
        _patched.Add(row);
    }

    /// <summary>Sets a row to its original with one more entry.</summary>
    /// <param name="row">A row that was not set yet.</param>
    /// <param name="column">The column of the last entry, whose value is 0.</param>
    public void Extend(int row, int column)
    {
        int* fromIndices = Rows.Indices(row);
        float* fromValues = Rows.Values(row);
        int length = Rows.Length(row);
        Set(row, length + 1, out int* indices, out float* values);
        new ReadOnlySpan<int>(fromIndices, length).CopyTo(new Span<int>(indices, length));
        new ReadOnlySpan<float>(fromValues, length).CopyTo(new Span<float>(values, length));
        indices[length] = column;
        values[length] = 0;
    }

    /// <summary>Makes all rows what they were.</summary>
    public void Restore()
    {
        foreach (int row in _patched.Rows)
        {
            Restore(row);
        }

        _patched.Clear();
        _pool.Reset();
    }

    public void Dispose()
    {
        Rows.Dispose();
        _pool.Dispose();
    }

    private void Restore(int row)
    {
        if (_original is not null && row < _original.Count)
        {
            Rows.SetRow(row, _original.Indices(row), _original.Values(row), _original.Length(row));
        }
        else
        {
            Rows.SetRow(row, null, null, 0);
        }
    }
}
