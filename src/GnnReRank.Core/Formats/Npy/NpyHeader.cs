using System.Buffers.Binary;
using System.Text;

namespace GnnReRank.Formats.Npy;

/// <summary>The header of a .npy array: magic, version, and the text of a Python dict that says type, order and shape.</summary>
/// <param name="Descriptor">The element type as numpy writes it: "&lt;f4", "|O", ...; null for a structured type.</param>
/// <param name="IsColumnMajor">Whether the elements lie in Fortran order.</param>
/// <param name="Shape">The extents claimed.</param>
/// <param name="Length">The bytes of the header: the data starts there.</param>
/// <param name="Comment">What stands behind the dict after a #; null where nothing does.</param>
internal sealed record NpyHeader(string? Descriptor, bool IsColumnMajor, IReadOnlyList<long> Shape, int Length, string? Comment)
{
    // The limit numpy itself sets on the dict's text before it hands it to a parser.
    private const int LongestDictionary = 10_000;

    private const int VersionEnd = 8;

    /// <summary>The first bytes of every .npy array.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads the header from the start of an array.</summary>
    /// <exception cref="InvalidDataException">It breaks the format.</exception>
    /// <exception cref="EndOfStreamException">The stream ends within it.</exception>
    public static NpyHeader Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[VersionEnd];
        stream.ReadExactly(start);
        if (!start.StartsWith(Magic))
        {
            throw new InvalidDataException("It does not start with the mark of a numpy array.");
        }

        int version = start[Magic.Length];
        if (version is < 1 or > 3 || start[Magic.Length + 1] != 0)
        {
            throw new InvalidDataException($"Version {version}.{start[Magic.Length + 1]} is unknown; 1.0, 2.0 and 3.0 are read.");
        }

        Span<byte> sizeBytes = stackalloc byte[sizeof(uint)];
        sizeBytes.Clear();
        int sizeLength = version == 1 ? sizeof(ushort) : sizeof(uint);
        stream.ReadExactly(sizeBytes[..sizeLength]);
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(sizeBytes);
        if (size > LongestDictionary)
        {
            throw new InvalidDataException($"A header of {size:N0} bytes is claimed; at most {LongestDictionary:N0} are accepted.");
        }

        byte[] text = new byte[size];
        stream.ReadExactly(text);
        string dictionary = version == 3 ? Encoding.UTF8.GetString(text) : Encoding.Latin1.GetString(text);
        NpyDictionary parser = new(dictionary);
        (string? descriptor, bool isColumnMajor, IReadOnlyList<long> shape) = parser.Parse();
        return new NpyHeader(descriptor, isColumnMajor, shape, VersionEnd + sizeLength + text.Length, parser.Comment);
    }
}
