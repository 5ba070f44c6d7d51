namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>Rows in clusters, each cluster's rows in ascending order.</summary>
internal sealed class RowClusters
{
    private readonly int[] _members;
    private readonly int[] _starts;

    /// <param name="rows">The rows, those of one cluster ascending.</param>
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

    /// <param name="members">The rows of all clusters, one cluster after the other.</param>
    /// <param name="starts">Where each begins, and the end.</param>
    public RowClusters(int[] members, int[] starts) =>
        (_members, _starts, Count) = (members, starts, starts.Length - 1);

    /// <summary>The number of clusters.</summary>
    public int Count { get; }

    /// <summary>The rows of all clusters, one cluster after the other: the place of a row is that here.</summary>
    public int[] Order => _members;

    /// <summary>The rows of the largest cluster.</summary>
    public int LargestSize => Enumerable.Range(0, Count).Max(SizeOf);

    /// <summary>The cluster of each row; -1 for one that is of none.</summary>
    /// <param name="rowCount">All rows.</param>
    public int[] ClusterOf(int rowCount)
    {
        int[] clusterOf = new int[rowCount];
        clusterOf.AsSpan().Fill(-1);
        for (int cluster = 0; cluster < Count; cluster++)
        {
            foreach (int row in this[cluster])
            {
                clusterOf[row] = cluster;
            }
        }

        return clusterOf;
    }

    /// <summary>The rows of a cluster, ascending.</summary>
    public ReadOnlySpan<int> this[int cluster] => _members.AsSpan(_starts[cluster], SizeOf(cluster));

    /// <summary>The place of the first row of a cluster.</summary>
    public int StartOf(int cluster) => _starts[cluster];

    public int SizeOf(int cluster) => _starts[cluster + 1] - _starts[cluster];
}
