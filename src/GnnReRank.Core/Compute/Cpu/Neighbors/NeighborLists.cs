using GnnReRank.Compute.Cpu.Ordering;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>Writes each vertex's list: itself, then its neighbours by score, ties by index.</summary>
internal sealed class NeighborLists
{
    private const int Chunk = 64;

    private readonly int _neighborCount;

    public NeighborLists(int vertexCount, int neighborCount)
    {
        _neighborCount = neighborCount;
        Indices = GC.AllocateUninitializedArray<int>(vertexCount * neighborCount);
        Scores = GC.AllocateUninitializedArray<float>(vertexCount * neighborCount);
        VertexCount = vertexCount;
    }

    public int VertexCount { get; }

    public int NeighborCount => _neighborCount;

    public int[] Indices { get; }

    public float[] Scores { get; }

    /// <summary>Takes what the reservoirs hold; their scores are exact.</summary>
    /// <param name="selfScores">The cosine of each vertex with itself.</param>
    /// <param name="found">The reservoirs; a row that has fewer than needed ends in -1.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public void TakeExact(float[] selfScores, TopKReservoirs found, ComputeOptions options) =>
        Workers.ForRanges(options.ThreadCount, VertexCount, Chunk, (from, to) =>
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            for (int vertex = from; vertex < to; vertex++)
            {
                Write(vertex, selfScores[vertex], found.Best(vertex));
            }
        });

    /// <summary>Scores the candidates of the reservoirs again, and keeps the best; rows given up are compared with all others.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public void TakeCandidates(PartialLists found, VertexRows rows, ComputeOptions options)
    {
        StageReporter reporter = new(StageNames.ExactScores, VertexCount, StageUnits.Rows, options);
        Workers.ForRanges(options.ThreadCount, VertexCount, Chunk, () => new CandidateScorer(rows), (scorer, from, to) =>
        {
            for (int vertex = from; vertex < to; vertex++)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                ReadOnlySpan<ulong> best = found.Best.IsGivenUp(vertex)
                    ? scorer.ScoreAll(vertex, options.CancellationToken)
                    : scorer.Score(vertex, found.Best.Best(vertex));
                Write(vertex, scorer.SelfScore, best);
            }

            reporter.Advance(to - from);
        });
        reporter.Complete();
    }

    private void Write(int vertex, float selfScore, ReadOnlySpan<ulong> best)
    {
        int offset = vertex * _neighborCount;
        Indices[offset] = vertex;
        Scores[offset] = selfScore;
        int count = Math.Min(best.Length, _neighborCount - 1);
        for (int rank = 1; rank <= count; rank++)
        {
            ulong key = best[rank - 1];
            Indices[offset + rank] = SortableKey.IndexOfBest(key);
            Scores[offset + rank] = SortableKey.ScoreOfBest(key);
        }

        Indices.AsSpan(offset + 1 + count, _neighborCount - 1 - count).Fill(-1);
        Scores.AsSpan(offset + 1 + count, _neighborCount - 1 - count).Clear();
    }
}
