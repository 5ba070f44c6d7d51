namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>Cuts clusters that are much larger than the mean: every row that visits one pays for its size.</summary>
internal sealed class ClusterCutter
{
    private const int LargestMultiple = 4;

    private readonly ClusterMaker _maker;
    private readonly RowClusters _clusters;
    private readonly int _meanSize;

    /// <param name="maker">Makes clusters of the rows of one.</param>
    /// <param name="clusters">All clusters.</param>
    public ClusterCutter(ClusterMaker maker, RowClusters clusters)
    {
        _maker = maker;
        _clusters = clusters;
        _meanSize = Math.Max(1, clusters.Order.Length / clusters.Count);
    }

    /// <summary>The parts of clusters [first, end).</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public ClusterParts Cut(int first, int end)
    {
        int[] counts = new int[end - first];
        List<int> partOf = [];
        for (int cluster = first; cluster < end; cluster++)
        {
            if (_clusters.SizeOf(cluster) > LargestMultiple * _meanSize)
            {
                int[] parts = Cut(_clusters[cluster].ToArray());
                partOf.AddRange(parts);
                counts[cluster - first] = parts.Max() + 1;
            }
            else
            {
                partOf.AddRange(Enumerable.Repeat(0, _clusters.SizeOf(cluster)));
                counts[cluster - first] = 1;
            }
        }

        return new ClusterParts(counts, [.. partOf]);
    }

    /// <summary>
    /// The part of each row of a cluster; equal rows, which no direction tells apart, in their order.
    /// </summary>
    private int[] Cut(int[] members)
    {
        int count = (members.Length + _meanSize - 1) / _meanSize;
        RowClusters cut = new(members, _maker.Make(members, count), count);
        int[] partOf = new int[members.Length];
        int next = 0;
        for (int part = 0; part < count; part++)
        {
            int size = cut.SizeOf(part);
            int step = size > LargestMultiple * _meanSize ? _meanSize : Math.Max(1, size);
            for (int from = 0; from < size; from += step)
            {
                foreach (int row in cut[part].Slice(from, Math.Min(step, size - from)))
                {
                    partOf[Array.BinarySearch(members, row)] = next;
                }

                next++;
            }
        }

        return partOf;
    }
}
