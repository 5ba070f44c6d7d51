using GnnReRank.Compute.Cpu.Neighbors;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>
/// The best neighbours of all rows among the pairs met so far, shared by all threads. Lists lie by the places of their
/// rows, so that visitors from one cluster find theirs together; they name neighbours by their rows.
/// </summary>
internal sealed class ClusterLists : IDisposable
{
    /// <summary>The least room of a list: small lists stay in the caches, though they are sorted more often.</summary>
    public const int SmallestCapacity = 0;

    private const int LockCount = 1 << 12;

    private readonly Lock[] _locks = [.. Enumerable.Range(0, LockCount).Select(_ => new Lock())];

    /// <param name="placeCount">Rows of clusters.</param>
    /// <param name="others">Neighbours that each row keeps, itself left out.</param>
    /// <param name="margin">How far below the last a score may lie and still be one of the best.</param>
    public ClusterLists(int placeCount, int others, float margin)
    {
        Best = new TopKReservoirs(placeCount, others, margin, SmallestCapacity);
    }

    public TopKReservoirs Best { get; }

    /// <summary>Hold it to offer candidates to the row at a place.</summary>
    public Lock LockOf(int place) => _locks[place & (LockCount - 1)];

    public void Dispose() => Best.Dispose();
}
