using System.Runtime.CompilerServices;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu.Inverse;

/// <summary>Sums of the rows that a query starts from, each times the weight of its cosine.</summary>
/// <param name="rows">Rows over the gallery; disposed with this.</param>
/// <param name="starts">The gallery rows that each query starts from.</param>
/// <param name="weigh">The weight of a cosine.</param>
internal sealed class StartedRows(SparseRows rows, Ranking starts, Func<float, double> weigh) : IScoring
{
    public IQueryScorer CreateScorer() => new Scorer(rows, starts, weigh);

    public void Dispose() => rows.Dispose();

    private sealed unsafe class Scorer(SparseRows rows, Ranking starts, Func<float, double> weigh) : IQueryScorer
    {
        private readonly NativeBuffer<float> _scores = new(rows.Count);

        public int GroupSize => 1;

        public bool UsesCosines => false;

        public void Score(int first, int count, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _scores.AsSpan(rows.Count).Clear();
            ReadOnlySpan<int> started = starts.GetIndexSpan(first);
            ReadOnlySpan<float> cosines = starts.GetScoreSpan(first);
            for (int start = 0; start < started.Length; start++)
            {
                AddRow(started[start], (float)weigh(cosines[start]));
            }
        }

        public float* Row(int offset) => _scores.Pointer;

        public float* Row(int offset, float* cosines) => Row(offset);

        public void Dispose() => _scores.Dispose();

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void AddRow(int row, float weight)
        {
            int* indices = rows.Indices(row);
            float* values = rows.Values(row);
            int length = rows.Length(row);
            float* scores = _scores.Pointer;
            for (int entry = 0; entry < length; entry++)
            {
                scores[indices[entry]] += weight * values[entry];
            }
        }
    }
}
