using System.Runtime.InteropServices;

namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>Global memory: buffers at made-up addresses, far apart. An access outside or out of alignment throws.</summary>
internal sealed class PtxMemory
{
    private const int Shift = 36;
    private readonly List<byte[]> _buffers = [];

    /// <summary>The buffers with their addresses.</summary>
    public IEnumerable<(ulong Address, byte[] Bytes)> Buffers =>
        _buffers.Select((bytes, index) => ((ulong)(index + 1) << Shift, bytes));

    /// <summary>Puts values into a new buffer and returns its address.</summary>
    public ulong Add<T>(T[] values)
        where T : unmanaged
    {
        _buffers.Add(MemoryMarshal.AsBytes<T>(values).ToArray());
        return (ulong)_buffers.Count << Shift;
    }

    /// <summary>As above, of any numbers.</summary>
    public ulong Add(Array values)
    {
        byte[] bytes = new byte[Buffer.ByteLength(values)];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return Add(bytes);
    }

    public void CopyTo(ulong address, Array values)
    {
        byte[] bytes = Read<byte>(address);
        Buffer.BlockCopy(bytes, 0, values, 0, bytes.Length);
    }

    public T[] Read<T>(ulong address)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(_buffers[(int)(address >> Shift) - 1]).ToArray();

    public Span<byte> At(ulong address, int bytes)
    {
        int buffer = (int)(address >> Shift) - 1;
        if (buffer < 0 || buffer >= _buffers.Count)
        {
            throw new InvalidOperationException($"No buffer at 0x{address:x}.");
        }

        return Within(_buffers[buffer], address & ((1UL << Shift) - 1), bytes);
    }

    public static Span<byte> Within(byte[] memory, ulong offset, int bytes) =>
        offset + (ulong)bytes > (ulong)memory.Length || offset % (ulong)bytes != 0
            ? throw new InvalidOperationException($"{bytes} bytes at {offset} of {memory.Length}.")
            : memory.AsSpan((int)offset, bytes);
}
