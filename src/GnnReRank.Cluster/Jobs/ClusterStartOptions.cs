namespace GnnReRank;

/// <summary>Where a cluster job runs.</summary>
public sealed record ClusterStartOptions
{
    /// <summary>What runs its tasks.</summary>
    public ClusterEngine Engine { get; init; }

    /// <summary>Slurm's partition; null takes its default.</summary>
    public string? Partition { get; init; }

    /// <summary>Slurm's account; null takes its default.</summary>
    public string? Account { get; init; }

    /// <summary>Time limit a task; null takes the partition's.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Generic resources a task of the search for neighbours, such as gpu:1; null for none.</summary>
    public string? Gres { get; init; }

    /// <summary>Further words for sbatch, such as --constraint=avx512.</summary>
    public IReadOnlyList<string> SbatchArguments { get; init; } = [];

    /// <summary>
    /// Tasks at a time on this machine, for <see cref="ClusterEngine.Local"/>; 0 takes as many as its cores allow.
    /// </summary>
    public int LocalTasks { get; init; }
}
