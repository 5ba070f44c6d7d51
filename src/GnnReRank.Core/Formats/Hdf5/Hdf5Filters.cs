using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.Hdf5;

/// <summary>What was done to the bytes of each chunk before it was written: compression, shuffling, checksums.</summary>
internal sealed class Hdf5Filters
{
    private const int DeflateId = 1;
    private const int ShuffleId = 2;
    private const int Fletcher32Id = 3;
    private const int LzfId = 32000;

    // Past this number filters are of other makers, and say their names.
    private const int FirstForeignId = 256;

    private readonly List<(int Id, uint[] Values)> _filters = [];

    /// <summary>Whether nothing is done.</summary>
    public bool IsEmpty => _filters.Count == 0;

    /// <exception cref="InvalidDataException">The description is damaged.</exception>
    /// <exception cref="Hdf5UnreadException">A filter is not known.</exception>
    public static Hdf5Filters Read(Hdf5Cursor cursor)
    {
        Hdf5Filters filters = new();
        int version = cursor.ReadByte();
        int count = cursor.ReadByte();
        cursor.Skip(version == 1 ? 6 : 0);
        for (int filter = 0; filter < count; filter++)
        {
            int id = cursor.ReadUInt16();
            int nameLength = version == 1 || id >= FirstForeignId ? cursor.ReadUInt16() : 0;
            cursor.Skip(2);
            int valueCount = cursor.ReadUInt16();
            cursor.Skip(version == 1 ? (nameLength + 7) / 8 * 8 : nameLength);
            uint[] values = new uint[valueCount];
            for (int value = 0; value < valueCount; value++)
            {
                values[value] = cursor.ReadUInt32();
            }

            cursor.Skip(version == 1 && valueCount % 2 == 1 ? 4 : 0);
            if (id is not (DeflateId or ShuffleId or Fletcher32Id or LzfId))
            {
                throw new Hdf5UnreadException(
                    $"it is compressed with filter {id}, and gzip (1), shuffle (2), fletcher32 (3) and lzf (32000) are read. Write it with compression='gzip' or without compression");
            }

            filters._filters.Add((id, values));
        }

        return filters;
    }

    /// <summary>Whether a chunk of so many bytes can become one of so many.</summary>
    public bool CanHold(long stored, long wanted) => IsEmpty ? stored == wanted : Deflate.CanHold(stored, wanted);

    /// <summary>Undoes the filters, the last first.</summary>
    /// <param name="bytes">The chunk as it is stored.</param>
    /// <param name="mask">A bit for each filter that was left out.</param>
    /// <param name="length">The bytes that the chunk must have.</param>
    /// <param name="elementSize">The bytes of an element.</param>
    /// <exception cref="InvalidDataException">The chunk is damaged.</exception>
    public byte[] Undo(byte[] bytes, uint mask, int length, int elementSize)
    {
        for (int filter = _filters.Count - 1; filter >= 0; filter--)
        {
            if ((mask & (1u << filter)) != 0)
            {
                continue;
            }

            // A checksum before compression adds its bytes to what is compressed.
            int room = length + (_filters[..filter].Exists(earlier => earlier.Id == Fletcher32Id) ? Fletcher32.Size : 0);
            bytes = _filters[filter].Id switch
            {
                DeflateId => Inflate(bytes, room),
                LzfId => Lzf.Decompress(bytes, room),
                Fletcher32Id => Fletcher32.Verified(bytes),
                _ => Unshuffle(bytes, _filters[filter].Values is [uint size, ..] && size is > 0 and <= int.MaxValue ? (int)size : elementSize),
            };
        }

        return bytes.Length == length
            ? bytes
            : throw new InvalidDataException($"A chunk holds {bytes.Length:N0} bytes, and {length:N0} are needed");
    }

    private static byte[] Inflate(byte[] bytes, int room)
    {
        using Stream stream = Deflate.OpenZlib(new MemoryStream(bytes));
        byte[] inflated = new byte[room];
        stream.ReadExactly(inflated);

        // Reading on to the end also verifies the checksum.
        return stream.ReadByte() < 0 ? inflated : throw new InvalidDataException("A chunk holds more than its extents allow");
    }

    // The first bytes of all elements lie together, then the second ones, ...; what is no whole element follows as it is.
    private static byte[] Unshuffle(byte[] bytes, int elementSize)
    {
        int count = bytes.Length / elementSize;
        byte[] elements = new byte[bytes.Length];
        for (int place = 0; place < elementSize && count > 0; place++)
        {
            ReadOnlySpan<byte> plane = bytes.AsSpan(place * count, count);
            for (int element = 0; element < count; element++)
            {
                elements[(element * elementSize) + place] = plane[element];
            }
        }

        bytes.AsSpan(count * elementSize).CopyTo(elements.AsSpan(count * elementSize));
        return elements;
    }
}
