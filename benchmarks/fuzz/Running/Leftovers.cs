using GnnReRank.Fuzz.Seeds;

namespace GnnReRank.Fuzz.Running;

/// <summary>Looks for what a call left behind: files, open handles, memory.</summary>
/// <param name="root">The folder in which everything happens.</param>
/// <param name="temporary">The folder for temporary files.</param>
internal sealed class Leftovers(string root, string temporary)
{
    private const long PeakBound = 1500L << 20;

    /// <summary>A file in the seed's folder that was not put there.</summary>
    public static string? FileBeside(Seed seed, string folder)
    {
        foreach (string path in Directory.EnumerateFileSystemEntries(folder))
        {
            string name = Path.GetFileName(path);
            if (name != seed.File && !seed.Beside.ContainsKey(name))
            {
                return name;
            }
        }

        return null;
    }

    // PowerShell's own pipe for debuggers lies there too.
    public string? TemporaryFile() => Directory.EnumerateFileSystemEntries(temporary).FirstOrDefault(path => !Path.GetFileName(path).StartsWith("CoreFxPipe", StringComparison.Ordinal));

    /// <summary>A file of ours that is still open once nothing uses it: results, and errors that the session remembers, were let go before.</summary>
    public string? OpenFile()
    {
        if (Open().Count == 0)
        {
            return null;
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Open() is { Count: > 0 } left ? $"{left.Count} files, {left[0]} among them" : null;
    }

    /// <summary>The peak of memory since the last look, where it is beyond all bounds.</summary>
    public static string? Peak()
    {
        string? line = File.ReadLines("/proc/self/status").FirstOrDefault(text => text.StartsWith("VmHWM", StringComparison.Ordinal));
        File.WriteAllText("/proc/self/clear_refs", "5");
        long bytes = line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]) << 10;
        return bytes > PeakBound ? $"{bytes >> 20} MB" : null;
    }

    private List<string> Open()
    {
        List<string> open = [];
        foreach (string link in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            if (new FileInfo(link).LinkTarget is string target && target.StartsWith(root, StringComparison.Ordinal))
            {
                open.Add(target);
            }
        }

        return open;
    }
}
