using System.IO.Hashing;
using System.Text;

namespace GnnReRank.Tests.Formats.Zip;

/// <summary>Puts zip archives together by hand, right or wrong: what the header before a member says, and what the directory says of it.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Content">Its content, not compressed.</param>
internal sealed record ZipBytes(string Name, byte[] Content)
{
    private const uint SaidElsewhere = uint.MaxValue;

    public int Flags { get; init; }

    public int Method { get; init; }

    public uint Checksum { get; init; } = Crc32.HashToUInt32(Content);

    public uint Length { get; init; } = (uint)Content.Length;

    /// <summary>Whether lengths stand in 64 bits among the extra fields, as numpy writes them.</summary>
    public bool HasLongLengths { get; init; }

    /// <summary>The header with the content behind it.</summary>
    public byte[] Header =>
    [
        .. "PK\u0003\u0004"u8, .. Shorts(20, Flags, Method, 0, 0), .. Ints(Checksum, Said, Said),
        .. Shorts(Encoding.UTF8.GetByteCount(Name), Extra.Length), .. Encoding.UTF8.GetBytes(Name), .. Extra, .. Content,
    ];

    private uint Said => HasLongLengths ? SaidElsewhere : Length;

    private byte[] Extra => HasLongLengths ? [.. Shorts(1, 16), .. BitConverter.GetBytes((long)Length), .. BitConverter.GetBytes((long)Length)] : [];

    /// <summary>The directory's entry of a member that lies somewhere.</summary>
    public byte[] Entry(int place) =>
    [
        .. "PK\u0001\u0002"u8, .. Shorts(20, 20, Flags, Method, 0, 0), .. Ints(Checksum, Length, Length), .. Shorts(Encoding.UTF8.GetByteCount(Name), 0, 0, 0, 0),
        .. Ints(0, (uint)place), .. Encoding.UTF8.GetBytes(Name),
    ];

    /// <summary>An archive of members, each as its header says and as the directory says.</summary>
    public static byte[] Archive(params (ZipBytes Header, ZipBytes Entry)[] members)
    {
        List<byte> bytes = [];
        List<byte> directory = [];
        foreach ((ZipBytes header, ZipBytes entry) in members)
        {
            directory.AddRange(entry.Entry(bytes.Count));
            bytes.AddRange(header.Header);
        }

        return [.. bytes, .. directory, .. End(members.Length, directory.Count, bytes.Count)];
    }

    /// <summary>What ends an archive.</summary>
    public static byte[] End(int count, int length, int start) =>
        [.. "PK\u0005\u0006"u8, .. Shorts(0, 0, count, count), .. Ints((uint)length, (uint)start), .. Shorts(0)];

    /// <summary>The other end before the end, as PyTorch writes it in every archive.</summary>
    public static byte[] LongEnd(int count, int length, int start) =>
    [
        .. "PK\u0006\u0006"u8, .. Longs(44), .. Shorts(45, 45), .. Ints(0, 0), .. Longs(count, count, length, start),
        .. "PK\u0006\u0007"u8, .. Ints(0), .. Longs(start + length), .. Ints(1),
    ];

    private static byte[] Shorts(params int[] numbers) => [.. numbers.SelectMany(number => BitConverter.GetBytes((ushort)number))];

    private static byte[] Ints(params uint[] numbers) => [.. numbers.SelectMany(BitConverter.GetBytes)];

    private static byte[] Longs(params long[] numbers) => [.. numbers.SelectMany(BitConverter.GetBytes)];
}
