namespace GnnReRank.Formats;

/// <summary>Writes files beside their final place and renames them, so that a failure leaves what was there before.</summary>
internal static class AtomicFile
{
    private const int LongestKept = 60;

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
    /// <exception cref="IOException">The system failed to write, as when the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The system does not permit it.</exception>
    public static void Write(IReadOnlyList<string> paths, bool overwrite, Action<IReadOnlyList<string>> write)
    {
        foreach (string path in paths)
        {
            Check(path, overwrite);
        }

        // A link keeps pointing where it did: its target is replaced.
        string[] targets = paths.Select(LinkTarget.Of).ToArray();
        string[] temporary = targets.Select(Beside).ToArray();
        try
        {
            write(temporary);
            if (targets.Length == 1)
            {
                File.Move(temporary[0], targets[0], overwrite);
            }
            else
            {
                MoveTogether(temporary, targets, overwrite);
            }
        }
        catch (IOException fault)
        {
            throw new IOException(NotWritten(paths, temporary, fault), fault);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new UnauthorizedAccessException(NotWritten(paths, temporary, fault), fault);
        }
        finally
        {
            foreach (string path in temporary)
            {
                File.Delete(path);
            }
        }
    }

    // Half new and half old files would fit each other in shape and not in content, so a failure puts all old ones back.
    private static void MoveTogether(string[] temporary, string[] targets, bool overwrite)
    {
        List<string> olds = [];
        Stack<Action> undo = [];
        try
        {
            foreach ((string source, string target) in temporary.Zip(targets))
            {
                bool replaces = overwrite && File.Exists(target);
                if (replaces)
                {
                    string old = Beside(target);
                    File.Move(target, old);
                    undo.Push(() => File.Move(old, target, overwrite: true));
                    olds.Add(old);
                }

                File.Move(source, target);
                if (!replaces)
                {
                    undo.Push(() => File.Delete(target));
                }
            }
        }
        catch
        {
            while (undo.TryPop(out Action? step))
            {
                step();
            }

            throw;
        }

        olds.ForEach(File.Delete);
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

    // The system names the temporary file, of which nobody has heard.
    private static string NotWritten(IReadOnlyList<string> paths, string[] temporary, Exception fault)
    {
        string cause = fault.Message;
        for (int file = 0; file < temporary.Length; file++)
        {
            cause = cause.Replace(temporary[file], paths[file], StringComparison.Ordinal);
        }

        return $"{FormatErrors.Listed(paths)} could not be written, and what was there before is unchanged: {cause}";
    }

    // Shortened, so that a name near the system's limit can be written too.
    private static string Beside(string path)
    {
        string name = Path.GetFileName(path);
        return Path.Combine(
            Path.GetDirectoryName(Path.GetFullPath(path))!,
            $".{name[..Math.Min(name.Length, LongestKept)]}.{Path.GetRandomFileName()}.tmp");
    }
}
