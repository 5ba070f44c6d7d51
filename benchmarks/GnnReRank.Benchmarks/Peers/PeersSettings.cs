namespace GnnReRank.Benchmarks;

/// <summary>What the verb "peers" was asked for.</summary>
internal sealed record PeersSettings
{
    public required IReadOnlyList<JobShape> Shapes { get; init; }

    /// <summary>A folder with a pytorch_result.mat, or null.</summary>
    public string? Real { get; init; }

    public required MadeSettings Made { get; init; }

    public required GnnReRankSettings Job { get; init; }

    public required IReadOnlyList<GnnVariant> Variants { get; init; }

    public int Threads { get; init; }

    public int Repeat { get; init; }

    public required string Python { get; init; }

    public string? PeerFile { get; init; }

    public required string PeerInput { get; init; }

    /// <summary>What a run may take before it is stopped.</summary>
    public TimeSpan TimeLimit { get; init; }

    /// <summary>A program whose first run takes longer than this is run once.</summary>
    public TimeSpan OnceOver { get; init; }

    /// <summary>Whether the tables go to RESULTS.md.</summary>
    public bool Write { get; init; }
}
