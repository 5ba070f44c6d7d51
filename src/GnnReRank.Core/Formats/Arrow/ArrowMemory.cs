using System.Buffers;
using Apache.Arrow.Memory;

namespace GnnReRank.Formats.Arrow;

/// <summary>Memory for the buffers of an Arrow file, as far as its length allows them.</summary>
internal sealed class ArrowMemory : MemoryAllocator
{
    // LZ4 makes at most 255 bytes of one. Zstandard can make more, of columns that hold one value over and over; those are short.
    private const int HighestRatio = 255;
    private const int AlwaysAllowed = 1 << 24;

    // For all buffers together: they may lie one over the other in the file.
    private long _left;

    public ArrowMemory(long fileLength) => _left = AlwaysAllowed + (fileLength * HighestRatio);

    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        _left -= length;
        if (_left < 0)
        {
            throw new InvalidDataException($"a buffer claims {length:N0} bytes, and with those before it more than the file can hold");
        }

        bytesAllocated = length;
        return new Owner(new byte[length]);
    }

    private sealed class Owner : IMemoryOwner<byte>
    {
        public Owner(byte[] bytes) => Memory = bytes;

        public Memory<byte> Memory { get; }

        public void Dispose()
        {
        }
    }
}
