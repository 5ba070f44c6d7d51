using System.Text;
using GnnReRank.Cluster.Plans;

namespace GnnReRank.Cluster.Running;

/// <summary>What the logs of a job say where no item left a mark: its worker could not even begin.</summary>
internal static class LogTail
{
    private const int MostLines = 4;
    private const int MostBytes = 2000;

    // Clocks of several machines, and file systems that keep whole seconds.
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(5);

    /// <summary>The newest log of a stage that was written since a time, and its last lines.</summary>
    /// <returns>Null where there is none, or it is empty.</returns>
    public static string? Of(JobDirectory directory, string stage, DateTime since)
    {
        try
        {
            return new DirectoryInfo(directory.Logs).EnumerateFiles($"{stage}-*.log")
                .Where(file => file.Length > 0 && file.LastWriteTimeUtc >= since - s_tolerance)
                .OrderByDescending(file => file.LastWriteTimeUtc)
                .Select(file => Of(file.FullName))
                .FirstOrDefault(tail => tail is not null);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The last lines of a log, and its path.</summary>
    /// <returns>Null where it is not there, empty, or ends with an item that is done.</returns>
    public static string? Of(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stream.Seek(-Math.Min(stream.Length, MostBytes), SeekOrigin.End);
            using StreamReader reader = new(stream, Encoding.UTF8);
            string[] lines = reader.ReadToEnd()
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return lines.Length == 0 || lines[^1].EndsWith(ItemRunner.DoneWords, StringComparison.Ordinal)
                ? null
                : $"{string.Join("; ", lines.TakeLast(MostLines).Distinct()).TrimEnd('.')} (log: {path})";
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
