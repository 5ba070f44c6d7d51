using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Ordering;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Singles;

namespace GnnReRank.Indexing.State;

/// <summary>Ranks the rows of a snapshot for one query at a time, whose cosines are given; one thread's.</summary>
internal sealed unsafe class SearchWorker : IDisposable
{
    private readonly IndexSnapshot _snapshot;
    private readonly ISingleScorer? _scorer;
    private readonly RankSorter _sorter;
    private readonly NativeBuffer<float> _scores;
    private readonly NativeBuffer<float> _cosines;

    /// <param name="snapshot">What is searched.</param>
    public SearchWorker(IndexSnapshot snapshot)
    {
        _snapshot = snapshot;
        _scorer = snapshot.Scoring?.CreateScorer();
        _sorter = new RankSorter(snapshot.Rows.Count);
        _scores = new NativeBuffer<float>(snapshot.Rows.Count);
        _cosines = new NativeBuffer<float>(snapshot.Rows.Count);
    }

    /// <summary>Ranks.</summary>
    /// <param name="cosines">The query's cosine with each slot; those of removed rows are overwritten.</param>
    /// <param name="wanted">The gallery rows that may be in the list, ascending; null takes all.</param>
    /// <param name="indices">Receives gallery rows, best first; as long as the list is to be.</param>
    /// <param name="scores">Receives their scores.</param>
    /// <param name="cancellationToken">Checked now and then.</param>
    public void Rank(
        float* cosines, int[]? wanted, Span<int> indices, Span<float> scores, CancellationToken cancellationToken)
    {
        IndexRows rows = _snapshot.Rows;
        if (rows.Removed is bool[] removed)
        {
            for (int slot = 0; slot < removed.Length; slot++)
            {
                cosines[slot] = removed[slot] ? float.NaN : cosines[slot];
            }
        }

        float* scored = _scorer is null ? cosines : _scorer.Score(cosines, cancellationToken);
        int count = wanted?.Length ?? rows.Count;
        for (int place = 0; place < count; place++)
        {
            int slot = rows.SlotOf(wanted is null ? place : wanted[place]);
            _scores.Pointer[place] = scored[slot];
            _cosines.Pointer[place] = cosines[slot];
        }

        _sorter.Order(
            _scores.Pointer, count, _scorer is null ? null : new PlacedCosines(_cosines), 0, indices, scores);
        if (wanted is not null)
        {
            for (int rank = 0; rank < indices.Length; rank++)
            {
                indices[rank] = wanted[indices[rank]];
            }
        }
    }

    public void Dispose()
    {
        _scorer?.Dispose();
        _sorter.Dispose();
        _scores.Dispose();
        _cosines.Dispose();
    }

    /// <summary>The one query's cosines, by place.</summary>
    private sealed class PlacedCosines(NativeBuffer<float> cosines) : IQueryCosines
    {
        public void Prepare(int first, int count, CancellationToken cancellationToken)
        {
            // They are there.
        }

        public Span<float> Row(int query) => new(cosines.Pointer, checked((int)cosines.Length));

        public void Dispose()
        {
            // The worker's.
        }
    }
}
