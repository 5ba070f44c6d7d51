namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>Where finished tiles go: shared by all threads, one lock a block of rows.</summary>
internal sealed class NeighborTileTargets : IDisposable
{
    /// <param name="vertexCount">The number of rows.</param>
    /// <param name="keep">The candidates each row keeps.</param>
    /// <param name="blockCount">The number of row blocks.</param>
    /// <param name="margin">How far below a row's k-th best score a candidate may still be one of the best.</param>
    /// <param name="cosines">Receives the query x gallery block of S, or null.</param>
    public NeighborTileTargets(int vertexCount, int keep, int blockCount, float margin, RowBlocks<float>? cosines)
    {
        Cosines = cosines;
        Best = new TopKReservoirs(vertexCount, keep, margin);
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

    /// <summary>The cosines of each query with each gallery row, where they are asked for; each is written by one tile alone.</summary>
    public RowBlocks<float>? Cosines { get; }

    /// <summary>Hold a block's lock to offer candidates to its rows.</summary>
    public Lock[] BlockLocks { get; }

    public void Dispose() => Best.Dispose();
}
