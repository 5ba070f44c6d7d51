using System.Runtime.InteropServices;

namespace GnnReRank.Compute.Cpu.Sparse;

/// <summary>
/// Sparse rows one after the other, to be handed on: of each its columns, then its values, in 32 bits each. One thread's.
/// </summary>
/// <param name="createStorage">Makes the memory of the rows.</param>
internal sealed unsafe class SparseBlock(Func<SparseStorage> createStorage) : IDisposable
{
    private const long LeastBytes = 64 << 10;

    private readonly List<int> _lengths = [];
    private SparseStorage? _storage;
    private int* _words;
    private long _capacity;

    /// <summary>32-bit words of all rows.</summary>
    public long WordCount { get; private set; }

    public int* Words => _words;

    /// <summary>The entries of each row.</summary>
    public ReadOnlySpan<int> Lengths => CollectionsMarshal.AsSpan(_lengths);

    /// <summary>A row to be filled.</summary>
    public void Add(int length, out int* indices, out float* values)
    {
        Reserve(2L * length);
        indices = _words + WordCount;
        values = (float*)(indices + length);
        WordCount += 2L * length;
        _lengths.Add(length);
    }

    /// <summary>Adds the entries of an accumulator, each value times scale.</summary>
    public void Add(RowAccumulator source, double scale)
    {
        Add(source.Count, out int* indices, out float* values);
        source.CopyTo(indices, values, scale);
    }

    /// <summary>The rows as a matrix, until this changes.</summary>
    public SparseRows ToRows()
    {
        SparseRows rows = new(_lengths.Count, storage: null);
        int* next = _words;
        for (int row = 0; row < rows.Count; row++)
        {
            rows.SetRow(row, next, (float*)(next + _lengths[row]), _lengths[row]);
            next += 2L * _lengths[row];
        }

        return rows;
    }

    public void Clear()
    {
        _lengths.Clear();
        WordCount = 0;
    }

    public void Dispose() => _storage?.Dispose();

    private void Reserve(long words)
    {
        if (WordCount + words <= _capacity)
        {
            return;
        }

        long capacity = Math.Max(Math.Max(LeastBytes / sizeof(int), 2 * _capacity), WordCount + words);
        SparseStorage storage = createStorage();
        int* larger = (int*)storage.Allocate(capacity * sizeof(int));
        NativeMemory.Copy(_words, larger, (nuint)(WordCount * sizeof(int)));
        _storage?.Dispose();
        _storage = storage;
        _words = larger;
        _capacity = capacity;
    }
}
