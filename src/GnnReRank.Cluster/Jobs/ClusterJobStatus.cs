using System.Globalization;

namespace GnnReRank;

/// <summary>How far a cluster job is, as its files and its engine tell.</summary>
public sealed record ClusterJobStatus
{
    /// <summary>The job's directory.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>The method and its parameters, for people.</summary>
    public string Method { get; init; } = string.Empty;

    /// <summary>Neighbours of a row, itself included; 0 where the method needs none.</summary>
    public int NeighborCount { get; init; }

    /// <summary>The recall that was asked of the lists of neighbours; null where they are exact.</summary>
    public double? Recall { get; init; }

    /// <summary>The state.</summary>
    public required ClusterJobState State { get; init; }

    /// <summary>The stages in their order.</summary>
    public required IReadOnlyList<ClusterStageStatus> Stages { get; init => field = PublicList.Of(value); }

    /// <summary>The stage that runs, or comes next; null where all are done.</summary>
    public string? Stage => Stages.FirstOrDefault(stage => stage.Done < stage.Items)?.Stage;

    /// <summary>Items done, of all stages.</summary>
    public int Done => Stages.Sum(stage => stage.Done);

    /// <summary>Items in all.</summary>
    public int Items => Stages.Sum(stage => stage.Items);

    /// <summary>What is likely left; null where nothing tells.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>Items that failed, and are not done.</summary>
    public required IReadOnlyList<ClusterJobFailure> Failures { get; init => field = PublicList.Of(value); }

    /// <summary>
    /// The failures for people, items that failed alike together; empty where none failed.
    /// </summary>
    public string FailureSummary => FailureGroups.TextOf(Failures);

    /// <summary>The numbers of its Slurm jobs that wait or run.</summary>
    public IReadOnlyList<string> SlurmJobs { get; init => field = PublicList.Of(value); } = PublicList.Of<string>([]);

    /// <summary>
    /// What is worth knowing besides: that Slurm does not answer, or why it lets tasks wait. Null for nothing.
    /// </summary>
    public string? Note { get; init; }

    /// <summary>A line for people.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{State}{(Stage is null ? string.Empty : $", {Stage}")}: {Done:N0} of {Items:N0} items");
}
