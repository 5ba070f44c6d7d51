using System.Buffers.Binary;

namespace GnnReRank.Formats.Zip;

/// <summary>Reads the fields of one header in turn; whoever runs over its end has found damage.</summary>
internal ref struct ZipFields
{
    private const ushort LongSizes = 1;

    private ReadOnlySpan<byte> _bytes;

    public ZipFields(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    /// <summary>A length or a place in the file.</summary>
    /// <exception cref="InvalidDataException">No file is as long.</exception>
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long))) is >= 0 and long number
        ? number
        : throw new InvalidDataException("A header of the archive claims a length past any file's end");

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length)
        {
            throw new InvalidDataException("A header of the archive is cut short");
        }

        ReadOnlySpan<byte> taken = _bytes[..count];
        _bytes = _bytes[count..];
        return taken;
    }

    /// <summary>Finds the numbers of 64 bits among a header's extra fields; they follow each other there, each only where it is needed.</summary>
    /// <returns>The fields, which are empty where there are no such numbers.</returns>
    public static ZipFields Longs(ReadOnlySpan<byte> extra)
    {
        ZipFields fields = new(extra);

        // What is too short for a field is padding.
        while (fields._bytes.Length >= 2 * sizeof(ushort))
        {
            ushort id = fields.ReadUInt16();
            ReadOnlySpan<byte> field = fields.Take(fields.ReadUInt16());
            if (id == LongSizes)
            {
                return new ZipFields(field);
            }
        }

        return default;
    }

    /// <summary>A number of 32 bits, or where that is full the next one of 64.</summary>
    public long Wide(uint number) => number == uint.MaxValue ? ReadInt64() : number;
}
