namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>Which rows meet in a cluster.</summary>
[Flags]
internal enum ClusterMeetings
{
    /// <summary>Its rows meet each other.</summary>
    Own = 1,

    /// <summary>Its rows meet those that visit it.</summary>
    Visitors = 2,

    /// <summary>Both.</summary>
    All = Own | Visitors,
}
