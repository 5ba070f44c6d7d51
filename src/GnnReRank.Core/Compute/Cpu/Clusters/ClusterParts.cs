namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>The parts that some clusters were cut in; one that was not is one part.</summary>
/// <param name="Counts">Parts of each of these clusters.</param>
/// <param name="PartOf">
/// The part of each of their rows in its cluster, the rows of the first cluster first, each cluster's ascending.
/// </param>
internal sealed record ClusterParts(int[] Counts, int[] PartOf)
{
    /// <summary>The rows of each part: the parts of the first cluster first.</summary>
    /// <param name="clusters">All clusters, before the cut.</param>
    /// <param name="first">The first of those that were cut.</param>
    public RowClusters Of(RowClusters clusters, int first)
    {
        int[] numbers = new int[PartOf.Length];
        int start = 0;
        int place = 0;
        for (int cluster = 0; cluster < Counts.Length; cluster++)
        {
            for (int end = place + clusters.SizeOf(first + cluster); place < end; place++)
            {
                numbers[place] = start + PartOf[place];
            }

            start += Counts[cluster];
        }

        return new RowClusters(clusters.Order.AsSpan(clusters.StartOf(first), PartOf.Length), numbers, start);
    }
}
