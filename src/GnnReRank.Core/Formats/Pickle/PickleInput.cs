using System.Buffers.Binary;

namespace GnnReRank.Formats.Pickle;

/// <summary>
/// The bytes of one pickle or of several in a row. A length that the file claims is held against the bytes that are left before
/// anything of that length is made.
/// </summary>
internal sealed class PickleInput
{
    private const int BufferLength = 1 << 16;

    private readonly Stream _stream;
    private readonly long _length;
    private readonly byte[] _buffer;
    private int _start;
    private int _end;

    /// <param name="stream">Stands at the first byte of the pickle.</param>
    /// <param name="length">The bytes there are from there.</param>
    /// <param name="site">Says where the reader stands, in errors.</param>
    public PickleInput(Stream stream, long length, PickleSite site)
    {
        _stream = stream;
        _length = length;
        _buffer = new byte[Math.Min(length, BufferLength)];
        Site = site;
    }

    public PickleSite Site { get; }

    /// <summary>The bytes read so far.</summary>
    public long Position { get; private set; }

    public long Length => _length;

    public long Remaining => _length - Position;

    public byte ReadByte() => Small(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Small(sizeof(ushort)));

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Small(sizeof(int)));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Small(sizeof(uint)));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Small(sizeof(long)));

    public double ReadDoubleBigEndian() => BinaryPrimitives.ReadDoubleBigEndian(Small(sizeof(double)));

    /// <summary>So many bytes.</summary>
    /// <exception cref="GnnReRankException">So many are not left, or no array holds them.</exception>
    public byte[] ReadBytes(long count)
    {
        if (count < 0 || count > Remaining)
        {
            throw Site.Corrupt($"it claims {(ulong)count:N0} bytes, and {Remaining:N0} are left.");
        }

        byte[] bytes = Allocate(count);
        int buffered = Math.Min(bytes.Length, _end - _start);
        _buffer.AsSpan(_start, buffered).CopyTo(bytes);
        _start += buffered;
        _stream.ReadExactly(bytes.AsSpan(buffered));
        Position += count;
        return bytes;
    }

    /// <summary>Leaves out so many bytes, which are there.</summary>
    public void Skip(long count)
    {
        int buffered = (int)Math.Min(count, _end - _start);
        _start += buffered;
        _stream.Seek(count - buffered, SeekOrigin.Current);
        Position += count;
    }

    /// <summary>The bytes up to the next line feed, without it.</summary>
    /// <param name="most">The most bytes that make sense.</param>
    public byte[] ReadLine(int most)
    {
        List<byte> line = [];
        for (byte next = ReadByte(); next != (byte)'\n'; next = ReadByte())
        {
            if (line.Count == most)
            {
                throw Site.Unsupported($"its line is longer than {most:N0} bytes.");
            }

            line.Add(next);
        }

        return [.. line];
    }

    private ReadOnlySpan<byte> Small(int count)
    {
        if (count > Remaining)
        {
            throw Site.Corrupt("the file ends here, before the pickle's STOP.");
        }

        if (_end - _start < count)
        {
            Fill(count);
        }

        ReadOnlySpan<byte> bytes = _buffer.AsSpan(_start, count);
        _start += count;
        Position += count;
        return bytes;
    }

    private void Fill(int count)
    {
        int kept = _end - _start;
        _buffer.AsSpan(_start, kept).CopyTo(_buffer);
        int room = (int)Math.Min(_buffer.Length - kept, Remaining - kept);
        _end = kept + _stream.ReadAtLeast(_buffer.AsSpan(kept, room), count - kept);
        _start = 0;
    }

    private byte[] Allocate(long count)
    {
        try
        {
            return count > Array.MaxLength ? throw TooLarge(count, null) : new byte[count];
        }
        catch (OutOfMemoryException exception)
        {
            throw TooLarge(count, exception);
        }
    }

    private GnnReRankException TooLarge(long count, Exception? cause) => new(
        "PickleTooLarge", ErrorKind.TooLarge,
        $"'{Site.Path}' holds {count:N0} bytes in one piece, past what one array or this machine's memory holds. Save the array with numpy.save and read the .npy file, also with -MemoryMapped.", cause);
}
