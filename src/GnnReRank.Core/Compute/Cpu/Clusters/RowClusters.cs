namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>Rows in clusters, each cluster's rows in ascending order.</summary>
internal sealed class RowClusters
{
    private readonly int[] _members;
    private readonly int[] _starts;

    /// <param name="rows">The rows, ascending.</param>
    /// <param name="clusterOf">The cluster of each of these.</param>
    /// <param name="count">The number of clusters.</param>
    public RowClusters(ReadOnlySpan<int> rows, ReadOnlySpan<int> clusterOf, int count)
    {
        Count = count;
        _starts = new int[count + 1];
        foreach (int cluster in clusterOf)
        {
            _starts[cluster + 1]++;
        }

        for (int cluster = 0; cluster < count; cluster++)
        {
            _starts[cluster + 1] += _starts[cluster];
        }

        int[] next = _starts[..count];
        _members = new int[rows.Length];
        for (int place = 0; place < rows.Length; place++)
        {
            _members[next[clusterOf[place]]++] = rows[place];
        }
    }

    private RowClusters(int[] members, int[] starts) =>
        (_members, _starts, Count) = (members, starts, starts.Length - 1);

    /// <summary>The number of clusters.</summary>
    public int Count { get; }

    /// <summary>The rows of all clusters, one cluster after the other: the place of a row is that here.</summary>
    public int[] Order => _members;

    /// <summary>The rows of the largest cluster.</summary>
    public int LargestSize => Enumerable.Range(0, Count).Max(SizeOf);

    /// <summary>Products of the rows of each cluster with some of another table.</summary>
    public long PairsWith(RowClusters others) =>
        Enumerable.Range(0, Count).Sum(cluster => (long)SizeOf(cluster) * others.SizeOf(cluster));

    /// <summary>
    /// The places of the rows that visit each cluster without being of it, ascending: those of one cluster together.
    /// </summary>
    /// <param name="probes">The clusters that each visits.</param>
    public RowClusters VisitorsOf(Probes probes)
    {
        int count = Count;
        int[] starts = new int[count + 1];
        for (int place = 0; place < _members.Length; place++)
        {
            foreach (int cluster in probes[place])
            {
                starts[cluster + 1]++;
            }
        }

        for (int cluster = 0; cluster < count; cluster++)
        {
            starts[cluster + 1] += starts[cluster];
        }

        int[] next = starts[..count];
        int[] visitors = GC.AllocateUninitializedArray<int>(starts[count]);
        for (int place = 0; place < _members.Length; place++)
        {
            foreach (int cluster in probes[place])
            {
                visitors[next[cluster]++] = place;
            }
        }

        return new RowClusters(visitors, starts);
    }

    /// <summary>The rows of a cluster, ascending.</summary>
    public ReadOnlySpan<int> this[int cluster] => _members.AsSpan(_starts[cluster], SizeOf(cluster));

    /// <summary>The place of the first row of a cluster.</summary>
    public int StartOf(int cluster) => _starts[cluster];

    public int SizeOf(int cluster) => _starts[cluster + 1] - _starts[cluster];
}
