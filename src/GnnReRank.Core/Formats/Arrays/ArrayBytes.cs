using System.Runtime.InteropServices;

namespace GnnReRank.Formats.Arrays;

/// <summary>Writes the elements of arrays as they lie in memory, a block at a time.</summary>
internal static class ArrayBytes
{
    private const int BlockElements = 1 << 18;
    private const int BlockBytes = 1 << 20;

    /// <summary>Writes numbers.</summary>
    /// <param name="stream">Where they go.</param>
    /// <param name="values">The elements in C order.</param>
    /// <param name="cancellation">Checked between blocks.</param>
    public static void Write<T>(Stream stream, ReadOnlySpan<T> values, CancellationToken cancellation)
        where T : unmanaged
    {
        while (values.Length > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(BlockElements, values.Length);
            stream.Write(MemoryMarshal.AsBytes(values[..count]));
            values = values[count..];
        }
    }

    /// <summary>Writes the features of a matrix in their stored precision.</summary>
    public static void Write(Stream stream, FeatureMatrix matrix, CancellationToken cancellation)
    {
        long length = matrix.Storage.ByteCount;
        byte[] block = new byte[Math.Min(BlockBytes, length)];
        for (long offset = 0; offset < length; offset += block.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<byte> part = block.AsSpan(0, (int)Math.Min(block.Length, length - offset));
            matrix.Storage.CopyBytes(offset, part);
            stream.Write(part);
        }
    }
}
