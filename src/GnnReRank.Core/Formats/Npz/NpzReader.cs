using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.Npz;

/// <summary>Reads features, labels, cameras and names from the arrays of a .npz archive.</summary>
internal sealed class NpzReader : IFeatureReader
{
    public FeatureFormat Format => FeatureFormat.Npz;

    public IReadOnlyList<string> Extensions { get; } = [".npz"];

    public bool CanMap => true;

    /// <summary>A zip archive starts with its first entry, or with its directory where it has no entry.</summary>
    public bool Recognizes(ReadOnlySpan<byte> head) =>
        head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8);

    public IReadOnlyList<FeatureTable> Read(string path, FeatureReadOptions options) =>
        ArrayTables.Read(path, nameof(FeatureFormat.Npz), () => Open(path, options), options);

    private static IArrayFile Open(string path, FeatureReadOptions options)
    {
        NpzFile file = new(path, options);
        try
        {
            return NpzObjects.Expanded(file, options);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
