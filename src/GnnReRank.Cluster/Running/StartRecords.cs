using GnnReRank.Cluster.Marks;
using GnnReRank.Cluster.Plans;

namespace GnnReRank.Cluster.Running;

/// <summary>start.json of a job, as far as it is this job's and this directory's.</summary>
internal sealed class StartRecords(JobPlan plan, JobDirectory directory)
{
    /// <summary>How the job was started last; null where it never was.</summary>
    /// <exception cref="GnnReRankException">It cannot be read.</exception>
    public StartRecord? Read() => ReadAny() is StartRecord record && !IsForeign(record) ? record : null;

    /// <summary>That the directory is a copy of one whose job was started; null where it is none.</summary>
    /// <exception cref="GnnReRankException">It cannot be read.</exception>
    public string? ForeignNote() => ReadAny() is StartRecord record && IsForeign(record)
        ? $"Its start.json is of '{record.Directory}': this directory was copied or moved, and counts as never " +
            "started here."
        : null;

    /// <exception cref="GnnReRankException">The job was never started, or its file cannot be read.</exception>
    public StartRecord Require() => Read() ?? throw EngineErrors.NeverStarted(directory.Path, ForeignNote());

    private StartRecord? ReadAny()
    {
        try
        {
            return ItemMarks.Read(directory.StartFile, MarkJson.Default.StartRecord) is StartRecord record &&
                record.Id == plan.Id
                    ? record
                    : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw EngineErrors.NotUsable(directory.Path, fault);
        }
    }

    // Another machine may see the directory under another path.
    private bool IsForeign(StartRecord record) =>
        record is { Directory: string other } && record.Host == Environment.MachineName &&
        !RealPath.AreSame(other, directory.Path);
}
