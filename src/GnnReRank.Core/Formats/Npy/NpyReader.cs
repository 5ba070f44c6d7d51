using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Pickled;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.Npy;

/// <summary>
/// Reads features from a .npy file. It holds nothing else, no labels, cameras or names, unless it is an array of Python objects: that is
/// a pickle, and read as such.
/// </summary>
internal sealed class NpyReader : IFeatureReader
{
    public FeatureFormat Format => FeatureFormat.Npy;

    public IReadOnlyList<string> Extensions { get; } = [".npy"];

    public bool CanMap => true;

    public bool Recognizes(ReadOnlySpan<byte> head) => head.StartsWith(NpyHeader.Magic);

    public IReadOnlyList<FeatureTable> Read(string path, FeatureReadOptions options)
    {
        if (NpyFile.HoldsObjects(path))
        {
            return ArrayTables.Read(path, nameof(FeatureFormat.Npy), () => OpenObjects(path, options), options);
        }

        if (options.Sets is { Count: > 0 })
        {
            throw FormatErrors.Unsupported(
                path, "a .npy file holds one array, so it has no query and gallery sets. Read two files, each with its role, or keep both in one .npz.");
        }

        string? named = options.FeatureColumns?.FirstOrDefault() ?? options.LabelColumn ?? options.CameraColumn ?? options.NameColumn;
        if (named is not null)
        {
            throw FormatErrors.ColumnNotFound(
                path, $"array '{named}': a .npy file is one array of features without a name (a .npz holds labels, cameras and names too)", []);
        }

        return [NpyFile.Read(path, array => Table(array, options))];
    }

    private static PickledArrays OpenObjects(string path, FeatureReadOptions options) =>
        PickledArrays.Of(NpyFile.Open(path, options).Objects(), nameof(FeatureFormat.Npy), options);

    private static FeatureTable Table(NumericArray array, FeatureReadOptions options)
    {
        (int rows, int columns) = ArrayTables.MatrixShape(array, options.MemoryMapped || options.IsSelective);
        ArrayMetadata nothing = new(rows, []);
        return ArrayTables.Table(array, nothing, columns, FeatureRole.None, options);
    }
}
