namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>
/// Some clusters that follow each other, and the rows that are met in them: of all, or of a part of all.
/// </summary>
/// <param name="Clusters">
/// These rows by their clusters. One of the group has all of its rows; any other, those that visit the group.
/// </param>
/// <param name="ClusterOf">The cluster of each of all rows; -1 for a row of zeros, which is met by none.</param>
/// <param name="Probes">The clusters that each row visits, by the places of <paramref name="Clusters"/>.</param>
/// <param name="First">The first cluster of the group.</param>
/// <param name="End">The cluster after the last.</param>
internal sealed record ClusterGroup(RowClusters Clusters, int[] ClusterOf, Probes Probes, int First, int End)
{
    /// <summary>Whether the rows of each cluster meet each other too, and not those alone that visit it.</summary>
    public bool MeetsOwn { get; init; } = true;

    /// <summary>
    /// By places: the key that must be beaten, 0 where none is known; null where none is known at all.
    /// </summary>
    public ulong[]? Floors { get; init; }

    /// <summary>All clusters.</summary>
    /// <param name="clusters">The clusters.</param>
    /// <param name="clusterOf">The cluster of each row.</param>
    /// <param name="probes">The clusters that each visits.</param>
    public static ClusterGroup All(RowClusters clusters, int[] clusterOf, Probes probes) =>
        new(clusters, clusterOf, probes, 0, clusters.Count);

    /// <summary>The place of each of all rows; -1 for one that is not met here.</summary>
    public int[] PlaceOf()
    {
        int[] places = new int[ClusterOf.Length];
        places.AsSpan().Fill(-1);
        for (int place = 0; place < Clusters.Order.Length; place++)
        {
            places[Clusters.Order[place]] = place;
        }

        return places;
    }
}
