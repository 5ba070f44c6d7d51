using GnnReRank.Cluster.Marks;
using GnnReRank.Cluster.Plans;

namespace GnnReRank.Cluster.Running;

/// <summary>What is known of tasks that are gone, where no item says why.</summary>
internal static class SilentEnd
{
    // A mark takes a page; what an item writes takes more.
    private const long LeastFree = 64 << 10;

    /// <param name="record">How the job was started.</param>
    /// <param name="directory">Where it lies.</param>
    /// <param name="stage">The first stage that is not done.</param>
    /// <returns>Whether the tasks failed, and were not only ended; and a sentence for people.</returns>
    public static (bool IsFailed, string Note) Of(StartRecord record, JobDirectory directory, string stage)
    {
        bool isLocal = record.Options.Engine == ClusterEngine.Local;
        string? said = isLocal
            ? LogTail.Of(directory, stage, DateTime.UnixEpoch) ??
                LogTail.Of(Path.Combine(directory.Logs, "coordinator.log"))
            : LogTail.Of(directory, stage, File.GetLastWriteTimeUtc(directory.StartFile));
        bool hasLogs = Directory.Exists(directory.Logs);
        string note = FullDisk(directory) ??
            (said is not null ? $"The tasks of {stage} ended before an item could say why. Their log ends with: {said}"
            : !hasLogs
                ? $"The tasks of {stage} are gone, and so is '{directory.Logs}', without which no task can start. " +
                    "Resume the job, which makes it again."
            : $"The tasks of {stage} are gone and left no word, neither a mark nor a log: they were cancelled, or " +
                "their machine went down.");
        return (isLocal ? record.HasEnded : said is not null || !hasLogs, note);
    }

    /// <summary>That the disk of a job is full; null where it is not, or nobody knows.</summary>
    public static string? FullDisk(JobDirectory directory)
    {
        try
        {
            long free = new DriveInfo(directory.Path).AvailableFreeSpace;
            return free >= LeastFree ? null : FormattableString.Invariant(
                $"No space is left on the disk of '{directory.Path}': {free:N0} bytes are free. Free some, ") +
                "then resume.";
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
