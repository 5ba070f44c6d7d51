using System.Buffers.Binary;

namespace GnnReRank.Fuzz.Mutations;

/// <summary>Changes the text that heads a file, as a text, and the length that stands before it.</summary>
/// <param name="layout">Where the length stands and how wide it is.</param>
internal sealed class HeaderContainer((int At, int Size) layout) : Container
{
    public static readonly (int At, int Size) Npy = (8, 2);
    public static readonly (int At, int Size) Safetensors = (0, 8);

    public override byte[]? Change(byte[] file, Func<byte[], byte[]> change, Random dice)
    {
        int start = layout.At + layout.Size;
        int length = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(layout.At));
        if (start + length > file.Length || layout == Npy && file[6] > 1)
        {
            return null;
        }

        byte[] header = dice.Next(3) > 0 ? Texts.Change(file[start..(start + length)], dice) : change(file[start..(start + length)]);
        byte[] head = file[..start];
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(layout.At), (ushort)header.Length);
        return [.. head, .. header, .. file[(start + length)..]];
    }
}
