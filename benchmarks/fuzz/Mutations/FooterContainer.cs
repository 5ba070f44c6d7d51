using System.Buffers.Binary;

namespace GnnReRank.Fuzz.Mutations;

/// <summary>Changes the footer of a Parquet file, and the footer's length with it.</summary>
internal sealed class FooterContainer : Container
{
    private const int TailLength = 8;

    public override byte[]? Change(byte[] file, Func<byte[], byte[]> change, Random dice)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(file.Length - TailLength));
        int start = file.Length - TailLength - length;
        byte[] footer = change(file[start..^TailLength]);
        byte[] tail = file[^TailLength..];
        BinaryPrimitives.WriteInt32LittleEndian(tail, footer.Length);
        return [.. file[..start], .. footer, .. tail];
    }
}
