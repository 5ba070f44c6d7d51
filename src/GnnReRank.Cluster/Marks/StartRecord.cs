namespace GnnReRank.Cluster.Marks;

/// <summary>How a job was started last: start.json.</summary>
internal sealed record StartRecord
{
    public required string Id { get; init; }

    public required ClusterStartOptions Options { get; init; }

    public required string Host { get; init; }

    /// <summary>The job's directory as its host saw it: a copy of it shares no process.</summary>
    public string? Directory { get; init; }

    /// <summary>Slurm's numbers of the arrays, in the order of their stages.</summary>
    public IReadOnlyList<string> SlurmJobs { get; init; } = [];

    /// <summary>The process that runs the stages on this machine.</summary>
    public int ProcessId { get; init; }

    /// <summary>When it started: its number may be another's by now.</summary>
    public DateTime ProcessStart { get; init; }

    /// <summary>Whether the job was stopped by someone.</summary>
    public bool IsStopped { get; init; }

    /// <summary>Whether the process came to its end by itself.</summary>
    public bool HasEnded { get; init; }
}
