using GnnReRank.Compute.Cpu.Clusters;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>
/// The clusters of an item, with the rows of other items that visit them, in groups that follow each other and fit in
/// memory.
/// </summary>
internal sealed class GroupReader
{
    private readonly NearClusters _near;
    private readonly RowClusters _clusters;
    private readonly JobVisits _visits;
    private readonly int _item;
    private readonly int _first;
    private readonly int _end;
    private readonly long _mostRows;

    /// <param name="context">The job's files.</param>
    /// <param name="item">0-based item.</param>
    public GroupReader(StageContext context, int item)
    {
        _near = NearClusters.Read(context);
        _clusters = _near.Directed.Clusters;
        _visits = new JobVisits(context, _clusters);
        _item = item;
        (_first, _end) = ClusterShares.OfRows(_clusters, context.Shards.Count)[item];
        _mostRows = NearSizes.MostMet(context.Plan);
    }

    public IEnumerable<ClusterGroup> Groups()
    {
        for (int next = _first; next < _end;)
        {
            ClusterGroup group = Take(next);
            yield return group;
            next = group.End;
        }
    }

    private ClusterGroup Take(int first)
    {
        bool[] marks = new bool[_clusters.Order.Length];
        long count = 0;
        int next = first;
        while (next < _end && (next == first || count <= _mostRows))
        {
            marks.AsSpan(_clusters.StartOf(next), _clusters.SizeOf(next)).Fill(true);
            count += _clusters.SizeOf(next) + _visits.MarkVisitors(_item, next, marks);
            next++;
        }

        int[] places = [.. Enumerable.Range(0, marks.Length).Where(place => marks[place])];
        int[] rows = [.. places.Select(place => _clusters.Order[place])];
        RowClusters clusters = new(rows, rows.Select(row => _near.ClusterOf[row]).ToArray(), _clusters.Count);
        Probes probes = Probes.Gather(places.Length, at => VisitsOf(places[at]));
        return new ClusterGroup(clusters, _near.ClusterOf, probes, first, next)
        {
            MeetsOwn = false,
            Floors = [.. places.Select(_visits.FloorOf)],
        };
    }

    /// <summary>
    /// What the row at a place visits, but that of the item's own rows in the item, where they have been.
    /// </summary>
    private ReadOnlySpan<int> VisitsOf(int place)
    {
        ReadOnlySpan<int> visits = _visits.Of(place);
        return place >= _clusters.StartOf(_first) && place < _clusters.StartOf(_end)
            ? visits.ToArray().Where(cluster => cluster < _first || cluster >= _end).ToArray()
            : visits;
    }
}
