using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu.Expansion;

/// <summary>
/// The mean overlaps of sixteen queries at once. All sums are of whole numbers, and are divided at the end: equal
/// overlaps tie.
/// </summary>
internal sealed unsafe class ExpandedListsScorer : IQueryScorer
{
    private const int Lanes = LaneKernels.Lanes;
    private const int Strip = 256;

    private readonly ExpandedListsScoring _scoring;
    private readonly int _count;
    private readonly int _galleryCount;
    private readonly LaneVectors _own;
    private readonly LaneVectors _expanded;
    private readonly NativeBuffer<float> _overlaps;
    private readonly NativeBuffer<float> _products;
    private readonly NativeBuffer<float> _ones;
    private readonly NativeBuffer<float> _shares = new(Lanes);
    private readonly NativeBuffer<float> _scores;
    private readonly nint _stride;

    public ExpandedListsScorer(ExpandedListsScoring scoring)
    {
        _scoring = scoring;
        _count = scoring.Lists.Count;
        _galleryCount = _count - scoring.QueryCount;
        _own = new LaneVectors(_count);
        _expanded = new LaneVectors(_count);
        _overlaps = new NativeBuffer<float>((long)_count * Lanes);

        // Rows are laid out four at a time.
        _products = new NativeBuffer<float>(((long)_count + Strip) * Lanes, zeroed: true);
        _ones = new NativeBuffer<float>(_count);
        _ones.AsSpan(_count).Fill(1f);
        _shares.AsSpan(Lanes).Fill((float)(0.5 / scoring.Expanded.MostEntries));
        _stride = (_galleryCount + Strip - 1) / Strip * Strip;
        _scores = new NativeBuffer<float>(_stride * (long)Lanes);
    }

    public int GroupSize => Lanes;

    public bool UsesCosines => true;

    public void Score(int first, int count, CancellationToken cancellationToken)
    {
        for (int lane = 0; lane < count; lane++)
        {
            TakeQuery(first + lane, lane);
        }

        Multiply(_own, _overlaps, cancellationToken);
        Multiply(_expanded, _products, cancellationToken);
        SparseRows expanded = _scoring.Expanded.Rows;
        for (int row = 0; row < _galleryCount; row += Strip)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int from = _scoring.QueryCount + row;
            int to = Math.Min(from + Strip, _count);
            LaneKernels.MultiplyAdd(expanded, from, to, _overlaps.Pointer, _ones.Pointer, _products.Pointer);
            LaneKernels.StoreTransposed(
                _products.Pointer + ((long)from * Lanes), Strip, _shares.Pointer, _scores.Pointer + row, _stride);
        }
    }

    public float* Row(int offset) => _scores.Pointer + (offset * _stride);

    /// <summary>Where nothing overlaps, the cosine less 1 puts the rows behind all others in their own order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float* Row(int offset, float* cosines)
    {
        float* scores = Row(offset);
        for (int row = 0; row < _galleryCount; row++)
        {
            scores[row] = scores[row] == 0f ? cosines[row] - 1f : scores[row];
        }

        return scores;
    }

    public void Dispose()
    {
        _own.Dispose();
        _expanded.Dispose();
        _overlaps.Dispose();
        _products.Dispose();
        _ones.Dispose();
        _shares.Dispose();
        _scores.Dispose();
    }

    /// <summary>The query's list, and the sum of the lists of its expanded neighbours, into one lane each.</summary>
    private void TakeQuery(int query, int lane)
    {
        Add(query, _own, lane);
        SparseRows expanded = _scoring.Expanded.Rows;
        int* neighbors = expanded.Indices(query);
        for (int entry = 0; entry < expanded.Length(query); entry++)
        {
            Add(neighbors[entry], _expanded, lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(int row, LaneVectors vectors, int lane)
    {
        int* members = _scoring.Lists.Indices(row);
        float* weights = _scoring.Lists.Values(row);
        int length = _scoring.Lists.Length(row);
        for (int entry = 0; entry < length; entry++)
        {
            vectors.Of(members[entry])[lane] += weights[entry];
            vectors.IsUsed[members[entry]] = 1;
        }
    }

    /// <summary>products = F vectors, which are empty afterwards.</summary>
    private void Multiply(LaneVectors vectors, NativeBuffer<float> products, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        NativeMemory.Clear(products.Pointer, (nuint)_count * Lanes * sizeof(float));
        vectors.FindSupport();
        foreach (int member in vectors.Support)
        {
            LaneKernels.AddScaled(_scoring.Members, member, vectors.Of(member), products.Pointer);
        }

        vectors.Clear();
    }
}
