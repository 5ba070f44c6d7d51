using GnnReRank.Compute.Cpu.Ordering;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>Gives candidates their exact scores, and orders them by these; one thread's.</summary>
internal sealed class CandidateScorer(VertexRows rows) : IDisposable
{
    private const int BatchOfAll = 1_024;

    private readonly ExactDots _dots = new(rows, rows);
    private int[] _candidates = [];
    private float[] _scores = [];
    private ulong[] _keys = [];

    /// <summary>The cosine of the last vertex with itself.</summary>
    public float SelfScore { get; private set; }

    /// <summary>The keys of a vertex's candidates with their exact scores, best first.</summary>
    /// <param name="vertex">0-based vertex.</param>
    /// <param name="candidates">Keys that name the candidates.</param>
    public ReadOnlySpan<ulong> Score(int vertex, ReadOnlySpan<ulong> candidates)
    {
        Reserve(candidates.Length + 1);
        for (int position = 0; position < candidates.Length; position++)
        {
            _candidates[position] = SortableKey.IndexOfBest(candidates[position]);
        }

        _candidates[candidates.Length] = vertex;
        _dots.Multiply(vertex, _candidates.AsSpan(0, candidates.Length + 1), _scores);
        SelfScore = _scores[candidates.Length] + 0f;
        return Ordered(candidates.Length);
    }

    /// <summary>Makes <see cref="SelfScore"/> a vertex's, and leaves the last keys as they are.</summary>
    /// <param name="vertex">0-based vertex.</param>
    public void ScoreSelf(int vertex)
    {
        float score = 0;
        _dots.Multiply(vertex, [vertex], new Span<float>(ref score));
        SelfScore = score + 0f;
    }

    /// <summary>The keys of all other vertices that a filter takes, best first.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public ReadOnlySpan<ulong> ScoreAll<TFilter>(int vertex, TFilter filter, CancellationToken cancellationToken)
        where TFilter : struct, IPairFilter
    {
        Reserve(rows.Count);
        int count = 0;
        for (int other = 0; other < rows.Count; other++)
        {
            if (other != vertex && filter.Takes(vertex, other))
            {
                _candidates[count++] = other;
            }
        }

        _candidates[count] = vertex;
        for (int first = 0; first <= count; first += BatchOfAll)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int length = Math.Min(BatchOfAll, count + 1 - first);
            _dots.Multiply(vertex, _candidates.AsSpan(first, length), _scores.AsSpan(first, length));
        }

        SelfScore = _scores[count] + 0f;
        return Ordered(count);
    }

    public void Dispose() => _dots.Dispose();

    private ReadOnlySpan<ulong> Ordered(int count)
    {
        for (int position = 0; position < count; position++)
        {
            _keys[position] = SortableKey.BestIsLargest(_scores[position], _candidates[position]);
        }

        Span<ulong> keys = _keys.AsSpan(0, count);
        keys.Sort();
        keys.Reverse();
        return keys;
    }

    private void Reserve(int count)
    {
        if (_candidates.Length < count)
        {
            _candidates = new int[count];
            _scores = new float[count];
            _keys = new ulong[count];
        }
    }
}
