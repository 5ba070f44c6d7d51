namespace GnnReRank;

/// <summary>How far a cluster job is.</summary>
public enum ClusterJobState
{
    /// <summary>Planned, and never started.</summary>
    Planned,

    /// <summary>Started; Slurm has not begun any of its tasks that are left.</summary>
    Pending,

    /// <summary>Started; tasks run.</summary>
    Running,

    /// <summary>All stages are done.</summary>
    Completed,

    /// <summary>An item failed for good; what needs it will not run. Resume it once the cause is mended.</summary>
    Failed,

    /// <summary>Stopped, or its tasks are gone: resume it to go on.</summary>
    Stopped,
}
