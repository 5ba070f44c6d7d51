using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.Vecs;

/// <summary>Reads features from .fvecs, .bvecs and .ivecs files. They hold nothing else: no labels, cameras or names.</summary>
internal sealed class VecsReader : IFeatureReader
{
    /// <summary>Makes the reader of one of the three formats.</summary>
    public VecsReader(FeatureFormat format)
    {
        Format = format;
        Extensions = [$".{format.ToString().ToLowerInvariant()}"];
    }

    public FeatureFormat Format { get; }

    public IReadOnlyList<string> Extensions { get; }

    public bool HasSignature => false;

    public bool Recognizes(ReadOnlySpan<byte> head) => VecsFormats.LooksLikeRows(head, VecsFormats.TypeOf(Format).Size);

    public IReadOnlyList<FeatureTable> Read(string path, FeatureReadOptions options) => options.Sets is { Count: > 0 }
        ? throw FormatErrors.Unsupported(
            path, $"a {Extensions[0]} file holds one array, so it has no query and gallery sets. Read two files, each with its role, or keep both in one .npz.")
        : ArrayTables.Read(path, Format.ToString(), () => new VecsFile(path, Format), options);
}
