using System.Buffers.Binary;
using System.IO.Hashing;

namespace GnnReRank.Indexing.Files;

/// <summary>How an index file is laid out: a first page, sections of values, and a directory of them at the end.</summary>
internal static class IndexLayout
{
    public const string Format = "index";
    public const int Version = 1;

    /// <summary>The bytes of the first page, behind which the features begin: a page of the system, so that they can be mapped.</summary>
    public const int PageBytes = 4096;

    /// <summary>Sections begin at multiples of this.</summary>
    public const int Alignment = 64;

    /// <summary>The most bytes that have one checksum.</summary>
    public const int BlockBytes = 1 << 20;

    public const int HashBytes = 16;

    /// <summary>Sections of a file, and more than one ever has.</summary>
    public const int MostSections = 64;

    // "GRRINDEX", the version (int32), 4 zeros, the file's length, the directory's offset and length (int64), its
    // checksum, and who wrote the file; zeros; at the page's end the checksum of all that.
    private const int VersionAt = 8;
    private const int LengthAt = 16;
    private const int DirectoryAt = 24;
    private const int DirectoryLengthAt = 32;
    private const int DirectoryHashAt = 40;
    private const int WriterAt = DirectoryHashAt + HashBytes;
    private const int WriterBytes = 64;
    private const int PageHashAt = PageBytes - HashBytes;

    public static ReadOnlySpan<byte> Magic => "GRRINDEX"u8;

    /// <summary>A length with the zeros behind it that bring the next section to its place.</summary>
    public static long Padded(long length) => (length + Alignment - 1) / Alignment * Alignment;

    /// <summary>The first page of a file.</summary>
    /// <param name="directoryAt">Where the directory begins; it ends the file.</param>
    /// <param name="directory">The directory.</param>
    public static byte[] FirstPage(long directoryAt, ReadOnlySpan<byte> directory)
    {
        byte[] page = new byte[PageBytes];
        Magic.CopyTo(page);
        BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(VersionAt), Version);
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(LengthAt), directoryAt + directory.Length);
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(DirectoryAt), directoryAt);
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(DirectoryLengthAt), directory.Length);
        XxHash128.Hash(directory, page.AsSpan(DirectoryHashAt));
        string writer = $"GnnReRank {typeof(IndexLayout).Assembly.GetName().Version?.ToString(fieldCount: 3)}";
        System.Text.Encoding.ASCII.GetBytes(writer, page.AsSpan(WriterAt, WriterBytes));
        XxHash128.Hash(page.AsSpan(0, PageHashAt), page.AsSpan(PageHashAt));
        return page;
    }

    /// <summary>Whether a page is as it was written.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> page) =>
        XxHash128.Hash(page[..PageHashAt]).AsSpan().SequenceEqual(page[PageHashAt..]);

    public static int VersionOf(ReadOnlySpan<byte> page) => BinaryPrimitives.ReadInt32LittleEndian(page[VersionAt..]);

    public static string WriterOf(ReadOnlySpan<byte> page) =>
        System.Text.Encoding.ASCII.GetString(page.Slice(WriterAt, WriterBytes)).TrimEnd('\0');

    public static long LengthOf(ReadOnlySpan<byte> page) => BinaryPrimitives.ReadInt64LittleEndian(page[LengthAt..]);

    /// <summary>Where the directory begins, how long it is, and its checksum.</summary>
    public static (long Offset, long Length, byte[] Hash) DirectoryOf(ReadOnlySpan<byte> page) => (
        BinaryPrimitives.ReadInt64LittleEndian(page[DirectoryAt..]),
        BinaryPrimitives.ReadInt64LittleEndian(page[DirectoryLengthAt..]),
        page.Slice(DirectoryHashAt, HashBytes).ToArray());
}
