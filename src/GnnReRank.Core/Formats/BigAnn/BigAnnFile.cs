using System.Buffers.Binary;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.BigAnn;

/// <summary>
/// A .fbin, .f16bin, .ibin, .u8bin or .i8bin file (big-ann-benchmarks, DiskANN, cuVS): the number of rows and of values a row as 32-bit
/// integers without sign, and then the rows; all little-endian. Ground truth (.ibin) may have as many float32 distances behind.
/// </summary>
internal sealed class BigAnnFile : IArrayFile
{
    /// <summary>The name by which the features are found; the file itself has none.</summary>
    public const string FeaturesName = "features";

    private readonly ArrayElementType _type;
    private readonly string _format;

    /// <exception cref="GnnReRankException">The file does not hold what its first eight bytes claim.</exception>
    public BigAnnFile(string path, FeatureFormat format)
    {
        Path = path;
        _format = format.ToString();
        _type = BigAnnFormats.TypeOf(format);
        using FileStream file = InputFile.OpenRead(path);
        byte[] header = new byte[BigAnnFormats.HeaderLength];
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
        {
            throw FormatErrors.Corrupt(path, _format, $"it has {file.Length:N0} bytes, and the numbers of rows and columns take {header.Length}.");
        }

        uint rows = BinaryPrimitives.ReadUInt32LittleEndian(header);
        uint columns = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(sizeof(uint)));
        UInt128 values = (UInt128)rows * columns;
        HasDistances = format == FeatureFormat.Ibin && LengthOf(values, _type.Size + sizeof(float)) == (UInt128)file.Length;
        if (!HasDistances && LengthOf(values, _type.Size) != (UInt128)file.Length)
        {
            throw FormatErrors.Corrupt(
                path, _format,
                $"its first eight bytes claim {rows:N0} x {columns:N0} values of type {_type}, which take {LengthOf(values, _type.Size):N0} bytes with them, and the file has {file.Length:N0}. " +
                "It is cut short, or of another format.");
        }

        Shape = [rows, columns];
    }

    public string Path { get; }

    public IReadOnlyList<string> Names { get; } = [FeaturesName];

    /// <summary>Rows and columns.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Whether distances of the same shape follow the values.</summary>
    public bool HasDistances { get; }

    public NumericArray Numbers(string name) => At(BigAnnFormats.HeaderLength, _type);

    /// <summary>The distances behind the values.</summary>
    public NumericArray Distances() => At(
        BigAnnFormats.HeaderLength + (Shape[0] * Shape[1] * _type.Size), new ArrayElementType(ElementKind.FloatingPoint, sizeof(float), IsBigEndian: false));

    /// <exception cref="GnnReRankException">Always: the format has no text.</exception>
    public TextArray Text(string name) => throw FormatErrors.Unsupported(Path, "the file holds numbers alone, and text is needed.");

    /// <summary>Nothing is held open.</summary>
    public void Dispose()
    {
    }

    private static UInt128 LengthOf(UInt128 values, int size) => BigAnnFormats.HeaderLength + (values * (UInt128)size);

    private NumericArray At(long start, ArrayElementType type) => new()
    {
        Path = Path,
        Format = _format,
        Name = string.Empty,
        Shape = Shape,
        Type = type,
        IsColumnMajor = false,
        Open = () => Opened(start, Shape[0] * Shape[1] * type.Size),
        Locate = () => start,
    };

    private BoundedStream Opened(long start, long length)
    {
        FileStream file = InputFile.OpenRead(Path);
        file.Position = start;
        return new BoundedStream(file, length);
    }
}
