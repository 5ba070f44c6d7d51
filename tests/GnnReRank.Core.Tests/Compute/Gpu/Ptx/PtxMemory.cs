using System.Runtime.InteropServices;

namespace GnnReRank.Tests.Compute.Gpu.Ptx;

/// <summary>Global memory: buffers at made-up addresses, far apart. An access outside or out of alignment throws.</summary>
/// <param name="start">The address of the first buffer, in whole <see cref="Spacing"/>.</param>
internal sealed class PtxMemory(ulong start = PtxMemory.Base)
{
    /// <summary>No address of the process is as high, and no usual number has these bits.</summary>
    public const ulong Base = 0x6b1d_0000_0000_0000;

    /// <summary>From one buffer to the next.</summary>
    public const ulong Spacing = 1UL << Shift;

    private const int Shift = 36;
    private readonly List<byte[]?> _buffers = [];

    /// <summary>The buffers with their addresses.</summary>
    public IEnumerable<(ulong Address, byte[] Bytes)> Buffers =>
        _buffers.Select((bytes, index) => (AddressOf(index), bytes)).Where(buffer => buffer.bytes is not null)
            .Select(buffer => (buffer.Item1, buffer.bytes!));

    /// <summary>Puts values into a new buffer and returns its address.</summary>
    public ulong Add<T>(T[] values)
        where T : unmanaged => Adopt(MemoryMarshal.AsBytes<T>(values).ToArray());

    /// <summary>As above, of any numbers.</summary>
    public ulong Add(Array values)
    {
        byte[] bytes = new byte[Buffer.ByteLength(values)];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return Adopt(bytes);
    }

    /// <summary>Takes an array as a buffer.</summary>
    public ulong Adopt(byte[] bytes)
    {
        _buffers.Add(bytes);
        return AddressOf(_buffers.Count - 1);
    }

    /// <summary>Gives a buffer up, and returns its length; later accesses throw.</summary>
    public int Remove(ulong address)
    {
        int length = BufferOf(address).Length;
        _buffers[IndexOf(address)] = null;
        return length;
    }

    public void CopyTo(ulong address, Array values)
    {
        byte[] bytes = Read<byte>(address);
        Buffer.BlockCopy(bytes, 0, values, 0, bytes.Length);
    }

    public T[] Read<T>(ulong address)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(BufferOf(address)).ToArray();

    public Span<byte> At(ulong address, int bytes) => Within(BufferOf(address), OffsetOf(address), bytes);

    /// <summary>A stretch of a buffer, of any alignment.</summary>
    public Span<byte> Stretch(ulong address, long length)
    {
        byte[] buffer = BufferOf(address);
        ulong offset = OffsetOf(address);
        return offset + (ulong)length <= (ulong)buffer.Length
            ? buffer.AsSpan((int)offset, (int)length)
            : throw new InvalidOperationException($"{length} bytes at {offset} of {buffer.Length}.");
    }

    public static Span<byte> Within(byte[] memory, ulong offset, int bytes) =>
        offset + (ulong)bytes > (ulong)memory.Length || offset % (ulong)bytes != 0
            ? throw new InvalidOperationException($"{bytes} bytes at {offset} of {memory.Length}.")
            : memory.AsSpan((int)offset, bytes);

    private ulong AddressOf(int index) => start + ((ulong)index << Shift);

    private int IndexOf(ulong address) => (int)((address - start) >> Shift);

    private static ulong OffsetOf(ulong address) => address & ((1UL << Shift) - 1);

    private byte[] BufferOf(ulong address) =>
        address >= start && IndexOf(address) < _buffers.Count && _buffers[IndexOf(address)] is { } buffer
            ? buffer
            : throw new InvalidOperationException($"No buffer at 0x{address:x}.");
}
