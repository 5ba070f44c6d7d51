using GnnReRank.Compute.Cpu.Clusters;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>Clusters that follow each other, dealt to items that take about as long.</summary>
internal sealed class ClusterShares
{
    private readonly int[] _starts;

    private ClusterShares(int[] starts) => _starts = starts;

    /// <summary>Deals clusters by the products of their rows with all clusters, and with each other.</summary>
    public static ClusterShares OfRows(RowClusters clusters, int items) => Of(
        [
            .. Enumerable.Range(0, clusters.Count)
                .Select(cluster => (long)clusters.SizeOf(cluster) * (clusters.Count + clusters.SizeOf(cluster))),
        ],
        items);

    /// <summary>The clusters of an item: the first, and the one after the last.</summary>
    public (int First, int End) this[int item] => (_starts[item], _starts[item + 1]);

    private static ClusterShares Of(IReadOnlyList<long> costs, int items)
    {
        Int128 total = 0;
        foreach (long cost in costs)
        {
            total += cost;
        }

        int[] starts = new int[items + 1];
        starts[items] = costs.Count;
        Int128 before = 0;
        int item = 1;
        for (int cluster = 0; cluster < costs.Count; cluster++)
        {
            for (; item < items && before * items >= total * item; item++)
            {
                starts[item] = cluster;
            }

            before += costs[cluster];
        }

        for (; item < items; item++)
        {
            starts[item] = costs.Count;
        }

        return new ClusterShares(starts);
    }
}
