namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>Clusters in an order in which neighbours follow each other, with their directions.</summary>
/// <param name="Clusters">The clusters.</param>
/// <param name="Sums">The sums of the normalised rows of each.</param>
internal sealed record DirectedClusters(RowClusters Clusters, float[] Sums)
{
    /// <summary>Puts the parts of clusters in their order.</summary>
    /// <param name="clusters">The clusters, before some were cut.</param>
    /// <param name="parts">The parts of all.</param>
    /// <param name="sums">The sums of the normalised rows of each part.</param>
    /// <param name="cancellationToken">Checked often.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static DirectedClusters Of(
        RowClusters clusters, ClusterParts parts, float[] sums, CancellationToken cancellationToken)
    {
        int[] names = Names(parts.Counts);
        int dimension = sums.Length / names.Length;
        int[] chain = ClusterChain.Of(Named(sums, names, dimension), names.Length, cancellationToken);
        int[] places = new int[chain.Length];
        for (int place = 0; place < chain.Length; place++)
        {
            places[chain[place]] = place;
        }

        int[] placeOf = [.. names.Select(name => places[name])];
        RowClusters cut = parts.Of(clusters, 0);
        int[] members = cut.Order.ToArray();
        int[] clusterOf = new int[members.Length];
        for (int part = 0; part < cut.Count; part++)
        {
            clusterOf.AsSpan(cut.StartOf(part), cut.SizeOf(part)).Fill(placeOf[part]);
        }

        return new DirectedClusters(
            new RowClusters(members, clusterOf, chain.Length), Named(sums, placeOf, dimension));
    }

    /// <summary>The first part of a cluster has its number; the others follow behind all clusters.</summary>
    private static int[] Names(int[] counts)
    {
        List<int> names = [];
        int next = counts.Length;
        for (int cluster = 0; cluster < counts.Length; cluster++)
        {
            names.Add(cluster);
            for (int part = 1; part < counts[cluster]; part++)
            {
                names.Add(next++);
            }
        }

        return [.. names];
    }

    private static float[] Named(float[] sums, int[] names, int dimension)
    {
        float[] named = new float[sums.Length];
        for (int part = 0; part < names.Length; part++)
        {
            sums.AsSpan(part * dimension, dimension).CopyTo(named.AsSpan(names[part] * dimension));
        }

        return named;
    }
}
