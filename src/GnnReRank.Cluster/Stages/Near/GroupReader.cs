using GnnReRank.Compute.Cpu.Clusters;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>
/// Groups of clusters that follow each other, with the rows that visit them: those of an item, so cut that each fits in
/// memory.
/// </summary>
internal sealed class GroupReader
{
    private readonly NearClusters _near;
    private readonly RowClusters _clusters;
    private readonly JobVisits _visits;
    private readonly long _mostRows;

    /// <param name="context">The job's files.</param>
    public GroupReader(StageContext context)
    {
        _near = NearClusters.Read(context);
        _clusters = _near.Directed.Clusters;
        _visits = new JobVisits(context, _clusters);
        _mostRows = NearSizes.MostMet(context.Plan);
    }

    /// <summary>The groups of an item: all items take about as many products.</summary>
    /// <param name="item">0-based item.</param>
    /// <param name="items">How many there are.</param>
    public IEnumerable<ClusterGroup> Of(int item, int items)
    {
        (int next, int end) = ClusterShares.Of(
            [
                .. Enumerable.Range(0, _clusters.Count)
                    .Select(cluster => _clusters.SizeOf(cluster) * _visits.CountOf(cluster)),
            ],
            items)[item];
        while (next < end)
        {
            ClusterGroup group = Take(next, end);
            yield return group;
            next = group.End;
        }
    }

    private ClusterGroup Take(int first, int end)
    {
        bool[] marks = new bool[_clusters.Order.Length];
        long count = 0;
        int next = first;
        while (next < end && (next == first || count <= _mostRows))
        {
            count += Mark(_clusters.StartOf(next), _clusters.SizeOf(next), marks);
            count += _visits.Mark(next, marks);
            next++;
        }

        int[] places = [.. Enumerable.Range(0, marks.Length).Where(place => marks[place])];
        int[] rows = [.. places.Select(place => _clusters.Order[place])];
        RowClusters clusters = new(rows, rows.Select(row => _near.ClusterOf[row]).ToArray(), _clusters.Count);
        Probes probes = Probes.Gather(places.Length, at => _visits.Of(places[at]));
        return new ClusterGroup(clusters, _near.ClusterOf, probes, first, next)
        {
            Meetings = ClusterMeetings.Visitors,
            Floors = [.. places.Select(_visits.FloorOf)],
        };
    }

    private static int Mark(int first, int count, bool[] marks)
    {
        int marked = 0;
        for (int place = first; place < first + count; place++)
        {
            marked += marks[place] ? 0 : 1;
            marks[place] = true;
        }

        return marked;
    }
}
