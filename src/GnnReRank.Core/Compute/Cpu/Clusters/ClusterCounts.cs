namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>How many clusters and sampled rows an approximate search takes, and whether it pays.</summary>
internal static class ClusterCounts
{
    // Below, all pairs take a second or less.
    private const int FewRows = 4_000;

    // Measured: more clusters cost more products with their directions than they save among rows.
    private const double ClustersPerRoot = 3;

    // Rows sampled to choose the reach, and as many to measure the recall.
    private const double SampledPerRoot = 1.2;

    private const double PassCost = 2;

    /// <summary>
    /// What a product of rows gathered from anywhere, offered to lists anywhere, costs: so many of the exact search.
    /// </summary>
    public const double VisitCost = 3;

    /// <summary>Whether the exact search is as cheap, as sizes alone tell.</summary>
    /// <param name="rowCount">Rows.</param>
    /// <param name="neighborCount">Neighbours a row, itself included.</param>
    /// <param name="recall">The recall asked for.</param>
    public static bool IsExactAsCheap(long rowCount, int neighborCount, double recall) =>
        rowCount < FewRows || neighborCount > rowCount / 8 || recall >= 1;

    /// <summary>Whether the exact search is as cheap, where a row meets so many others.</summary>
    /// <param name="rowCount">Rows.</param>
    /// <param name="met">Rows that a row meets.</param>
    /// <param name="sampledCount">Rows sampled to choose the reach.</param>
    /// <param name="clusterCount">Clusters.</param>
    public static bool IsExactAsCheap(int rowCount, double met, int sampledCount, int clusterCount) =>
        (VisitCost * met) + (PassCost * ((2.0 * sampledCount) + (2.0 * clusterCount))) >= 0.5 * rowCount;

    /// <summary>Clusters of so many rows, before large ones are cut.</summary>
    /// <param name="memberCount">Rows that are not zero.</param>
    public static int ClustersOf(int memberCount) => Math.Max(1, (int)(ClustersPerRoot * Math.Sqrt(memberCount)));

    /// <summary>Rows of both samples.</summary>
    /// <param name="rowCount">Rows.</param>
    public static int SampledOf(int rowCount) => 2 * (int)(SampledPerRoot * Math.Sqrt(rowCount));
}
