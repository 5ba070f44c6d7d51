using System.Text;
using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.Npy;

/// <summary>Writes arrays byte for byte as numpy does: version 1.0, C order, the data aligned to 64 bytes.</summary>
internal static class NpyEncoder
{
    private const int Alignment = 64;

    /// <summary>Bytes before the dict: magic, version and a 16-bit length.</summary>
    private const int PrefixLength = 10;

    /// <summary>Writes what comes before the elements.</summary>
    /// <param name="stream">Where it goes.</param>
    /// <param name="descriptor">The numpy type of the elements.</param>
    /// <param name="shape">The array's extents.</param>
    /// <param name="comment">Put behind the dict as a comment of Python, which numpy passes over; nothing by default.</param>
    public static void WriteHeader(Stream stream, string descriptor, ReadOnlySpan<int> shape, string? comment = null)
    {
        StringBuilder text = new($"{{'descr': '{descriptor}', 'fortran_order': False, 'shape': (");
        for (int axis = 0; axis < shape.Length; axis++)
        {
            text.Append(axis == 0 ? string.Empty : " ").Append(shape[axis]).Append(axis < shape.Length - 1 || shape.Length == 1 ? "," : string.Empty);
        }

        text.Append("), }").Append(comment is null ? null : $" # {comment}");
        int unpadded = PrefixLength + text.Length + 1;
        text.Append(' ', (Alignment - (unpadded % Alignment)) % Alignment).Append('\n');
        stream.Write(NpyHeader.Magic);
        stream.Write([1, 0, (byte)text.Length, (byte)(text.Length >> 8)]);
        stream.Write(Encoding.Latin1.GetBytes(text.ToString()));
    }

    /// <summary>Writes an array of numbers.</summary>
    /// <param name="stream">Where it goes.</param>
    /// <param name="descriptor">The little-endian numpy type of T.</param>
    /// <param name="shape">Its extents.</param>
    /// <param name="values">The elements in C order.</param>
    /// <param name="cancellation">Checked between blocks.</param>
    public static void Write<T>(
        Stream stream, string descriptor, ReadOnlySpan<int> shape, ReadOnlySpan<T> values, CancellationToken cancellation)
        where T : unmanaged
    {
        WriteHeader(stream, descriptor, shape);
        ArrayBytes.Write(stream, values, cancellation);
    }

    /// <summary>Writes the features of a matrix in their stored precision.</summary>
    public static void Write(Stream stream, FeatureMatrix matrix, CancellationToken cancellation)
    {
        string descriptor = matrix.ElementType == FeatureElementType.Float16 ? "<f2" : "<f4";
        WriteHeader(stream, descriptor, [matrix.RowCount, matrix.Dimension]);
        ArrayBytes.Write(stream, matrix, cancellation);
    }

    /// <summary>Writes a list of strings, each as wide as the longest, in UTF-32.</summary>
    public static void Write(Stream stream, ReadOnlySpan<string> strings, CancellationToken cancellation)
    {
        UTF32Encoding encoding = new(bigEndian: false, byteOrderMark: false);
        int size = NpyDescriptor.CharacterSize;
        foreach (string text in strings)
        {
            size = Math.Max(size, encoding.GetByteCount(text));
        }

        WriteHeader(stream, $"<U{size / NpyDescriptor.CharacterSize}", [strings.Length]);
        byte[] bytes = new byte[size];
        foreach (string text in strings)
        {
            cancellation.ThrowIfCancellationRequested();
            bytes.AsSpan(encoding.GetBytes(text, bytes)).Clear();
            stream.Write(bytes);
        }
    }
}
