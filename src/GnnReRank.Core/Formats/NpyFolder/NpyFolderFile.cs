using System.IO.Enumeration;
using GnnReRank.Formats.Arrays;
using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.NpyFolder;

/// <summary>A folder of .npy files, at any depth: a vector each, in the ordinal order of their relative paths.</summary>
internal sealed class NpyFolderFile : IArrayFile
{
    private const string Ending = ".npy";
    private const string FeaturesName = "features";
    private const string NamesName = "names";

    private readonly string[] _files;
    private readonly NpyVector _first;
    private readonly CancellationToken _cancellation;

    /// <exception cref="GnnReRankException">The folder has no .npy file, or the first holds no vector.</exception>
    public NpyFolderFile(string path, CancellationToken cancellation)
    {
        Path = path;
        _cancellation = cancellation;
        List<string> files = [];
        foreach (string file in Enumerate(path))
        {
            cancellation.ThrowIfCancellationRequested();
            if (file.EndsWith(Ending, StringComparison.OrdinalIgnoreCase))
            {
                files.Add(System.IO.Path.GetRelativePath(path, file).Replace('\\', '/'));
            }
            else
            {
                OtherFileCount++;
            }
        }

        if (files.Count == 0)
        {
            throw new GnnReRankException(
                "NoNpyFiles", ErrorKind.NotFound,
                $"'{path}' is a folder without .npy files: a folder of features has one for each image. Otherwise give the path of a file, or a wildcard such as '*.parquet' in the folder.");
        }

        files.Sort(StringComparer.Ordinal);
        _files = [.. files];
        _first = NpyVector.Read(FullPath(0));
    }

    public string Path { get; }

    /// <summary>The number of files that are no .npy files.</summary>
    public int OtherFileCount { get; }

    public IReadOnlyList<string> Names { get; } = [FeaturesName, NamesName];

    public NumericArray Numbers(string name) => name != FeaturesName
        ? throw FormatErrors.Unsupported(Path, $"'{name}' are the names of the files, and numbers are needed.")
        : new NumericArray
        {
            Path = Path,
            Format = nameof(FeatureFormat.NpyFolder),
            Name = string.Empty,
            Shape = [_files.Length, _first.Length],
            Type = _first.Type,
            IsColumnMajor = false,
            Open = () => new NpyFolderStream([.. _files.Select((_, file) => FullPath(file))], _first, _cancellation),
        };

    public TextArray Text(string name) => name != NamesName
        ? throw FormatErrors.Unsupported(Path, $"'{name}' are numbers, and text is needed.")
        : new TextArray { Shape = [_files.Length], Read = _ => Array.ConvertAll(_files, file => file[..^Ending.Length]) };

    /// <summary>Nothing is held open.</summary>
    public void Dispose()
    {
    }

    private string FullPath(int file) => System.IO.Path.Combine(Path, _files[file]);

    // Links to folders may lead in a circle; links to files are files.
    private static FileSystemEnumerable<string> Enumerate(string path) => new(
        path,
        static (ref FileSystemEntry entry) => entry.ToFullPath(),
        new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false })
    {
        ShouldIncludePredicate = static (ref FileSystemEntry entry) => !entry.IsDirectory,
        ShouldRecursePredicate = static (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
    };
}
