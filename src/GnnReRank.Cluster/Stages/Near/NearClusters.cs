using GnnReRank.Cluster.Files;
using GnnReRank.Compute.Cpu.Clusters;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>The clusters that the reach was chosen for.</summary>
/// <param name="ClusterOf">The cluster of each row; -1 for a row of zeros.</param>
/// <param name="Directed">The clusters.</param>
/// <param name="Least">The least nearness of a cluster that a row visits.</param>
internal sealed record NearClusters(int[] ClusterOf, DirectedClusters Directed, float Least)
{
    private const string ClustersName = "clusters";
    private const string SumsName = "sums";
    private const string LeastName = "least";

    public static unsafe NearClusters Read(StageContext context)
    {
        PartFile part = context.Part(ReachStage.Stage, 0);
        int count = context.Plan.VertexCount;
        int[] clusterOf = new ReadOnlySpan<int>(part.Pointer<int>(ClustersName, count), count).ToArray();
        float[] sums = part.Span<float>(SumsName).ToArray();
        int[] members = [.. Enumerable.Range(0, count).Where(row => clusterOf[row] >= 0)];
        RowClusters clusters = new(
            members, members.Select(row => clusterOf[row]).ToArray(), sums.Length / context.Plan.Dimension);
        return new NearClusters(clusterOf, new DirectedClusters(clusters, sums), *part.Pointer<float>(LeastName, 1));
    }

    public void Write(PartFileWriter writer)
    {
        writer.Append<int>(ClustersName, ClusterOf);
        writer.Append<float>(SumsName, Directed.Sums);
        writer.Append<float>(LeastName, [Least]);
    }
}
