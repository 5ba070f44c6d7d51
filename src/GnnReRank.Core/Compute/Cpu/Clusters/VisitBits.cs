namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>Which clusters the rows of one cluster visit, as bits: asked at nearly every good product.</summary>
internal sealed class VisitBits
{
    private const int WordBits = 64;

    private readonly int _words;
    private readonly ulong[] _bits;

    /// <param name="clusters">The clusters.</param>
    public VisitBits(RowClusters clusters)
    {
        _words = (clusters.Count + WordBits - 1) / WordBits;
        _bits = new ulong[(long)clusters.LargestSize * _words];
    }

    /// <summary>Takes the visits of a cluster's rows.</summary>
    /// <param name="probes">The clusters that each row visits.</param>
    /// <param name="first">The place of the first row.</param>
    /// <param name="count">How many.</param>
    public void Take(Probes probes, int first, int count)
    {
        Array.Clear(_bits, 0, count * _words);
        for (int row = 0; row < count; row++)
        {
            foreach (int cluster in probes[first + row])
            {
                _bits[(row * _words) + (cluster / WordBits)] |= 1UL << cluster;
            }
        }
    }

    /// <summary>Whether one of the rows visits a cluster.</summary>
    /// <param name="row">0-based among the rows taken.</param>
    /// <param name="cluster">The cluster.</param>
    public bool Visits(int row, int cluster) =>
        (_bits[(row * _words) + (cluster / WordBits)] & (1UL << cluster)) != 0;
}
