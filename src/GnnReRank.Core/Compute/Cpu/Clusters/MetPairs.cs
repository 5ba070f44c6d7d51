using GnnReRank.Compute.Cpu.Neighbors;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>The pairs that are met: rows of one cluster, and rows of which one visits the cluster of the other.</summary>
/// <param name="ClusterOf">The cluster of each row; -1 for a row of zeros, which is met by none.</param>
/// <param name="PlaceOf">The place of each row of a cluster.</param>
/// <param name="Probes">The clusters that each visits.</param>
internal readonly record struct MetPairs(int[] ClusterOf, int[] PlaceOf, Probes Probes) : IPairFilter
{
    public bool Takes(int row, int other)
    {
        (int own, int their) = (ClusterOf[row], ClusterOf[other]);
        return their >= 0 &&
            (own == their || Probes[PlaceOf[row]].Contains(their) || Probes[PlaceOf[other]].Contains(own));
    }
}
