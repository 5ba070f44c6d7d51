using System.Buffers.Binary;
using System.Text;

namespace GnnReRank.Indexing.Files;

/// <summary>What lies where in an index file, and the checksum of each block.</summary>
/// <remarks>
/// Rows, values a row, places of a list, sections (int64); for each section its name (44 bytes of ASCII, zeros behind
/// it), bytes of a value (int32), values and offset (int64); then 16 bytes a block, section by section.
/// </remarks>
internal sealed class IndexDirectory
{
    public const int NameBytes = 44;

    private const int HeadBytes = 4 * sizeof(long);
    private const int SectionBytes = NameBytes + sizeof(int) + (2 * sizeof(long));

    private readonly Dictionary<string, IndexSection> _byName;
    private readonly byte[] _hashes;

    /// <param name="rowCount">The number of rows.</param>
    /// <param name="dimension">The number of values a row.</param>
    /// <param name="listWidth">The places of a list.</param>
    /// <param name="sections">The sections, in their order in the file.</param>
    /// <param name="hashes">A checksum a block.</param>
    public IndexDirectory(long rowCount, long dimension, long listWidth, IReadOnlyList<IndexSection> sections, byte[] hashes)
    {
        (RowCount, Dimension, ListPlaces, Sections, _hashes) = (rowCount, dimension, listWidth, sections, hashes);
        _byName = sections.ToDictionary(section => section.Name);
    }

    public long RowCount { get; }

    public long Dimension { get; }

    public long ListPlaces { get; }

    public IReadOnlyList<IndexSection> Sections { get; }

    /// <summary>The section of a name; null where there is none.</summary>
    public IndexSection? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The checksum of a section's block.</summary>
    public ReadOnlySpan<byte> HashOf(IndexSection section, int block) =>
        _hashes.AsSpan(checked((int)((section.FirstBlock + block) * IndexLayout.HashBytes)), IndexLayout.HashBytes);

    /// <summary>The most bytes that the directory of a file can take.</summary>
    public static long MostBytes(long fileLength) => HeadBytes + (IndexLayout.MostSections * SectionBytes) +
        (((fileLength / IndexLayout.BlockBytes) + IndexLayout.MostSections) * IndexLayout.HashBytes);

    public byte[] ToBytes()
    {
        byte[] bytes = new byte[HeadBytes + (Sections.Count * SectionBytes) + _hashes.Length];
        long[] head = [RowCount, Dimension, ListPlaces, Sections.Count];
        for (int i = 0; i < head.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), head[i]);
        }

        Span<byte> entry = bytes.AsSpan(HeadBytes);
        foreach (IndexSection section in Sections)
        {
            Encoding.ASCII.GetBytes(section.Name, entry);
            BinaryPrimitives.WriteInt32LittleEndian(entry[NameBytes..], section.ElementSize);
            BinaryPrimitives.WriteInt64LittleEndian(entry[(NameBytes + sizeof(int))..], section.Count);
            BinaryPrimitives.WriteInt64LittleEndian(entry[(NameBytes + sizeof(int) + sizeof(long))..], section.Offset);
            entry = entry[SectionBytes..];
        }

        _hashes.CopyTo(entry);
        return bytes;
    }

    /// <summary>Reads a directory, which may say anything.</summary>
    /// <param name="bytes">The directory.</param>
    /// <param name="offset">Where it lies in the file: behind the sections.</param>
    /// <param name="fault">What is wrong with it, as a sentence that begins with "its".</param>
    /// <returns>The directory; null where it cannot be one.</returns>
    public static IndexDirectory? Read(ReadOnlySpan<byte> bytes, long offset, out string fault)
    {
        fault = $"its directory of {bytes.Length:N0} bytes is too short for what it announces";
        long count = bytes.Length < HeadBytes ? -1 : BinaryPrimitives.ReadInt64LittleEndian(bytes[(3 * sizeof(long))..]);
        if (count is < 1 or > IndexLayout.MostSections || bytes.Length < HeadBytes + (count * SectionBytes))
        {
            return null;
        }

        List<IndexSection> sections = [];
        long end = IndexLayout.PageBytes;
        long blocks = 0;
        for (int place = 0; place < count; place++)
        {
            ReadOnlySpan<byte> entry = bytes.Slice(HeadBytes + (place * SectionBytes), SectionBytes);
            if (ReadSection(entry, end, blocks, offset, out fault) is not IndexSection section)
            {
                return null;
            }

            if (sections.Exists(before => before.Name == section.Name))
            {
                fault = $"its section '{section.Name}' is there twice";
                return null;
            }

            sections.Add(section);
            end = section.End;
            blocks += section.BlockCount;
        }

        ReadOnlySpan<byte> hashes = bytes[(HeadBytes + ((int)count * SectionBytes))..];
        if (end != offset || hashes.Length != blocks * IndexLayout.HashBytes)
        {
            fault = $"its sections end at byte {end:N0} with {hashes.Length:N0} bytes of checksums; they should end at byte " +
                $"{offset:N0} with {blocks * IndexLayout.HashBytes:N0}";
            return null;
        }

        return new IndexDirectory(
            BinaryPrimitives.ReadInt64LittleEndian(bytes),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[sizeof(long)..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[(2 * sizeof(long))..]),
            sections, hashes.ToArray());
    }

    private static IndexSection? ReadSection(ReadOnlySpan<byte> entry, long start, long blocks, long limit, out string fault)
    {
        string name = Encoding.Latin1.GetString(entry[..NameBytes]).TrimEnd('\0');
        int size = BinaryPrimitives.ReadInt32LittleEndian(entry[NameBytes..]);
        long count = BinaryPrimitives.ReadInt64LittleEndian(entry[(NameBytes + sizeof(int))..]);
        long offset = BinaryPrimitives.ReadInt64LittleEndian(entry[(NameBytes + sizeof(int) + sizeof(long))..]);
        fault = string.Empty;
        if (!SectionNames.IsKnown(name))
        {
            fault = $"its section '{name}' is none that this version knows";
        }
        else if (size < 1 || count < 0 || count > (limit - start) / size)
        {
            fault = $"its section '{name}' announces {count:N0} values of {size:N0} bytes, and {limit - start:N0} bytes are there";
        }
        else if (offset != start)
        {
            fault = $"its section '{name}' is said to begin at byte {offset:N0}, and the one before ends at byte {start:N0}";
        }

        return fault.Length > 0 ? null : new IndexSection(name, size, count, offset, blocks);
    }
}
