using System.Globalization;

namespace GnnReRank;

/// <summary>One stage of a cluster job: what it needs, and how far it is.</summary>
public sealed record ClusterStageStatus
{
    /// <summary>The stage's name.</summary>
    public required string Stage { get; init; }

    /// <summary>Items in all.</summary>
    public required int Items { get; init; }

    /// <summary>Items that are done.</summary>
    public int Done { get; init; }

    /// <summary>Items that failed and are not done.</summary>
    public int Failed { get; init; }

    /// <summary>Tasks that share the items.</summary>
    public int Tasks { get; init; }

    /// <summary>Estimated bytes of memory of the process of its largest item, mapped files not counted.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Estimated bytes that all its items write to the shared file system.</summary>
    public long ScratchBytes { get; init; }

    /// <summary>Estimated bytes that all its items read from it.</summary>
    public long ReadBytes { get; init; }

    /// <summary>
    /// Estimated time of all its items, one after the other, on one task's threads: products as fast as on the machine
    /// that planned the job, reads and writes at 1 GB/s, and 0.3 s to start each task's process.
    /// </summary>
    public TimeSpan EstimatedTime { get; init; }

    /// <summary>The estimated time on the tasks that share its items.</summary>
    public TimeSpan EstimatedTimeOnTasks => EstimatedTime / Math.Max(1, Math.Min(Tasks, Items));

    /// <summary>Measured processor time of the items that are done.</summary>
    public TimeSpan ProcessorTime { get; init; }

    /// <summary>Measured time of the items that are done, one after the other.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>
    /// The most memory that a process of the stage took, in bytes, mapped files counted as far as they were in.
    /// </summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>A line for people.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Stage}: {Done:N0} of {Items:N0} items");
}
