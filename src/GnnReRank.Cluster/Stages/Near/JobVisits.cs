using GnnReRank.Compute.Cpu.Clusters;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>Which rows visit which clusters, of all items.</summary>
internal sealed class JobVisits
{
    private readonly ItemVisits[] _items;
    private readonly int[] _starts;

    /// <param name="context">The job's files.</param>
    /// <param name="clusters">The clusters.</param>
    public JobVisits(StageContext context, RowClusters clusters)
    {
        ClusterShares shares = ClusterShares.OfRows(clusters, context.Shards.Count);
        _items = new ItemVisits[context.Shards.Count];
        _starts = new int[_items.Length + 1];
        for (int item = 0; item < _items.Length; item++)
        {
            int first = _starts[item];
            _starts[item + 1] = clusters.StartOf(shares[item].End);
            _items[item] = new ItemVisits(
                context.Part(VisitStage.Stage, item), first, _starts[item + 1] - first, clusters.Count);
        }
    }

    /// <summary>The clusters that the row at a place visits.</summary>
    public ReadOnlySpan<int> Of(int place) => ItemOf(place).Of(place);

    /// <summary>The key that what the row at a place meets elsewhere must beat.</summary>
    public ulong FloorOf(int place) => ItemOf(place).FloorOf(place);

    /// <summary>Marks the places of the rows of other items that visit a cluster.</summary>
    /// <param name="item">The cluster's item.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="marks">A mark a place.</param>
    /// <returns>How many had no mark.</returns>
    public int MarkVisitors(int item, int cluster, bool[] marks)
    {
        int marked = 0;
        for (int other = 0; other < _items.Length; other++)
        {
            if (other == item)
            {
                continue;
            }

            foreach (int place in _items[other].VisitorsOf(cluster))
            {
                marked += marks[place] ? 0 : 1;
                marks[place] = true;
            }
        }

        return marked;
    }

    // Of items that hold no place, several begin where the next one does.
    private ItemVisits ItemOf(int place)
    {
        int found = Array.BinarySearch(_starts, place + 1);
        int item = found >= 0 ? found : ~found;
        while (_starts[item] > place)
        {
            item--;
        }

        return _items[item];
    }
}
