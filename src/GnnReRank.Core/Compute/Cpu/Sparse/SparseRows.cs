using GnnReRank.Compute.Cpu.Memory;

namespace GnnReRank.Compute.Cpu.Sparse;

/// <summary>
/// A sparse matrix by rows: for each row its columns and their values, in the order in which they were written. Rows may lie
/// anywhere in memory, so threads write them without agreeing on a layout first.
/// </summary>
internal sealed unsafe class SparseRows : IDisposable
{
    private readonly NativeBuffer<nint> _indices;
    private readonly NativeBuffer<nint> _values;
    private readonly NativeBuffer<int> _lengths;
    private readonly SparseStorage? _storage;

    // Held so that the collector leaves them.
    private readonly SparseStorage[] _shared = [];

    /// <param name="count">Rows.</param>
    /// <param name="storage">The memory of the rows, which goes with them; null where it is another's.</param>
    public SparseRows(int count, SparseStorage? storage)
    {
        Count = count;
        _storage = storage;
        _indices = new NativeBuffer<nint>(count);
        _values = new NativeBuffer<nint>(count);
        _lengths = new NativeBuffer<int>(count, zeroed: true);
    }

    /// <summary>The rows of another, to be changed and added to here alone; it may go before this.</summary>
    /// <param name="original">The rows; its memory must be the collector's.</param>
    /// <param name="count">Rows, at least the original's; the new ones are empty.</param>
    /// <param name="storage">The memory of the rows that are set here.</param>
    public SparseRows(SparseRows original, int count, SparseStorage storage)
        : this(count, storage)
    {
        _shared = original._storage is null ? original._shared : [.. original._shared, original._storage];
        original._indices.AsSpan(original.Count).CopyTo(_indices.AsSpan(count));
        original._values.AsSpan(original.Count).CopyTo(_values.AsSpan(count));
        original._lengths.AsSpan(original.Count).CopyTo(_lengths.AsSpan(count));
    }

    public int Count { get; }

    public long EntryCount
    {
        get
        {
            long total = 0;
            for (int row = 0; row < Count; row++)
            {
                total += _lengths.Pointer[row];
            }

            return total;
        }
    }

    public int Length(int row) => _lengths.Pointer[row];

    public int* Indices(int row) => (int*)_indices.Pointer[row];

    public float* Values(int row) => (float*)_values.Pointer[row];

    /// <summary>Says where a row lies; each row is set once, by one thread.</summary>
    public void SetRow(int row, int* indices, float* values, int length)
    {
        _indices.Pointer[row] = (nint)indices;
        _values.Pointer[row] = (nint)values;
        _lengths.Pointer[row] = length;
    }

    public void Dispose()
    {
        _indices.Dispose();
        _values.Dispose();
        _lengths.Dispose();
        _storage?.Dispose();
    }
}
