using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.NpyFolder;

/// <summary>Reads a folder with a .npy file for each image; the names are the paths of the files within it.</summary>
internal sealed class NpyFolderReader : IFeatureReader
{
    public FeatureFormat Format => FeatureFormat.NpyFolder;

    /// <summary>A folder is told by what it is, not by its name.</summary>
    public IReadOnlyList<string> Extensions { get; } = [];

    public bool HasSignature => false;

    public bool Recognizes(ReadOnlySpan<byte> head) => false;

    public IReadOnlyList<FeatureTable> Read(string path, FeatureReadOptions options)
    {
        if (!Directory.Exists(path))
        {
            throw new GnnReRankException(
                "PathIsNoDirectory", ErrorKind.InvalidArgument, $"'{path}' is no folder: for {nameof(FeatureFormat.NpyFolder)}, give one with a .npy file for each image.");
        }

        if (options.Sets is { Count: > 0 })
        {
            throw FormatErrors.Unsupported(path, "a folder of .npy files is one matrix, so it has no query and gallery sets. Read two folders, each with its role.");
        }

        int others = 0;
        IReadOnlyList<FeatureTable> tables = ArrayTables.Read(path, nameof(FeatureFormat.NpyFolder), Open, options);
        return others == 0 ? tables : [.. tables.Select(table => table with { Warnings = [.. table.Warnings, Ignored(path, others)] })];

        NpyFolderFile Open()
        {
            NpyFolderFile folder = new(path, options.Compute.CancellationToken);
            others = folder.OtherFileCount;
            return folder;
        }
    }

    private static string Ignored(string path, int others) =>
        $"'{path}': {others:N0} {(others == 1 ? "file is no .npy file and was" : "files are no .npy files and were")} left out.";
}
