using GnnReRank.Formats.Files;

namespace GnnReRank.Datasets.Model;

/// <summary>Finds a data set's files and folders, and says what was there instead where one is missing.</summary>
/// <param name="Kind">The data set.</param>
/// <param name="Path">The folder or file that was given.</param>
/// <param name="Layout">What the published folder looks like, for messages.</param>
internal sealed record DatasetPlace(DatasetKind Kind, string Path, string Layout)
{
    /// <summary>Whether a file or folder was given.</summary>
    public bool IsFile => File.Exists(Path);

    public bool HasFile(params string[] parts) => File.Exists(At(parts));

    public bool HasFolder(params string[] parts) => Directory.Exists(At(parts));

    /// <summary>The full path of a file of the data set; without parts, the one that was given.</summary>
    /// <exception cref="GnnReRankException">It is not there, or holds nothing.</exception>
    public string RequireFile(params string[] parts)
    {
        string file = At(parts);
        if (!File.Exists(file))
        {
            throw Missing("file", parts);
        }

        InputFile.Require(file, "the path of a file");
        return file;
    }

    /// <summary>The names of the images of a folder, each with the folder before it, in the order of their code points.</summary>
    /// <exception cref="GnnReRankException">The folder is not there, or holds no image.</exception>
    public IReadOnlyList<string> Images(CancellationToken cancellation, params string[] parts)
    {
        string folder = At(parts);
        if (!Directory.Exists(folder))
        {
            throw Missing("folder", parts);
        }

        List<string> images = [];
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            cancellation.ThrowIfCancellationRequested();
            if (ImageEndings.IsImage(file))
            {
                images.Add(string.Join('/', [.. parts, System.IO.Path.GetFileName(file)]));
            }
        }

        images.Sort(StringComparer.Ordinal);
        return images.Count > 0 ? images : throw new GnnReRankException(
            "DatasetFolderWithoutImages", ErrorKind.InvalidData,
            $"'{folder}' holds no image (.jpg, .png, ...): {Found(folder)} {Expected}");
    }

    /// <summary>The names of the folders in a folder, in the order of their code points.</summary>
    /// <exception cref="GnnReRankException">The folder is not there.</exception>
    public IReadOnlyList<string> Folders(params string[] parts) => Directory.Exists(At(parts))
        ? [.. Directory.EnumerateDirectories(At(parts)).Select(folder => System.IO.Path.GetFileName(folder)).Order(StringComparer.Ordinal)]
        : throw Missing("folder", parts);

    /// <summary>The error of a file or folder that is not there.</summary>
    public GnnReRankException Missing(string what, params string[] parts) => new(
        "DatasetFileNotFound", ErrorKind.NotFound,
        IsFile
            ? $"'{Path}' is a file, and the {what} '{string.Join('/', parts)}' of {Kind} was looked for in a folder. {Expected}"
            : $"'{Path}' has no {what} '{string.Join('/', parts)}': {Found(Path)} {Expected}");

    private string Expected => $"{Kind} is expected as it is published: {Layout}.";

    private string At(string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Found(string folder)
    {
        IEnumerable<string> entries = Directory.EnumerateFileSystemEntries(folder).Take(1000).Select(entry => System.IO.Path.GetFileName(entry)!);
        return $"it has {FormatErrors.Listed(entries.Order(StringComparer.Ordinal))}.";
    }
}
