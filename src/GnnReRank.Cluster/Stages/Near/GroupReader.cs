using GnnReRank.Compute.Cpu.Clusters;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>
/// Groups of clusters that follow each other, with the rows that are met in them: those of an item, so cut that each
/// fits in memory.
/// </summary>
internal sealed class GroupReader
{
    private readonly NearClusters _near;
    private readonly RowClusters _clusters;
    private readonly JobVisits _visits;
    private readonly long _mostRows;

    /// <param name="context">The job's files.</param>
    /// <param name="mostRows">A group with more rows takes no further cluster.</param>
    public GroupReader(StageContext context, long mostRows)
    {
        _near = NearClusters.Read(context);
        _clusters = _near.Directed.Clusters;
        _visits = new JobVisits(context, _clusters.Count);
        _mostRows = mostRows;
    }

    /// <summary>The groups of an item: all items take about as many products.</summary>
    /// <param name="item">0-based item.</param>
    /// <param name="items">How many there are.</param>
    public IEnumerable<ClusterGroup> Of(int item, int items)
    {
        (int next, int end) = RangeOf(item, items);
        while (next < end)
        {
            ClusterGroup group = Take(next, end);
            yield return group;
            next = group.End;
        }
    }

    private (int First, int End) RangeOf(int item, int items)
    {
        long[] before = new long[_clusters.Count + 1];
        for (int cluster = 0; cluster < _clusters.Count; cluster++)
        {
            long size = _clusters.SizeOf(cluster);
            before[cluster + 1] = before[cluster] + (size * (size + _visits.CountOf(cluster)));
        }

        return (FirstOf(item), item == items - 1 ? _clusters.Count : FirstOf(item + 1));

        int FirstOf(int number) =>
            Array.FindIndex(before, done => (Int128)done * items >= (Int128)before[^1] * number);
    }

    private ClusterGroup Take(int first, int end)
    {
        bool[] marks = new bool[_near.ClusterOf.Length];
        long count = 0;
        int next = first;
        while (next < end && (next == first || count <= _mostRows))
        {
            count += JobVisits.Mark(_clusters[next], marks);
            count += _visits.Mark(next, marks);
            next++;
        }

        int[] rows = [.. Enumerable.Range(0, marks.Length).Where(row => marks[row])];
        RowClusters clusters = new(rows, rows.Select(row => _near.ClusterOf[row]).ToArray(), _clusters.Count);
        Probes probes = Probes.Gather(rows.Length, place => _visits.Of(clusters.Order[place]));
        return new ClusterGroup(clusters, _near.ClusterOf, probes, first, next);
    }
}
