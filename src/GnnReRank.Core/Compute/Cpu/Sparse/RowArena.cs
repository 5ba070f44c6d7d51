using GnnReRank.Compute.Cpu.Memory;

namespace GnnReRank.Compute.Cpu.Sparse;

/// <summary>Hands out memory for rows from large chunks; one thread's.</summary>
internal sealed unsafe class RowArena(SparseStorage storage) : IDisposable
{
    private const long ChunkBytes = HugePages.Size;

    private byte* _next;
    private long _left;

    /// <summary>Memory for the entries of a row.</summary>
    public void Reserve(int length, out int* indices, out float* values)
    {
        long bytes = (long)length * (sizeof(int) + sizeof(float));
        if (bytes > _left)
        {
            _left = Math.Max(ChunkBytes, bytes);
            _next = storage.Allocate(_left);
        }

        indices = (int*)_next;
        values = (float*)(_next + ((long)length * sizeof(int)));
        _next += bytes;
        _left -= bytes;
    }

    /// <summary>Writes the entries of an accumulator as a row, each value times scale.</summary>
    public void Write(RowAccumulator source, double scale, SparseRows rows, int row)
    {
        Reserve(source.Count, out int* indices, out float* values);
        source.CopyTo(indices, values, scale);
        rows.SetRow(row, indices, values, source.Count);
    }

    public void Dispose()
    {
        // The memory is the storage's.
    }
}
