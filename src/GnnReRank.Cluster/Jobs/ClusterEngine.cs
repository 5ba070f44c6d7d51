namespace GnnReRank;

/// <summary>What runs the tasks of a cluster job.</summary>
public enum ClusterEngine
{
    /// <summary>Slurm, by sbatch: one array of tasks a stage.</summary>
    Slurm,

    /// <summary>Processes on this machine, which run the same items.</summary>
    Local,
}
