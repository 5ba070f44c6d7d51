namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>Where finished tiles go: shared by all threads, one lock a block of rows.</summary>
internal sealed class NeighborTileTargets : IDisposable
{
    public NeighborTileTargets(int vertexCount, int keep, int blockCount)
    {
        Best = new TopKReservoirs(vertexCount, keep);
        SelfScores = new float[vertexCount];
        BlockLocks = new Lock[blockCount];
        for (int block = 0; block < blockCount; block++)
        {
            BlockLocks[block] = new Lock();
        }
    }

    public TopKReservoirs Best { get; }

    /// <summary>The cosine of each vertex with itself: 1 up to rounding, 0 for a row of zeros.</summary>
    public float[] SelfScores { get; }

    /// <summary>Hold a block's lock to offer candidates to its rows.</summary>
    public Lock[] BlockLocks { get; }

    public void Dispose() => Best.Dispose();
}
