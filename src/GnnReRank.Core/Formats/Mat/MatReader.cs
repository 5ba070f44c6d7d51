using GnnReRank.Formats.Arrays;

namespace GnnReRank.Formats.Mat;

/// <summary>Reads features, labels, cameras and names from the variables of a level 5 MAT-file (MATLAB's -v6 and -v7).</summary>
internal sealed class MatReader : IFeatureReader
{
    public FeatureFormat Format => FeatureFormat.Mat;

    public IReadOnlyList<string> Extensions { get; } = [".mat"];

    /// <summary>Versions that are not read are recognised too, so that the error can name them.</summary>
    public bool Recognizes(ReadOnlySpan<byte> head) =>
        MatSignature.IsLevel5(head, out _) || MatSignature.IsVersion73(head) || MatSignature.IsNamedMatlab(head) || MatSignature.IsLevel4(head);

    public IReadOnlyList<FeatureTable> Read(string path, FeatureReadOptions options) =>
        ArrayTables.Read(path, nameof(FeatureFormat.Mat), () => new MatFile(path, options.Compute.CancellationToken), options);
}
