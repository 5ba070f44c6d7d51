using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.Safetensors;

/// <summary>Reads features, labels and cameras from the tensors of a safetensors file, and names from its metadata.</summary>
internal sealed class SafetensorsReader : IFeatureReader
{
    public FeatureFormat Format => FeatureFormat.Safetensors;

    public IReadOnlyList<string> Extensions { get; } = [".safetensors"];

    public bool CanMap => true;

    public bool Recognizes(ReadOnlySpan<byte> head) => SafetensorsHeader.IsStart(head);

    public IReadOnlyList<FeatureTable> Read(string path, FeatureReadOptions options) =>
        ArrayTables.Read(path, nameof(FeatureFormat.Safetensors), () => new SafetensorsFile(path, options.Compute.CancellationToken), options);
}
