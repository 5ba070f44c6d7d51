using System.Buffers.Binary;

namespace GnnReRank.Formats.Mat;

/// <summary>Reads the tagged elements of one variable, forwards only, and never past the variable's end.</summary>
internal sealed class MatCursor : IDisposable
{
    private const int LargestSmall = 4;

    private readonly Stream _stream;
    private readonly byte[] _scratch = new byte[4096];
    private readonly bool _isBigEndian;

    /// <param name="stream">What to read; disposed of with the cursor.</param>
    /// <param name="isBigEndian">The file's byte order.</param>
    /// <param name="length">The bytes there are.</param>
    public MatCursor(Stream stream, bool isBigEndian, long length)
    {
        _stream = stream;
        _isBigEndian = isBigEndian;
        Length = length;
    }

    /// <summary>The bytes read so far.</summary>
    public long Position { get; private set; }

    /// <summary>The bytes there are in all; narrowed to the variable's own once its tag is read.</summary>
    public long Length { get; set; }

    /// <summary>The bytes that are left.</summary>
    public long Remaining => Length - Position;

    /// <summary>The stream at the current position.</summary>
    public Stream Stream => _stream;

    /// <summary>Reads a tag whose element must lie within what is left.</summary>
    /// <exception cref="InvalidDataException">It does not.</exception>
    public MatTag ReadTag()
    {
        uint first = ReadUInt32();
        if (first >> 16 is uint smallSize and > 0)
        {
            return smallSize <= LargestSmall && Remaining >= LargestSmall
                ? new MatTag((MatDataType)(first & 0xFFFF), smallSize, IsSmall: true)
                : throw new InvalidDataException($"A small element of {smallSize} bytes is claimed, and it holds at most {LargestSmall}.");
        }

        MatTag tag = new((MatDataType)first, ReadUInt32(), IsSmall: false);
        return tag.Size <= Remaining
            ? tag
            : throw new InvalidDataException($"An element of {tag.Size:N0} bytes is claimed where {Remaining:N0} are left.");
    }

    /// <summary>Reads an element's data, and its padding as far as there is any.</summary>
    public byte[] ReadData(MatTag tag)
    {
        byte[] data = new byte[tag.Size];
        Read(data);
        Skip(Math.Min(tag.PaddedSize - tag.Size, Remaining));
        return data;
    }

    /// <summary>Reads an element of 32-bit numbers.</summary>
    public int[] ReadInt32s(MatTag tag)
    {
        byte[] data = ReadData(tag);
        int[] numbers = new int[data.Length / sizeof(int)];
        for (int i = 0; i < numbers.Length; i++)
        {
            ReadOnlySpan<byte> bytes = data.AsSpan(i * sizeof(int));
            numbers[i] = _isBigEndian ? BinaryPrimitives.ReadInt32BigEndian(bytes) : BinaryPrimitives.ReadInt32LittleEndian(bytes);
        }

        return numbers;
    }

    /// <summary>Skips bytes by reading them.</summary>
    public void Skip(long count)
    {
        while (count > 0)
        {
            int part = (int)Math.Min(count, _scratch.Length);
            Read(_scratch.AsSpan(0, part));
            count -= part;
        }
    }

    public void Dispose() => _stream.Dispose();

    private uint ReadUInt32()
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        Read(bytes);
        return _isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    private void Read(Span<byte> target)
    {
        if (target.Length > Remaining)
        {
            throw new InvalidDataException($"{target.Length:N0} bytes are needed where {Remaining:N0} are left.");
        }

        _stream.ReadExactly(target);
        Position += target.Length;
    }
}
