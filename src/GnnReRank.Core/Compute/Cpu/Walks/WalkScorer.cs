using System.Runtime.InteropServices;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Compute.Jobs;
using GnnReRank.Compute.Walks;

namespace GnnReRank.Compute.Cpu.Walks;

/// <summary>
/// The walks of sixteen queries at once: an entry of the matrix is read once for all of them, and rows that none can have come to are
/// left out. A row is a sum over ascending columns, and columns where a walk has not been add 0: whatever shares the group, the bits are
/// the same.
/// </summary>
internal sealed unsafe class WalkScorer : IQueryScorer
{
    private const int Lanes = LaneKernels.Lanes;
    private const int Step = 4096;

    // Gallery rows laid out at a time.
    private const int Strip = 256;

    private readonly TransitionMatrix _matrix;
    private readonly RestartWalkRecipe _recipe;
    private readonly int _queryCount;
    private readonly WalkReach _reach;
    private readonly NativeBuffer<float> _first;
    private readonly NativeBuffer<float> _second;
    private readonly NativeBuffer<float> _shares = new(Lanes);
    private readonly NativeBuffer<float> _scores;
    private readonly nint _stride;

    public WalkScorer(TransitionMatrix matrix, RestartWalkRecipe recipe, int queryCount)
    {
        (_matrix, _recipe, _queryCount) = (matrix, recipe, queryCount);
        int count = matrix.Count;
        _reach = new WalkReach(count);

        // A strip reads past the last row.
        _first = new NativeBuffer<float>(((long)count + Strip) * Lanes, zeroed: true);
        _second = new NativeBuffer<float>(((long)count + Strip) * Lanes, zeroed: true);
        _shares.AsSpan(Lanes).Fill(1f);
        _stride = (count - queryCount + Strip - 1) / Strip * Strip;
        _scores = new NativeBuffer<float>(_stride * (long)Lanes);
    }

    public int GroupSize => Lanes;

    public bool UsesCosines => false;

    public void Score(int first, int count, CancellationToken cancellationToken)
    {
        for (int query = first; query < first + count; query++)
        {
            _reach.Add(query);
            _first.Pointer[((long)query * Lanes) + query - first] = 1f;
        }

        float* before = _first.Pointer;
        float* after = _second.Pointer;
        for (int step = 0; step < _recipe.Steps; step++)
        {
            Walk(before, after, cancellationToken);
            for (int query = first; query < first + count; query++)
            {
                after[((long)query * Lanes) + query - first] += (float)_recipe.Restart;
            }

            float* done = after;
            after = before;
            before = done;
        }

        LayOut(before);
        Clear();
    }

    public float* Row(int offset) => _scores.Pointer + (offset * _stride);

    public float* Row(int offset, float* cosines) => Row(offset);

    public void Dispose()
    {
        _reach.Dispose();
        _first.Dispose();
        _second.Dispose();
        _shares.Dispose();
        _scores.Dispose();
    }

    private void Walk(float* before, float* after, CancellationToken cancellationToken)
    {
        fixed (int* offsets = _matrix.Offsets, columns = _matrix.Columns)
        fixed (float* values = _matrix.Values)
        {
            _reach.Expand(offsets, columns);
            for (int at = 0; at < _reach.Count; at += Step)
            {
                cancellationToken.ThrowIfCancellationRequested();
                WalkKernels.Step(
                    offsets, columns, values, _reach.Vertices + at, Math.Min(Step, _reach.Count - at), before, after);
            }
        }
    }

    private void LayOut(float* walks)
    {
        for (int row = 0; row < _matrix.Count - _queryCount; row += Strip)
        {
            LaneKernels.StoreTransposed(
                walks + ((long)(_queryCount + row) * Lanes), Strip, _shares.Pointer, _scores.Pointer + row, _stride);
        }
    }

    private void Clear()
    {
        for (int at = 0; at < _reach.Count; at++)
        {
            long start = (long)_reach.Vertices[at] * Lanes;
            NativeMemory.Clear(_first.Pointer + start, Lanes * sizeof(float));
            NativeMemory.Clear(_second.Pointer + start, Lanes * sizeof(float));
        }

        _reach.Clear();
    }
}
