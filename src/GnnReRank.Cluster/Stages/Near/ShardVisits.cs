using GnnReRank.Cluster.Files;
using GnnReRank.Compute.Cpu.Clusters;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>Which rows of a shard visit which clusters, mapped: by rows, and by clusters.</summary>
internal sealed unsafe class ShardVisits
{
    private const string EndsName = "ends";
    private const string VisitsName = "visits";
    private const string StartsName = "starts";
    private const string VisitorsName = "visitors";

    private readonly int _first;
    private readonly int* _ends;
    private readonly int* _visits;
    private readonly int* _starts;
    private readonly int* _visitors;

    /// <param name="context">The job's files.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="clusterCount">Clusters.</param>
    public ShardVisits(StageContext context, int shard, int clusterCount)
    {
        PartFile part = context.Part(VisitStage.Stage, shard);
        int size = context.Shards.SizeOf(shard);
        _first = context.Shards.StartOf(shard);
        _ends = part.Pointer<int>(EndsName, size);
        _starts = part.Pointer<int>(StartsName, clusterCount + 1);
        _visits = part.Pointer<int>(VisitsName, _ends[size - 1]);
        _visitors = part.Pointer<int>(VisitorsName, _starts[clusterCount]);
    }

    /// <summary>The clusters that a row visits.</summary>
    /// <param name="row">A row of the shard, counted among all.</param>
    public ReadOnlySpan<int> Of(int row)
    {
        int place = row - _first;
        int start = place == 0 ? 0 : _ends[place - 1];
        return new ReadOnlySpan<int>(_visits + start, _ends[place] - start);
    }

    /// <summary>The rows that visit a cluster, counted among all.</summary>
    public ReadOnlySpan<int> VisitorsOf(int cluster) =>
        new(_visitors + _starts[cluster], _starts[cluster + 1] - _starts[cluster]);

    /// <summary>Writes the visits of a shard.</summary>
    /// <param name="writer">Takes them.</param>
    /// <param name="probes">The visits, by places.</param>
    /// <param name="members">The row at each place, ascending.</param>
    /// <param name="first">The shard's first row.</param>
    /// <param name="size">Its rows.</param>
    /// <param name="clusterCount">Clusters.</param>
    public static void Write(
        PartFileWriter writer, Probes probes, int[] members, int first, int size, int clusterCount)
    {
        int[] ends = new int[size];
        foreach (int place in Enumerable.Range(0, members.Length))
        {
            ends[members[place] - first] = probes[place].Length;
        }

        for (int row = 1; row < size; row++)
        {
            ends[row] += ends[row - 1];
        }

        writer.Append<int>(EndsName, ends);
        writer.Append<int>(VisitsName, []);
        for (int place = 0; place < members.Length; place++)
        {
            writer.Append(VisitsName, probes[place]);
        }

        RowClusters visitors = probes.Visitors(clusterCount, 0, clusterCount);
        writer.Append<int>(
            StartsName,
            [.. Enumerable.Range(0, clusterCount).Select(visitors.StartOf), visitors.Order.Length]);
        writer.Append<int>(VisitorsName, [.. visitors.Order.Select(place => members[place])]);
    }
}
