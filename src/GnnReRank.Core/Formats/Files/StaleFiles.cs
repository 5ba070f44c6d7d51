namespace GnnReRank.Formats.Files;

/// <summary>What writers left that were killed: found by the locks that nobody holds.</summary>
internal sealed class StaleFiles
{
    private readonly List<string> _olds = [];

    private StaleFiles()
    {
    }

    /// <summary>
    /// Removes what was written halfway for these files. A replaced file that was set aside stays until the new one is in its place, and
    /// is put back where the place is empty.
    /// </summary>
    /// <param name="files">The files that are about to be written.</param>
    /// <param name="overwrite">Whether files may be replaced.</param>
    public static StaleFiles Remove(IReadOnlyList<HiddenFile> files, bool overwrite)
    {
        StaleFiles stale = new();
        foreach (HiddenFile file in files.Where(file => file.IsLockNoticed))
        {
            foreach (string mark in MarksOf(file))
            {
                if (HiddenFile.TryLock(mark) is FileStream held)
                {
                    held.Dispose();
                    stale.Take(mark, file.Target, overwrite);
                }
            }
        }

        return stale;
    }

    /// <summary>Removes the replaced files that were kept, once the new ones are in their places.</summary>
    public void RemoveOlds()
    {
        foreach (string mark in _olds)
        {
            Delete(HiddenFile.OldOf(StemOf(mark)));
            Delete(mark);
        }
    }

    /// <summary>Deletes a file if it can be: what stays is taken up by the next writer.</summary>
    public static void Delete(string path) => Attempt(() => File.Delete(path));

    private static void Attempt(Action step)
    {
        try
        {
            step();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }

    private void Take(string mark, string target, bool overwrite)
    {
        string old = HiddenFile.OldOf(StemOf(mark));
        Delete(HiddenFile.NewOf(StemOf(mark)));
        if (overwrite && !File.Exists(target))
        {
            Attempt(() => File.Move(old, target));
        }

        if (File.Exists(old))
        {
            _olds.Add(mark);
        }
        else
        {
            Delete(mark);
        }
    }

    private static string StemOf(string mark) => mark[..^HiddenFile.LockEnding.Length];

    private static string[] MarksOf(HiddenFile file)
    {
        string prefix = HiddenFile.PrefixOf(file.Target);
        try
        {
            return
            [
                .. Directory.EnumerateFiles(HiddenFile.FolderOf(file.Target)).Where(path =>
                    Path.GetFileName(path.AsSpan()).StartsWith(prefix, StringComparison.Ordinal) &&
                    path.EndsWith(HiddenFile.LockEnding, StringComparison.Ordinal)),
            ];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
