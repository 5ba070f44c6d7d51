using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>
/// The best neighbours of all rows among those pairs that a plan has met: where finished tiles go, shared by all threads, one lock a block of
/// rows. Lists of plans that met different pairs merge into the lists of all these pairs.
/// </summary>
internal sealed class PartialLists : IDisposable
{
    /// <param name="vertexCount">The number of rows.</param>
    /// <param name="keep">The candidates each row keeps.</param>
    /// <param name="margin">How far below a row's k-th best score a candidate may still be one of the best.</param>
    /// <param name="cosines">Receives the query x gallery block of S, or null.</param>
    public PartialLists(int vertexCount, int keep, float margin, RowBlocks<float>? cosines)
    {
        Cosines = cosines;
        Best = new TopKReservoirs(vertexCount, keep, margin);
        SelfScores = new float[vertexCount];
        BlockLocks = [.. Enumerable.Range(0, RowBlock.CountFor(vertexCount)).Select(_ => new Lock())];
    }

    public TopKReservoirs Best { get; }

    /// <summary>Lists under a rule of cameras, where they are asked for.</summary>
    public CameraLists? Cameras { get; init; }

    /// <summary>The least cosine of each row so far, where it is asked for.</summary>
    public RowMinima? Least { get; init; }

    /// <summary>The lists given up.</summary>
    public int GivenUpCount => Best.GivenUpCount + (Cameras?.GivenUpCount ?? 0) + (Least?.Candidates?.GivenUpCount ?? 0);

    /// <summary>The cosine of each vertex with itself: 1 up to rounding, 0 for a row of zeros and before its tile is made.</summary>
    public float[] SelfScores { get; }

    /// <summary>The cosines of each query with each gallery row, where they are asked for; each is written by one tile alone.</summary>
    public RowBlocks<float>? Cosines { get; }

    /// <summary>Hold a block's lock to offer candidates to its rows.</summary>
    public Lock[] BlockLocks { get; }

    /// <summary>Takes what other lists found among other pairs of the same rows, with the same margin; one thread's.</summary>
    public void Merge(PartialLists other)
    {
        Best.Merge(other.Best);
        for (int vertex = 0; vertex < SelfScores.Length; vertex++)
        {
            SelfScores[vertex] = Math.Max(SelfScores[vertex], other.SelfScores[vertex]);        }

        Cameras?.Merge(other.Cameras!);
        Least?.Merge(other.Least!);
    }

    public void Dispose()
    {
        Best.Dispose();
        Cameras?.Dispose();
        Least?.Dispose();
    }
}
