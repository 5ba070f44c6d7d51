namespace GnnReRank.Compute.Cpu.Sparse;

/// <summary>Hands out memory for rows from large chunks; one thread's.</summary>
internal sealed unsafe class RowArena(SparseStorage storage)
{
    private const long ChunkBytes = 1 << 20;

    private byte* _next;
    private long _left;

    /// <summary>Writes the entries of an accumulator as a row, each value times scale.</summary>
    public void Write(RowAccumulator source, double scale, SparseRows rows, int row)
    {
        int length = source.Count;
        long bytes = (long)length * (sizeof(int) + sizeof(float));
        if (bytes > _left)
        {
            _left = Math.Max(ChunkBytes, bytes);
            _next = storage.Allocate(_left);
        }

        int* indices = (int*)_next;
        float* values = (float*)(_next + ((long)length * sizeof(int)));
        source.CopyTo(indices, values, scale);
        rows.SetRow(row, indices, values, length);
        _next += bytes;
        _left -= bytes;
    }
}
