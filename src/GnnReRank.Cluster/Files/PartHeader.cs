using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace GnnReRank.Cluster.Files;

/// <summary>
/// The layout of a part file: a mark, where the table is, whose job it is of and the table's hash; the arrays, each from a
/// multiple of 64 bytes on; the table of their names, sizes, places and hashes. The mark is written last. Little-endian.
/// </summary>
internal static class PartHeader
{
    public const int LongestName = 32;
    public const int Alignment = 64;
    private const int EntryBytes = LongestName + (4 * sizeof(long));
    private const int PlaceAt = 8;
    private const int CountAt = 16;
    private const int JobAt = 24;
    private const int JobBytes = 32;
    private const int HashAt = 56;
    private const int MostArrays = 1 << 20;

    private static ReadOnlySpan<byte> Mark => "GNNPART2"u8;

    /// <summary>Writes the table behind the arrays, then the mark that says where it is.</summary>
    public static void Write(Stream stream, IReadOnlyList<PartArray> arrays, string job)
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
            BinaryPrimitives.WriteUInt64LittleEndian(entry[(LongestName + 24)..], arrays[i].Hash);
        }

        stream.Write(table);
        stream.Flush();
        byte[] head = new byte[Alignment];
        Mark.CopyTo(head);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(PlaceAt), place);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(CountAt), arrays.Count);
        Encoding.ASCII.GetBytes(job, head.AsSpan(JobAt, JobBytes));
        BinaryPrimitives.WriteUInt64LittleEndian(head.AsSpan(HashAt), XxHash3.HashToUInt64(table));
        stream.Position = 0;
        stream.Write(head);
    }

    /// <summary>Reads what may be anything.</summary>
    /// <exception cref="GnnReRankException">It is no such file, or was cut short.</exception>
    public static PartArray[] Read(Stream stream, string path, string job)
    {
        byte[] head = new byte[Alignment];
        if (stream.Length < Alignment)
        {
            throw PartErrors.CutShort(path, stream.Length, Alignment);
        }

        stream.ReadExactly(head);
        long place = BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(PlaceAt));
        long count = BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(CountAt));
        if (!head.AsSpan().StartsWith(Mark) || place < Alignment || count is < 0 or > MostArrays)
        {
            throw PartErrors.Broken(path, "its first bytes are others");
        }

        if (Encoding.ASCII.GetString(head, JobAt, JobBytes).TrimEnd('\0') != job)
        {
            throw PartErrors.Broken(path, "it is of another job");
        }

        if (stream.Length < place + (count * EntryBytes))
        {
            throw PartErrors.CutShort(path, stream.Length, place + (count * EntryBytes));
        }

        byte[] table = new byte[count * EntryBytes];
        stream.Position = place;
        stream.ReadExactly(table);
        if (XxHash3.HashToUInt64(table) != BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(HashAt)))
        {
            throw PartErrors.Broken(path, "the table of its arrays has changed");
        }

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
                Encoding.ASCII.GetString(entry[..LongestName]).TrimEnd('\0'), (int)size, values, offset,
                BinaryPrimitives.ReadUInt64LittleEndian(entry[(LongestName + 24)..]));
        }

        return arrays;
    }
}
