using System.Runtime.InteropServices;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Compute.Walks;

namespace GnnReRank.Compute.Cpu.Walks;

/// <summary>
/// The walks of sixteen queries at once: an entry of the matrix is read once for all of them, and rows that none can
/// have come to are left out. A row is a sum over ascending columns, and columns where a walk has not been add 0:
/// whatever shares the group, the bits are the same.
/// </summary>
/// <typeparam name="TRows">Where the matrix lies.</typeparam>
internal sealed unsafe class WalkScorer<TRows> : IQueryScorer
    where TRows : struct, IWalkRows
{
    private const int Lanes = LaneKernels.Lanes;
    private const int Chunk = 4096;

    // Gallery rows laid out at a time.
    private const int Strip = 256;

    private readonly WalkTerms _terms;
    private readonly TRows _rows;
    private readonly WalkReach _reach;
    private readonly NativeBuffer<float> _first;
    private readonly NativeBuffer<float> _second;
    private readonly NativeBuffer<float> _shares = new(Lanes);
    private readonly NativeBuffer<float> _scores;
    private readonly nint _stride;
    private int _query;

    public WalkScorer(WalkTerms terms, TRows rows)
    {
        (_terms, _rows) = (terms, rows);
        int count = terms.VertexCount;
        _reach = new WalkReach(count);

        // A strip reads past the last row.
        _first = new NativeBuffer<float>(((long)count + Strip) * Lanes, zeroed: true);
        _second = new NativeBuffer<float>(((long)count + Strip) * Lanes, zeroed: true);
        _shares.AsSpan(Lanes).Fill(1f);
        _stride = (terms.GalleryCount + Strip - 1) / Strip * Strip;
        _scores = new NativeBuffer<float>(_stride * (long)Lanes);
    }

    public int GroupSize => Lanes;

    public bool UsesCosines => _terms.AddsToCosines;

    public void Score(int first, int count, CancellationToken cancellationToken)
    {
        _query = first;
        float* before = _first.Pointer;
        float* after = _second.Pointer;
        for (int lane = 0; lane < count; lane++)
        {
            _reach.Add(first + lane);
            before[((long)(first + lane) * Lanes) + lane] = 1f;
        }

        for (int step = 0; step < _terms.Steps; step++)
        {
            Walk(before, after, cancellationToken);
            for (int lane = 0; lane < count; lane++)
            {
                after[((long)(first + lane) * Lanes) + lane] += _terms.Restart;
            }

            float* done = after;
            after = before;
            before = done;
        }

        for (int row = 0; row < _terms.GalleryCount; row += Strip)
        {
            LaneKernels.StoreTransposed(
                before + ((long)(_terms.QueryCount + row) * Lanes), Strip, _shares.Pointer, _scores.Pointer + row,
                _stride);
        }

        Clear();
    }

    public float* Row(int offset) => _scores.Pointer + (offset * _stride);

    public float* Row(int offset, float* cosines)
    {
        float* scores = Row(offset);
        WalkLanes.AddToCosines(scores, cosines, _terms.Density, _terms.Gains[_query + offset], _terms.GalleryCount);
        return scores;
    }

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
        _reach.Expand(_rows);
        for (int at = 0; at < _reach.Count; at += Chunk)
        {
            cancellationToken.ThrowIfCancellationRequested();
            WalkLanes.Step(_rows, _reach.Vertices + at, Math.Min(Chunk, _reach.Count - at), before, after);
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
