using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Hdf5;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.Mat;

/// <summary>Reads features, labels, cameras and names from the variables of a MAT-file: level 5 (MATLAB's -v6 and -v7) or 7.3.</summary>
internal sealed class MatReader : IFeatureReader
{
    public FeatureFormat Format => FeatureFormat.Mat;

    public IReadOnlyList<string> Extensions { get; } = [".mat"];

    /// <summary>Versions that are not read are recognised too, so that the error can name them.</summary>
    public bool Recognizes(ReadOnlySpan<byte> head) =>
        MatSignature.IsLevel5(head, out _) || MatSignature.IsVersion73(head) || MatSignature.IsNamedMatlab(head) || MatSignature.IsLevel4(head);

    public IReadOnlyList<FeatureTable> Read(string path, FeatureReadOptions options) =>
        ArrayTables.Read(path, MatFile.Format, () => Open(path, options.Compute.CancellationToken), options);

    /// <summary>Opens a file of either version.</summary>
    public static IArrayFile Open(string path, CancellationToken cancellation) => MatSignature.IsVersion73(path)
        ? new Hdf5File(path, MatFile.Format, cancellation)
        : new MatFile(path, cancellation);
}
