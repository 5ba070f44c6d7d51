namespace GnnReRank;

/// <summary>What a cluster job computes, and how it is cut.</summary>
public sealed record ClusterJobOptions
{
    /// <summary>The files of the queries, one after the other.</summary>
    public required IReadOnlyList<string> Query { get; init; }

    /// <summary>The files of the gallery, one after the other.</summary>
    public required IReadOnlyList<string> Gallery { get; init; }

    /// <summary>The method: Diffusion, GNN with its K1 and K2 given, or Cosine.</summary>
    public MethodSettings Method { get; init; } = new DiffusionSettings();

    /// <summary>Gallery rows kept a query.</summary>
    public int Top { get; init; } = 100;

    /// <summary>Null for the exact graph; otherwise an approximate one of this recall.</summary>
    public ApproximateSearchSettings? Approximation { get; init; }

    /// <summary>Rows a shard, at most.</summary>
    public int ShardSize { get; init; } = 1_000_000;

    /// <summary>Queries an item of the last stage; null takes what fits the memory.</summary>
    public int? QueriesPerItem { get; init; }

    /// <summary>The most tasks of a stage at a time.</summary>
    public int Tasks { get; init; } = 16;

    /// <summary>Threads a task; 0 takes all that it is given.</summary>
    public int ThreadsPerTask { get; init; }

    /// <summary>Bytes of memory a task.</summary>
    public long MemoryPerTask { get; init; } = 16L << 30;

    /// <summary>Where neighbours are sought: Cpu, or a device as of <see cref="ComputeOptions.Device"/>.</summary>
    public string Device { get; init; } = "Cpu";

    /// <summary>Whether rows of zeros are taken, as tests of the engine do.</summary>
    internal bool AllowsZeroRows { get; init; }

    /// <summary>Whether workers must have vector registers as wide as this machine's.</summary>
    public bool SameProcessor { get; init; }

    /// <summary>The worker's command line; null takes the one that lies beside the module.</summary>
    public IReadOnlyList<string>? Worker { get; init; }
}
