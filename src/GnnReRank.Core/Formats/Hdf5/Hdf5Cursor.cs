using System.Buffers.Binary;
using System.Text;

namespace GnnReRank.Formats.Hdf5;

/// <summary>Reads the fields of one structure in turn; whoever runs over its end has found damage.</summary>
internal sealed class Hdf5Cursor
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly int _offsetSize;
    private readonly int _lengthSize;

    /// <param name="bytes">The structure.</param>
    /// <param name="offsetSize">The bytes of an address in this file.</param>
    /// <param name="lengthSize">The bytes of a length in this file.</param>
    public Hdf5Cursor(ReadOnlyMemory<byte> bytes, int offsetSize, int lengthSize)
    {
        _bytes = bytes;
        _offsetSize = offsetSize;
        _lengthSize = lengthSize;
    }

    /// <summary>The bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>The bytes that are left.</summary>
    public int Left => _bytes.Length - Position;

    public byte ReadByte() => Take(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    /// <summary>An address within the file; null where it is the one that means none.</summary>
    public long? ReadAddress()
    {
        ReadOnlySpan<byte> bytes = Take(_offsetSize);
        return bytes.IndexOfAnyExcept((byte)0xFF) < 0 ? null : Number(bytes);
    }

    public long ReadLength() => Number(Take(_lengthSize));

    /// <summary>A number of any width up to 8 bytes.</summary>
    public long ReadNumber(int size) => Number(Take(size));

    public ReadOnlyMemory<byte> ReadBytes(long count)
    {
        int start = Position;
        Skip(count);
        return _bytes.Slice(start, (int)count);
    }

    public void Skip(long count)
    {
        if (count < 0 || count > Left)
        {
            throw new InvalidDataException("A structure is shorter than what it should hold");
        }

        Position += (int)count;
    }

    /// <exception cref="InvalidDataException">Other bytes stand here than those a structure starts with.</exception>
    public void Expect(string signature)
    {
        if (!Take(signature.Length).SequenceEqual(Encoding.ASCII.GetBytes(signature)))
        {
            throw new InvalidDataException($"A structure does not start with its mark '{signature}'");
        }
    }

    private ReadOnlySpan<byte> Take(int count) => ReadBytes(count).Span;

    private static long Number(ReadOnlySpan<byte> bytes)
    {
        ulong number = 0;
        for (int place = bytes.Length - 1; place >= 0; place--)
        {
            number = (number << 8) | bytes[place];
        }

        return number <= long.MaxValue ? (long)number : throw new InvalidDataException("An address or a length is past any file's end");
    }
}
