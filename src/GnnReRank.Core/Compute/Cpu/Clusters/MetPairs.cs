using GnnReRank.Compute.Cpu.Neighbors;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>
/// The pairs that a group of clusters offers to a row: rows of one cluster, and rows of which one visits the cluster of
/// the other. No two groups offer the same.
/// </summary>
/// <param name="Group">The group.</param>
/// <param name="PlaceOf">The place of each row; -1 for one that is not met there.</param>
internal readonly record struct MetPairs(ClusterGroup Group, int[] PlaceOf) : IPairFilter
{
    public bool Takes(int row, int other)
    {
        if (PlaceOf[other] < 0)
        {
            return false;
        }

        (int own, int their) = (Group.ClusterOf[row], Group.ClusterOf[other]);
        if (own == their)
        {
            return Group.MeetsOwn && IsOfGroup(own);
        }

        // Where both visit, the row meets the other in the other's cluster.
        return Group.Probes[PlaceOf[row]].Contains(their)
            ? IsOfGroup(their)
            : IsOfGroup(own) && Group.Probes[PlaceOf[other]].Contains(own);
    }

    private bool IsOfGroup(int cluster) => cluster >= Group.First && cluster < Group.End;
}
