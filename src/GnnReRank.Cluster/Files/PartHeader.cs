using System.Buffers.Binary;
using System.Text;

namespace GnnReRank.Cluster.Files;

/// <summary>
/// The layout of a part file: a mark, where the table is, the arrays, each from a multiple of 64 bytes on, and the table
/// of their names, sizes and places. The mark is written last. Little-endian.
/// </summary>
internal static class PartHeader
{
    public const int LongestName = 32;
    public const int Alignment = 64;
    private const int EntryBytes = LongestName + (3 * sizeof(long));
    private const int MostArrays = 1 << 20;

    private static ReadOnlySpan<byte> Mark => "GNNPART1"u8;

    /// <summary>Writes the table behind the arrays, then the mark that says where it is.</summary>
    public static void Write(Stream stream, IReadOnlyList<PartArray> arrays)
    {
        long place = stream.Position;
        byte[] table = new byte[arrays.Count * EntryBytes];
        for (int i = 0; i < arrays.Count; i++)
        {
            Span<byte> entry = table.AsSpan(i * EntryBytes, EntryBytes);
            Encoding.ASCII.GetBytes(arrays[i].Name, entry);
            BinaryPrimitives.WriteInt64LittleEndian(entry[LongestName..], arrays[i].ElementSize);
            BinaryPrimitives.WriteInt64LittleEndian(entry[(LongestName + 8)..], arrays[i].Count);
            BinaryPrimitives.WriteInt64LittleEndian(entry[(LongestName + 16)..], arrays[i].Offset);
        }

        stream.Write(table);
        stream.Flush();
        byte[] head = new byte[Alignment];
        Mark.CopyTo(head);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(8), place);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(16), arrays.Count);
        stream.Position = 0;
        stream.Write(head);
    }

    /// <summary>Reads what may be anything.</summary>
    /// <exception cref="GnnReRankException">It is no such file, or was cut short.</exception>
    public static PartArray[] Read(Stream stream, string path)
    {
        byte[] head = new byte[Alignment];
        if (stream.Length < Alignment)
        {
            throw PartErrors.CutShort(path, stream.Length, Alignment);
        }

        stream.ReadExactly(head);
        long place = BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(8));
        long count = BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(16));
        if (!head.AsSpan().StartsWith(Mark) || place < Alignment || count is < 0 or > MostArrays)
        {
            throw PartErrors.Broken(path, "its first bytes are others");
        }

        if (stream.Length < place + (count * EntryBytes))
        {
            throw PartErrors.CutShort(path, stream.Length, place + (count * EntryBytes));
        }

        byte[] table = new byte[count * EntryBytes];
        stream.Position = place;
        stream.ReadExactly(table);
        PartArray[] arrays = new PartArray[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = table.AsSpan(i * EntryBytes, EntryBytes);
            long size = BinaryPrimitives.ReadInt64LittleEndian(entry[LongestName..]);
            long values = BinaryPrimitives.ReadInt64LittleEndian(entry[(LongestName + 8)..]);
            long offset = BinaryPrimitives.ReadInt64LittleEndian(entry[(LongestName + 16)..]);
            if (size is < 1 or > 8 || values < 0 || values > place || offset < Alignment || offset % Alignment != 0 ||
                offset > place - (values * size))
            {
                throw PartErrors.Broken(path, $"the place of its array {i} is wrong");
            }

            arrays[i] = new PartArray(
                Encoding.ASCII.GetString(entry[..LongestName]).TrimEnd('\0'), (int)size, values, offset);
        }

        return arrays;
    }
}
