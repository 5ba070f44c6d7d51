using System.Runtime.InteropServices;
using GnnReRank.Compute.Cpu.Clusters;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>Which rows are in clusters, before these are cut.</summary>
internal static class NearRows
{
    /// <summary>The rows of [first, end) that are not zero.</summary>
    public static int[] Members(VertexRows rows, int first, int end) =>
        [.. Enumerable.Range(first, end - first).Where(row => rows.InverseNorm(row) != 0)];

    /// <summary>All rows by the direction that each is nearest to.</summary>
    public static unsafe RowClusters Clusters(StageContext context)
    {
        List<int> members = new(context.Plan.VertexCount);
        List<int> clusterOf = new(context.Plan.VertexCount);
        for (int shard = 0; shard < context.Shards.Count; shard++)
        {
            int size = context.Shards.SizeOf(shard);
            int* nearest = context.Part(AssignStage.Stage, shard).Pointer<int>(AssignStage.Nearest, size);
            for (int row = 0; row < size; row++)
            {
                if (nearest[row] >= 0)
                {
                    members.Add(context.Shards.StartOf(shard) + row);
                    clusterOf.Add(nearest[row]);
                }
            }
        }

        long values = context.Part(SampleStage.Stage, SampleStage.DirectionsItem).Count(SampleStage.Directions);
        return new RowClusters(
            CollectionsMarshal.AsSpan(members), CollectionsMarshal.AsSpan(clusterOf),
            checked((int)(values / context.Plan.Dimension)));
    }
}
