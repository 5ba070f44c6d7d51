using System.Buffers.Binary;
using GnnReRank.Fuzz.Seeds;

namespace GnnReRank.Fuzz.Mutations;

/// <summary>Changes one chunk of a PNG file, its length and CRC with it.</summary>
internal sealed class PngContainer : Container
{
    private const int Signature = 8;
    private const int Around = 12;

    public override byte[]? Change(byte[] file, Func<byte[], byte[]> change, Random dice)
    {
        List<(int Start, int Length)> chunks = [];
        for (int at = Signature; at + Around <= file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            chunks.Add((at, length));
            at += Around + length;
        }

        (int start, int size) = chunks[dice.Next(chunks.Count)];
        byte[] body = change(file[(start + 4)..(start + 8 + size)]);
        if (body.Length < 4)
        {
            return null;
        }

        byte[] numbers = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(numbers, body.Length - 4);
        BinaryPrimitives.WriteUInt32BigEndian(numbers.AsSpan(4), MadePng.Crc(body));
        return [.. file[..start], .. numbers[..4], .. body, .. numbers[4..], .. file[(start + Around + size)..]];
    }
}
