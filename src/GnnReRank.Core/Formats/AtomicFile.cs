namespace GnnReRank.Formats;

/// <summary>Writes files beside their final place and renames them, so that a failure leaves what was there before.</summary>
internal static class AtomicFile
{
    /// <summary>Writes one file.</summary>
    /// <param name="path">The final path.</param>
    /// <param name="overwrite">Whether a file there may be replaced.</param>
    /// <param name="write">Writes the content to the path it is given.</param>
    public static void Write(string path, bool overwrite, Action<string> write) =>
        Write([path], overwrite, temporary => write(temporary[0]));

    /// <summary>Writes files that belong together: all of them appear, or none.</summary>
    /// <param name="paths">The final paths.</param>
    /// <param name="overwrite">Whether files there may be replaced.</param>
    /// <param name="write">Writes the contents to the paths it is given, in the same order.</param>
    /// <exception cref="GnnReRankException">A file is there already, or its folder is missing.</exception>
    public static void Write(IReadOnlyList<string> paths, bool overwrite, Action<IReadOnlyList<string>> write)
    {
        foreach (string path in paths)
        {
            Check(path, overwrite);
        }

        string[] temporary = paths.Select(Beside).ToArray();
        try
        {
            write(temporary);
            for (int file = 0; file < paths.Count; file++)
            {
                File.Move(temporary[file], paths[file], overwrite);
            }
        }
        finally
        {
            foreach (string path in temporary)
            {
                File.Delete(path);
            }
        }
    }

    private static void Check(string path, bool overwrite)
    {
        if (Directory.Exists(path))
        {
            throw new GnnReRankException(
                "PathIsDirectory", ErrorKind.InvalidArgument, $"'{path}' is a directory: give the path of a file.");
        }

        if (!overwrite && File.Exists(path))
        {
            throw new GnnReRankException(
                "FileExists", ErrorKind.AlreadyExists, $"'{path}' is there already: use -Force to replace it, or another path.");
        }

        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(folder))
        {
            throw new GnnReRankException(
                "FolderNotFound", ErrorKind.NotFound, $"The folder '{folder}' does not exist: create it first.");
        }
    }

    private static string Beside(string path) => Path.Combine(
        Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}.tmp");
}
