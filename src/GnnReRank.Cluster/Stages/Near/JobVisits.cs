using GnnReRank.Cluster.Plans;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>Which rows visit which clusters, of all shards.</summary>
internal sealed class JobVisits
{
    private readonly ShardMap _shards;
    private readonly ShardVisits[] _visits;

    /// <param name="context">The job's files.</param>
    /// <param name="clusterCount">Clusters.</param>
    public JobVisits(StageContext context, int clusterCount)
    {
        _shards = context.Shards;
        _visits =
            [.. Enumerable.Range(0, _shards.Count).Select(shard => new ShardVisits(context, shard, clusterCount))];
    }

    /// <summary>The clusters that a row visits.</summary>
    public ReadOnlySpan<int> Of(int row) => _visits[_shards.ShardOf(row)].Of(row);

    /// <summary>Rows that visit a cluster.</summary>
    public long CountOf(int cluster) => _visits.Sum(visits => (long)visits.VisitorsOf(cluster).Length);

    /// <summary>Marks the rows that visit a cluster.</summary>
    /// <returns>How many had no mark.</returns>
    public int Mark(int cluster, bool[] marks)
    {
        int marked = 0;
        foreach (ShardVisits visits in _visits)
        {
            marked += Mark(visits.VisitorsOf(cluster), marks);
        }

        return marked;
    }

    /// <summary>Marks rows.</summary>
    /// <returns>How many had no mark.</returns>
    public static int Mark(ReadOnlySpan<int> rows, bool[] marks)
    {
        int marked = 0;
        foreach (int row in rows)
        {
            marked += marks[row] ? 0 : 1;
            marks[row] = true;
        }

        return marked;
    }
}
