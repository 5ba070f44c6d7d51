using System.Buffers.Binary;
using System.IO.Compression;
using GnnReRank.Fuzz.Seeds;

namespace GnnReRank.Fuzz.Mutations;

/// <summary>Changes one compressed element of a MATLAB 5 file, and packs it again with a checksum that fits.</summary>
internal sealed class MatContainer : Container
{
    private const int HeaderLength = 128;
    private const int TagLength = 8;
    private const int Compressed = 15;

    public override byte[]? Change(byte[] file, Func<byte[], byte[]> change, Random dice)
    {
        if (file[126] != (byte)'I')
        {
            return null;
        }

        List<(int Start, int Length)> packed = [];
        for (int at = HeaderLength; at + TagLength <= file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 4));
            if (BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at)) == Compressed)
            {
                packed.Add((at, length));
            }

            at += TagLength + length;
        }

        if (packed.Count == 0)
        {
            return null;
        }

        (int start, int size) = packed[dice.Next(packed.Count)];
        using ZLibStream source = new(new MemoryStream(file, start + TagLength, size), CompressionMode.Decompress);
        using MemoryStream content = new();
        source.CopyTo(content);
        byte[] again = MadePng.Deflated(change(content.ToArray()));
        byte[] tag = file[start..(start + TagLength)];
        BinaryPrimitives.WriteInt32LittleEndian(tag.AsSpan(4), again.Length);
        return [.. file[..start], .. tag, .. again, .. file[(start + TagLength + size)..]];
    }
}
