using System.Text.RegularExpressions;
using Microsoft.Win32.SafeHandles;

namespace GnnReRank.Formats.Files;

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
    /// <param name="flush">Brings a file's content to the disk; null takes the system's own.</param>
    /// <exception cref="GnnReRankException">A file is there already, or its folder is missing.</exception>
    /// <exception cref="IOException">The system failed to write, as when the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The system does not permit it.</exception>
    public static void Write(
        IReadOnlyList<string> paths, bool overwrite, Action<IReadOnlyList<string>> write, Action<SafeFileHandle>? flush = null)
    {
        foreach (string path in paths)
        {
            Check(path, overwrite);
        }

        // A link keeps pointing where it did: its target is replaced.
        string[] targets = [.. paths.Select(LinkTarget.Of)];
        List<HiddenFile> files = [];
        try
        {
            Array.ForEach(targets, target => files.Add(new HiddenFile(target)));
            StaleFiles stale = StaleFiles.Remove(files, overwrite);
            write([.. files.Select(file => file.New)]);
            files.ForEach(file => Finish(file, flush ?? RandomAccess.FlushToDisk));
            Move(files, overwrite);
            stale.RemoveOlds();
        }
        catch (IOException fault)
        {
            throw new IOException(NotWritten(paths, targets, fault), fault);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new UnauthorizedAccessException(NotWritten(paths, targets, fault), fault);
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }

    // A name must not be there before its content: after a loss of power the file would be empty.
    private static void Finish(HiddenFile file, Action<SafeFileHandle> flush)
    {
        using (SafeFileHandle handle = File.OpenHandle(file.New, FileMode.Open, FileAccess.ReadWrite))
        {
            flush(handle);
        }

        file.KeepMode();
    }

    private static void Move(List<HiddenFile> files, bool overwrite)
    {
        if (files.Count == 1)
        {
            File.Move(files[0].New, files[0].Target, overwrite);
            return;
        }

        using FolderTurn turn = new(HiddenFile.FolderOf(files[0].Target));
        MoveTogether(files, overwrite);
    }

    // Half new and half old files would fit each other in shape and not in content, so a failure puts all old ones back.
    private static void MoveTogether(List<HiddenFile> files, bool overwrite)
    {
        Stack<Action> undo = [];
        try
        {
            foreach (HiddenFile file in files)
            {
                bool replaces = overwrite && File.Exists(file.Target);
                if (replaces)
                {
                    File.Move(file.Target, file.Old);
                    undo.Push(() => File.Move(file.Old, file.Target, overwrite: true));
                }

                File.Move(file.New, file.Target);
                if (!replaces)
                {
                    undo.Push(() => File.Delete(file.Target));
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

        files.ForEach(file => StaleFiles.Delete(file.Old));
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

    // The system names the hidden file, of which nobody has heard.
    private static string NotWritten(IReadOnlyList<string> paths, string[] targets, Exception fault)
    {
        string cause = fault.Message;
        foreach ((string path, string target) in paths.Zip(targets))
        {
            string hidden = Regex.Escape(Path.Combine(HiddenFile.FolderOf(target), HiddenFile.PrefixOf(target)));
            cause = Regex.Replace(cause, $@"{hidden}\w+\.\w+", path.Replace("$", "$$"));
        }

        return $"{FormatErrors.Listed(paths)} could not be written, and what was there before is unchanged: {cause}";
    }
}
