using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.BigAnn;

/// <summary>Reads features from the files of the big-ann benchmarks. They hold nothing else: no labels, cameras or names.</summary>
internal sealed class BigAnnReader : IFeatureReader
{
    /// <summary>Makes the reader of one of the formats.</summary>
    public BigAnnReader(FeatureFormat format)
    {
        Format = format;
        Extensions = [$".{format.ToString().ToLowerInvariant()}"];
    }

    public FeatureFormat Format { get; }

    public IReadOnlyList<string> Extensions { get; }

    public bool CanMap => Format is FeatureFormat.Fbin or FeatureFormat.F16bin;

    public bool HasSignature => false;

    public bool Recognizes(ReadOnlySpan<byte> head) => head.Length >= BigAnnFormats.HeaderLength;

    public IReadOnlyList<FeatureTable> Read(string path, FeatureReadOptions options) => options.Sets is { Count: > 0 }
        ? throw FormatErrors.Unsupported(
            path, $"a {Extensions[0]} file holds one array, so it has no query and gallery sets. Read two files, each with its role, or keep both in one .npz.")
        : ArrayTables.Read(path, Format.ToString(), () => Opened(path), options);

    private BigAnnFile Opened(string path)
    {
        BigAnnFile file = new(path, Format);
        return file.HasDistances
            ? throw FormatErrors.Unsupported(path, "it holds neighbours with their distances behind them, which are no features. Import-NeighborGraph reads it where they are those of all rows.")
            : file;
    }
}
