using GnnReRank.Packing;

namespace GnnReRank.Cluster.Plans;

/// <summary>All that is decided before a job starts: plan.json. It never changes afterwards.</summary>
internal sealed record JobPlan
{
    /// <summary>The layout of the plan and of the job's files.</summary>
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>The module's version; a worker of another refuses.</summary>
    public required string Version { get; init; }

    /// <summary>Tells this job from another that may have been in its directory.</summary>
    public required string Id { get; init; }

    public required SourcePlan Query { get; init; }

    public required SourcePlan Gallery { get; init; }

    public required int Dimension { get; init; }

    /// <summary>The bytes of a value in the shards, as in the files: the largest of them.</summary>
    public int ElementBytes { get; init; } = sizeof(float);

    /// <summary>Whether rows of zeros are taken, which have no direction.</summary>
    public bool AllowsZeroRows { get; init; }

    /// <summary>The method and its parameters, as a pack in base64.</summary>
    public required string SettingsPack { get; init; }

    /// <summary>The same for people.</summary>
    public required string Method { get; init; }

    /// <summary>Gallery rows kept a query.</summary>
    public required int Top { get; init; }

    /// <summary>Neighbours a vertex, itself included; 0 where the method needs none.</summary>
    public required int NeighborCount { get; init; }

    /// <summary>The recall of an approximate graph; null for the exact one.</summary>
    public double? Recall { get; init; }

    /// <summary>What an approximate graph's draws start from.</summary>
    public int Seed { get; init; }

    /// <summary>Rows a shard, at most.</summary>
    public required int ShardRows { get; init; }

    /// <summary>Queries that one item of the last stage scores.</summary>
    public required int QueriesPerItem { get; init; }

    /// <summary>Where neighbours are sought: Cpu, or a device as of Invoke-ReRank.</summary>
    public string Device { get; init; } = "Cpu";

    /// <summary>The kernel that workers must have; null allows any, as results are the same bits.</summary>
    public string? Kernel { get; init; }

    /// <summary>The most tasks of a stage at a time.</summary>
    public required int Tasks { get; init; }

    /// <summary>Threads a task; 0 takes all that the machine gives it.</summary>
    public int ThreadsPerTask { get; init; }

    /// <summary>Bytes of memory a task.</summary>
    public required long MemoryPerTask { get; init; }

    /// <summary>The worker's command line, to which its own words are added.</summary>
    public required IReadOnlyList<string> Worker { get; init; }

    /// <summary>The time of a multiply-add on one thread of the machine that planned the job.</summary>
    public double SecondsPerOperation { get; init; }

    /// <summary>What is worth knowing before it runs.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public int VertexCount => checked(Query.RowCount + Gallery.RowCount);

    /// <summary>The settings of the method.</summary>
    /// <exception cref="GnnReRankException">They are of another version.</exception>
    public MethodSettings ReadSettings() =>
        (MethodSettings)GnnReRank.Packing.SettingsPack.Read(new PackReader(Convert.FromBase64String(SettingsPack)));

    public static string Pack(MethodSettings settings)
    {
        PackWriter writer = new("settings of a job", Array.MaxLength);
        GnnReRank.Packing.SettingsPack.Write(writer, settings);
        return Convert.ToBase64String(writer.ToArray());
    }
}
