using GnnReRank.Cluster.Files;
using GnnReRank.Compute.Cpu.Clusters;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>Which rows of some clusters visit which others, mapped: by places, and by clusters.</summary>
internal sealed unsafe class ItemVisits
{
    private const string EndsName = "ends";
    private const string VisitsName = "visits";
    private const string StartsName = "starts";
    private const string VisitorsName = "visitors";
    private const string FloorsName = "floors";

    private readonly int _first;
    private readonly int* _ends;
    private readonly int* _visits;
    private readonly int* _starts;
    private readonly int* _visitors;
    private readonly ulong* _floors;

    /// <param name="part">The file.</param>
    /// <param name="first">The place of the first row.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="clusterCount">All clusters.</param>
    public ItemVisits(PartFile part, int first, int count, int clusterCount)
    {
        _first = first;
        _ends = part.Pointer<int>(EndsName, count);
        _floors = part.Pointer<ulong>(FloorsName, count);
        _starts = part.Pointer<int>(StartsName, clusterCount + 1);
        _visits = part.Pointer<int>(VisitsName, count == 0 ? 0 : _ends[count - 1]);
        _visitors = part.Pointer<int>(VisitorsName, _starts[clusterCount]);
    }

    /// <summary>The clusters that the row at a place visits.</summary>
    /// <param name="place">A place of the item, counted among all.</param>
    public ReadOnlySpan<int> Of(int place)
    {
        int at = place - _first;
        int start = at == 0 ? 0 : _ends[at - 1];
        return new ReadOnlySpan<int>(_visits + start, _ends[at] - start);
    }

    /// <summary>The key that what the row at a place meets elsewhere must beat.</summary>
    public ulong FloorOf(int place) => _floors[place - _first];

    /// <summary>The places of the rows that visit a cluster, counted among all.</summary>
    public ReadOnlySpan<int> VisitorsOf(int cluster) =>
        new(_visitors + _starts[cluster], _starts[cluster + 1] - _starts[cluster]);

    /// <summary>Writes the visits of an item.</summary>
    /// <param name="writer">Takes them.</param>
    /// <param name="probes">The visits, by places.</param>
    /// <param name="floors">The keys to beat, by places.</param>
    /// <param name="first">The place of the first row.</param>
    /// <param name="clusterCount">All clusters.</param>
    public static void Write(PartFileWriter writer, Probes probes, ulong[] floors, int first, int clusterCount)
    {
        int end = 0;
        writer.Append<int>(
            EndsName, [.. Enumerable.Range(0, floors.Length).Select(place => end += probes[place].Length)]);
        writer.Append<ulong>(FloorsName, floors);
        writer.Append<int>(VisitsName, []);
        for (int place = 0; place < floors.Length; place++)
        {
            writer.Append(VisitsName, probes[place]);
        }

        RowClusters visitors = probes.Visitors(clusterCount, 0, clusterCount);
        writer.Append<int>(
            StartsName, [.. Enumerable.Range(0, clusterCount).Select(visitors.StartOf), visitors.Order.Length]);
        writer.Append<int>(VisitorsName, [.. visitors.Order.Select(place => first + place)]);
    }
}
