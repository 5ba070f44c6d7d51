using GnnReRank.Compute.Cpu.Memory;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>Memory for rows that one query needs, used again by the next; one thread's.</summary>
internal sealed unsafe class RowPool : IDisposable
{
    private const long ChunkBytes = HugePages.Size;

    private readonly List<NativeBuffer<byte>> _chunks = [];
    private int _chunk = -1;
    private long _used;

    /// <summary>Bytes handed out since the last reset.</summary>
    public long Bytes { get; private set; }

    /// <summary>Memory for the entries of a row.</summary>
    public void Reserve(int length, out int* indices, out float* values)
    {
        long bytes = (long)length * (sizeof(int) + sizeof(float));
        while (_chunk < 0 || _used + bytes > _chunks[_chunk].Length)
        {
            _chunk++;
            _used = 0;
            if (_chunk == _chunks.Count)
            {
                _chunks.Add(new NativeBuffer<byte>(Math.Max(ChunkBytes, bytes)));
            }
        }

        indices = (int*)(_chunks[_chunk].Pointer + _used);
        values = (float*)(indices + length);
        _used += bytes;
        Bytes += bytes;
    }

    /// <summary>Takes all of it back.</summary>
    public void Reset()
    {
        _chunk = -1;
        _used = 0;
        Bytes = 0;
    }

    public void Dispose()
    {
        foreach (NativeBuffer<byte> chunk in _chunks)
        {
            chunk.Dispose();
        }
    }
}
