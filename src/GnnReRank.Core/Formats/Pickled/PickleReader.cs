using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.Pickled;

/// <summary>Reads features, labels, cameras and names from what Python pickled, as pickle.dump or torch.save write it.</summary>
internal sealed class PickleReader : IFeatureReader
{
    /// <param name="format">The format that names these endings.</param>
    /// <param name="extensions">Its endings.</param>
    public PickleReader(FeatureFormat format, params string[] extensions)
    {
        Format = format;
        Extensions = extensions;
    }

    public FeatureFormat Format { get; }

    public IReadOnlyList<string> Extensions { get; }

    public bool Recognizes(ReadOnlySpan<byte> head) => PickleContent.Recognizes(head);

    public IReadOnlyList<FeatureTable> Read(string path, FeatureReadOptions options) => ArrayTables.Read(
        path, Format.ToString(), () => PickledArrays.Open(path, Format.ToString(), options), options);
}
