using GnnReRank.Compute.Cpu.Neighbors;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>The best neighbours of all rows among the pairs met so far, shared by all threads.</summary>
internal sealed class ClusterLists : IDisposable
{
    /// <summary>The least room of a list: small lists stay in the caches, though they are sorted more often.</summary>
    public const int SmallestCapacity = 0;

    private const int LockCount = 1 << 12;

    private readonly int[] _clusterOf;
    private readonly Probes _probes;
    private readonly Lock[] _locks = [.. Enumerable.Range(0, LockCount).Select(_ => new Lock())];

    /// <param name="clusterOf">The cluster of each row.</param>
    /// <param name="probes">The clusters that each row visits.</param>
    /// <param name="others">Neighbours that each row keeps, itself left out.</param>
    public ClusterLists(int[] clusterOf, Probes probes, int others)
    {
        _clusterOf = clusterOf;
        _probes = probes;
        Best = new TopKReservoirs(clusterOf.Length, others, margin: 0, SmallestCapacity);
        SelfScores = new float[clusterOf.Length];
    }

    public TopKReservoirs Best { get; }

    /// <summary>The cosine of each vertex with itself: 1 up to rounding, 0 for a row of zeros.</summary>
    public float[] SelfScores { get; }

    /// <summary>Hold it to offer candidates to a row.</summary>
    public Lock LockOf(int row) => _locks[row & (LockCount - 1)];

    /// <summary>Whether a row visits the cluster of another, and so meets it there.</summary>
    public bool Visits(int row, int other) => _probes[row].Contains(_clusterOf[other]);

    /// <summary>Gives rows of zeros their neighbours: the first of all, since every cosine is 0.</summary>
    /// <param name="count">How many, the row itself left out.</param>
    public void ListZeros(int count)
    {
        for (int row = 0; row < _clusterOf.Length; row++)
        {
            for (int other = 0; _clusterOf[row] < 0 && other < count + (row <= count ? 1 : 0); other++)
            {
                if (other != row)
                {
                    Best.Offer(row, 0, other);
                }
            }
        }
    }

    public void Dispose() => Best.Dispose();
}
