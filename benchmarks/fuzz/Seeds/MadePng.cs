using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace GnnReRank.Fuzz.Seeds;

/// <summary>Writes PNG files of grey pixels with chunks of one's choice.</summary>
internal static class MadePng
{
    private static readonly byte[] s_signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Of(int width, int height, IEnumerable<(string Name, byte[] Content)> before)
    {
        using MemoryStream file = new();
        file.Write(s_signature);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        Chunk(file, "IHDR", header);
        foreach ((string name, byte[] content) in before)
        {
            Chunk(file, name, content);
        }

        byte[] rows = new byte[(width + 1) * height];
        for (int at = 0; at < rows.Length; at++)
        {
            rows[at] = at % (width + 1) == 0 ? (byte)0 : (byte)(at * 7);
        }

        Chunk(file, "IDAT", Deflated(rows));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    public static byte[] Deflated(byte[] content)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Fastest))
        {
            zlib.Write(content);
        }

        return packed.ToArray();
    }

    public static uint Crc(ReadOnlySpan<byte> nameAndContent) => Crc32.HashToUInt32(nameAndContent);

    private static void Chunk(Stream file, string name, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. content];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        file.Write(number);
    }
}
