using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu.Lists;

/// <summary>Scores of some gallery rows a query, which are there already; all others score 0.</summary>
/// <param name="scores">A row a query; disposed with this.</param>
/// <param name="galleryCount">The number of gallery rows.</param>
internal sealed class ListScoring(SparseRows scores, int galleryCount) : IScoring
{
    public IQueryScorer CreateScorer() => new Scorer(scores, galleryCount);

    public void Dispose() => scores.Dispose();

    private sealed unsafe class Scorer(SparseRows scores, int galleryCount) : IQueryScorer
    {
        private readonly NativeBuffer<float> _row = new(galleryCount);
        private int _query;

        public int GroupSize => 1;

        public bool UsesCosines => false;

        public void Score(int first, int count, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _query = first;
        }

        public float* Row(int offset)
        {
            Span<float> row = _row.AsSpan(galleryCount);
            row.Clear();
            int* indices = scores.Indices(_query);
            float* values = scores.Values(_query);
            for (int entry = 0; entry < scores.Length(_query); entry++)
            {
                row[indices[entry]] = values[entry];
            }

            return _row.Pointer;
        }

        public float* Row(int offset, float* cosines) => Row(offset);

        public void Dispose() => _row.Dispose();
    }
}
