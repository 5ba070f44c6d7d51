using System.Runtime.InteropServices;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu.Inverse;

/// <summary>
/// Inner products of query rows with gallery rows, of sixteen queries at once, through an inverted index.
/// </summary>
/// <param name="queries">The rows of the queries; disposed with this.</param>
/// <param name="columns">All rows, by column; disposed with this.</param>
/// <param name="queryCount">Rows before those of the gallery.</param>
internal sealed class InverseRowProducts(SparseRows queries, SparseRows columns, int queryCount) : IScoring
{
    public IQueryScorer CreateScorer() => new Scorer(queries, columns, queryCount);

    public void Dispose()
    {
        queries.Dispose();
        columns.Dispose();
    }

    private sealed unsafe class Scorer : IQueryScorer
    {
        private const int Lanes = LaneKernels.Lanes;

        // Rows are laid out four at a time.
        private const int Group = 4;

        private readonly SparseRows _queries;
        private readonly SparseRows _columns;
        private readonly int _queryCount;
        private readonly int _laidOut;
        private readonly LaneVectors _vectors;
        private readonly NativeBuffer<float> _products;
        private readonly NativeBuffer<float> _shares = new(Lanes);
        private readonly NativeBuffer<float> _scores;

        public Scorer(SparseRows queries, SparseRows columns, int queryCount)
        {
            (_queries, _columns, _queryCount) = (queries, columns, queryCount);
            _laidOut = (columns.Count - queryCount + Group - 1) / Group * Group;
            _vectors = new LaneVectors(columns.Count);
            _products = new NativeBuffer<float>(((long)columns.Count + Group) * Lanes, zeroed: true);
            _shares.AsSpan(Lanes).Fill(1f);
            _scores = new NativeBuffer<float>((long)_laidOut * Lanes);
        }

        public int GroupSize => Lanes;

        public bool UsesCosines => false;

        public void Score(int first, int count, CancellationToken cancellationToken)
        {
            for (int lane = 0; lane < count; lane++)
            {
                int* indices = _queries.Indices(first + lane);
                float* values = _queries.Values(first + lane);
                for (int entry = 0; entry < _queries.Length(first + lane); entry++)
                {
                    _vectors.Of(indices[entry])[lane] = values[entry];
                    _vectors.IsUsed[indices[entry]] = 1;
                }
            }

            NativeMemory.Clear(_products.Pointer, (nuint)_columns.Count * Lanes * sizeof(float));
            _vectors.FindSupport();
            foreach (int column in _vectors.Support)
            {
                cancellationToken.ThrowIfCancellationRequested();
                LaneKernels.AddScaled(_columns, column, _vectors.Of(column), _products.Pointer);
            }

            _vectors.Clear();
            LaneKernels.StoreTransposed(
                _products.Pointer + ((long)_queryCount * Lanes), _laidOut, _shares.Pointer, _scores.Pointer, _laidOut);
        }

        public float* Row(int offset) => _scores.Pointer + ((long)offset * _laidOut);

        public float* Row(int offset, float* cosines) => Row(offset);

        public void Dispose()
        {
            _vectors.Dispose();
            _products.Dispose();
            _shares.Dispose();
            _scores.Dispose();
        }
    }
}
