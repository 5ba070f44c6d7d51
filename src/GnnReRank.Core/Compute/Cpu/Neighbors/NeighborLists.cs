using GnnReRank.Compute.Cpu.Ordering;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>Writes each vertex's list: itself, then its neighbours by score, ties by index.</summary>
internal sealed class NeighborLists
{
    private const int Chunk = 64;

    private readonly int _neighborCount;
    private readonly int _firstVertex;

    /// <param name="vertexCount">Vertices.</param>
    /// <param name="neighborCount">Neighbours a vertex, itself included.</param>
    /// <param name="firstVertex">The vertex whose list is the first.</param>
    public NeighborLists(int vertexCount, int neighborCount, int firstVertex = 0)
    {
        _neighborCount = neighborCount;
        _firstVertex = firstVertex;
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
    /// <param name="found">The reservoirs.</param>
    /// <param name="filter">The pairs that they took.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="reporter">Counts rows.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public void TakeCandidates<TFilter>(
        TopKReservoirs found, TFilter filter, VertexRows rows, StageReporter reporter, ComputeOptions options)
        where TFilter : struct, IPairFilter
    {
        Workers.ForRanges(options.ThreadCount, VertexCount, Chunk, () => new CandidateScorer(rows), (scorer, from, to) =>
        {
            for (int vertex = from; vertex < to; vertex++)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                ReadOnlySpan<ulong> best = found.IsGivenUp(vertex)
                    ? scorer.ScoreAll(vertex, filter, options.CancellationToken)
                    : scorer.Score(vertex, found.Best(vertex));
                Write(vertex, scorer.SelfScore, best);
            }

            reporter.Advance(to - from);
        });
    }

    /// <summary>The least exact cosine of each row among its candidates; rows given up are compared with all others.</summary>
    /// <param name="found">The candidates.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="reporter">Counts rows.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static float[] LeastOf(TopKReservoirs found, VertexRows rows, StageReporter reporter, ComputeOptions options)
    {
        float[] least = new float[rows.Count];
        Workers.ForRanges(options.ThreadCount, rows.Count, Chunk, () => new CandidateScorer(rows), (scorer, from, to) =>
        {
            for (int vertex = from; vertex < to; vertex++)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                ReadOnlySpan<ulong> best = found.IsGivenUp(vertex)
                    ? scorer.ScoreAll(vertex, default(AllPairs), options.CancellationToken)
                    : scorer.Score(vertex, found.Best(vertex));
                least[vertex] = SortableKey.ScoreOfBest(best[^1]);
            }

            reporter.Advance(to - from);
        });
        return least;
    }

    /// <summary>Writes the list of a vertex.</summary>
    /// <param name="vertex">0-based vertex.</param>
    /// <param name="selfScore">Its cosine with itself.</param>
    /// <param name="best">The others, best first; where there are fewer than needed, the list ends in -1.</param>
    public void Write(int vertex, float selfScore, ReadOnlySpan<ulong> best)
    {
        int offset = (vertex - _firstVertex) * _neighborCount;
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
