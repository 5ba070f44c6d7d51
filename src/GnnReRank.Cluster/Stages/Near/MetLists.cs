using GnnReRank.Cluster.Files;
using GnnReRank.Compute.Cpu.Clusters;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Cluster.Stages.Near;

/// <summary>The best of what each row of a group has met there.</summary>
internal sealed unsafe class MetLists : IDisposable
{
    private readonly ClusterGroup _group;
    private readonly int _others;
    private readonly int[] _counts;
    private readonly NativeBuffer<ulong> _keys;

    private MetLists(ClusterGroup group, int others)
    {
        _group = group;
        _others = others;
        _counts = new int[group.Clusters.Order.Length];
        _keys = new NativeBuffer<ulong>((long)_counts.Length * others);
    }

    /// <summary>The array of the rows of a group that met something of use, ascending.</summary>
    public static string RowsName(int group) => $"rows-{group}";

    /// <summary>The array of where the keys of each end.</summary>
    public static string EndsName(int group) => $"ends-{group}";

    /// <summary>The array of keys, each row's best first.</summary>
    public static string KeysName(int group) => $"keys-{group}";

    /// <summary>Has the rows of a group met.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static MetLists Of(StageContext context, VertexRows rows, ClusterGroup group)
    {
        MetLists lists = new(group, context.Plan.NeighborCount - 1);
        try
        {
            new ClusterMeeting(rows, group, context.Kernels, context.Options).Run(
                context.Plan.NeighborCount, (_, place, best) => lists.Take(place, best));
        }
        catch
        {
            lists.Dispose();
            throw;
        }

        return lists;
    }

    /// <summary>
    /// The key of the last place of a full list, which what is met elsewhere must beat; 0 of a shorter one.
    /// </summary>
    /// <param name="place">The row's place in the group.</param>
    public ulong FloorOf(int place) =>
        _others > 0 && _counts[place] == _others ? _keys.Pointer[((place + 1L) * _others) - 1] : 0;

    /// <summary>Writes the lists.</summary>
    /// <param name="writer">Takes them.</param>
    /// <param name="number">The group's number in the file.</param>
    public void Write(PartFileWriter writer, int number)
    {
        int[] order = _group.Clusters.Order;
        int[] places = [.. Enumerable.Range(0, order.Length).Where(place => _counts[place] > 0)];
        int[] rows = [.. places.Select(place => order[place])];
        Array.Sort(rows, places);
        writer.Append<int>(RowsName(number), rows);
        long end = 0;
        writer.Append<long>(EndsName(number), [.. places.Select(place => end += _counts[place])]);
        writer.Append<ulong>(KeysName(number), []);
        foreach (int place in places)
        {
            writer.Append(
                KeysName(number), new ReadOnlySpan<ulong>(_keys.Pointer + ((long)place * _others), _counts[place]));
        }
    }

    public void Dispose() => _keys.Dispose();

    private void Take(int place, ReadOnlySpan<ulong> best)
    {
        ulong floor = _group.Floors?[place] ?? 0;
        int count = 0;
        while (count < Math.Min(best.Length, _others) && best[count] > floor)
        {
            _keys.Pointer[((long)place * _others) + count] = best[count];
            count++;
        }

        _counts[place] = count;
    }
}
