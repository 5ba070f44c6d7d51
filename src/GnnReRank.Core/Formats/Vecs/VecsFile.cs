using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Vecs;

/// <summary>
/// A .fvecs, .bvecs or .ivecs file (TEXMEX, faiss): row after row, each the number of its values as a 32-bit integer and then the
/// values; all little-endian, and the same number in every row.
/// </summary>
internal sealed class VecsFile : IArrayFile
{
    /// <summary>The name by which the features are found; the file itself has none.</summary>
    public const string FeaturesName = "features";

    private readonly NumericArray _features;

    /// <exception cref="GnnReRankException">The first row has no dimension that makes sense, or the file does not hold whole rows of it.</exception>
    public VecsFile(string path, FeatureFormat format)
    {
        Path = path;
        ArrayElementType type = VecsFormats.TypeOf(format);
        using FileStream file = InputFile.OpenRead(path);
        int dimension = VecsFormats.ReadDimension(file);
        long rowBytes = sizeof(int) + ((long)dimension * type.Size);
        if (dimension < 1)
        {
            throw FormatErrors.Corrupt(path, format.ToString(), $"its first row claims {dimension:N0} values, and at least one is needed.");
        }

        if (file.Length % rowBytes != 0)
        {
            throw FormatErrors.Corrupt(
                path, format.ToString(),
                $"its first row claims {dimension:N0} values of type {type}, so that each row takes {rowBytes:N0} bytes, and {file.Length:N0} bytes are no whole rows. " +
                "It is cut short, or of another format.");
        }

        _features = new NumericArray
        {
            Path = path,
            Format = format.ToString(),
            Name = string.Empty,
            Shape = [file.Length / rowBytes, dimension],
            Type = type,
            IsColumnMajor = false,
            Open = () => new VecsStream(path, dimension, type.Size),
        };
    }

    public string Path { get; }

    public IReadOnlyList<string> Names { get; } = [FeaturesName];

    public NumericArray Numbers(string name) => _features;

    /// <exception cref="GnnReRankException">Always: the format has no text.</exception>
    public TextArray Text(string name) => throw FormatErrors.Unsupported(Path, "the file holds numbers alone, and text is needed.");

    /// <summary>Nothing is held open.</summary>
    public void Dispose()
    {
    }
}
