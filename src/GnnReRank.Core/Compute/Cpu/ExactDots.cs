using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GnnReRank.Compute.Cpu.Kernels;

namespace GnnReRank.Compute.Cpu;

/// <summary>
/// Cosines of one row with a few others, in the very bits of <see cref="TileKernel"/>: normalised values, and one chain of multiply-adds
/// from the first column to the last. Sixteen chains run side by side, as each waits for itself. One thread's.
/// </summary>
internal sealed unsafe class ExactDots : IDisposable
{
    private const int Chains = 16;
    private const int Group = 4;
    private const int LineColumns = 16;

    private readonly VertexRows _lefts;
    private readonly VertexRows _others;
    private readonly NativeBuffer<float> _left;
    private readonly NativeBuffer<float> _scratch;
    private readonly NativeBuffer<nint> _pointers = new(Chains);
    private readonly NativeBuffer<float> _scales = new(Chains);
    private readonly NativeBuffer<float> _results = new(Chains);
    private int _leftRow = -1;

    /// <param name="lefts">The rows to compare.</param>
    /// <param name="others">What they are compared with, of the same dimension.</param>
    public ExactDots(VertexRows lefts, VertexRows others)
    {
        _lefts = lefts;
        _others = others;
        _left = new NativeBuffer<float>(lefts.Dimension);
        _scratch = new NativeBuffer<float>(lefts.NeedsScratch || others.NeedsScratch ? (long)Chains * lefts.Dimension : 0);
    }

    /// <summary>The cosines of one row with each of the others.</summary>
    /// <param name="left">0-based row of the lefts.</param>
    /// <param name="others">0-based rows of the others, in any order.</param>
    /// <param name="cosines">Receives one cosine a row of the others.</param>
    public void Multiply(int left, ReadOnlySpan<int> others, Span<float> cosines)
    {
        TakeLeft(left);
        for (int first = 0; first < others.Length; first += Chains)
        {
            int count = Math.Min(Chains, others.Length - first);
            for (int chain = 0; chain < Chains; chain++)
            {
                int row = others[first + Math.Min(chain, count - 1)];
                _pointers.Pointer[chain] = (nint)_others.Row(row, _scratch.Pointer + ((long)chain * _others.Dimension));
                _scales.Pointer[chain] = _others.InverseNorm(row);
            }

            MultiplyChains();
            for (int chain = 0; chain < count; chain++)
            {
                cosines[first + chain] = _results.Pointer[chain];
            }
        }
    }

    public void Dispose()
    {
        _left.Dispose();
        _scratch.Dispose();
        _pointers.Dispose();
        _scales.Dispose();
        _results.Dispose();
    }

    private void TakeLeft(int row)
    {
        if (row == _leftRow)
        {
            return;
        }

        float* values = _lefts.Row(row, _scratch.Pointer);
        float scale = _lefts.InverseNorm(row);
        for (int column = 0; column < _lefts.Dimension; column++)
        {
            _left.Pointer[column] = values[column] * scale;
        }

        _leftRow = row;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyChains()
    {
        float** others = (float**)_pointers.Pointer;
        float* scales = _scales.Pointer;
        float* results = _results.Pointer;
        float* left = _left.Pointer;
        int dimension = _lefts.Dimension;
        int column = 0;
        Vector128<float> a = default, b = default, c = default, d = default;
        if (Shuffle.IsSupported)
        {
            for (; column + LineColumns <= dimension; column += LineColumns)
            {
                a = AddLine(others, scales, left + column, column, a);
                b = AddLine(others + Group, scales + Group, left + column, column, b);
                c = AddLine(others + (2 * Group), scales + (2 * Group), left + column, column, c);
                d = AddLine(others + (3 * Group), scales + (3 * Group), left + column, column, d);
            }
        }

        a.Store(results);
        b.Store(results + Group);
        c.Store(results + (2 * Group));
        d.Store(results + (3 * Group));
        for (; column < dimension; column++)
        {
            for (int chain = 0; chain < Chains; chain++)
            {
                results[chain] = float.MultiplyAddEstimate(left[column], others[chain][column] * scales[chain], results[chain]);
            }
        }
    }

    // A line at a time: rows whose length is a power of two share a set of the first-level cache, and would evict each other's.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> AddLine(float** rows, float* scales, float* left, int column, Vector128<float> sum)
    {
        sum = AddFour(rows, scales, left, column, sum);
        sum = AddFour(rows, scales, left + Group, column + Group, sum);
        sum = AddFour(rows, scales, left + (2 * Group), column + (2 * Group), sum);
        return AddFour(rows, scales, left + (3 * Group), column + (3 * Group), sum);
    }

    /// <summary>Four columns of four rows, transposed so that a register holds one column of all four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> AddFour(float** rows, float* scales, float* left, int column, Vector128<float> sum)
    {
        Vector128<float> p = Vector128.Load(rows[0] + column) * scales[0];
        Vector128<float> q = Vector128.Load(rows[1] + column) * scales[1];
        Vector128<float> r = Vector128.Load(rows[2] + column) * scales[2];
        Vector128<float> s = Vector128.Load(rows[3] + column) * scales[3];
        Vector128<float> pqLow = Shuffle.InterleaveLow(p, q);
        Vector128<float> pqHigh = Shuffle.InterleaveHigh(p, q);
        Vector128<float> rsLow = Shuffle.InterleaveLow(r, s);
        Vector128<float> rsHigh = Shuffle.InterleaveHigh(r, s);
        sum = Lanes128.MultiplyAdd(Vector128.Create(left[0]), Shuffle.LowHalves(pqLow, rsLow), sum);
        sum = Lanes128.MultiplyAdd(Vector128.Create(left[1]), Shuffle.HighHalves(pqLow, rsLow), sum);
        sum = Lanes128.MultiplyAdd(Vector128.Create(left[2]), Shuffle.LowHalves(pqHigh, rsHigh), sum);
        return Lanes128.MultiplyAdd(Vector128.Create(left[3]), Shuffle.HighHalves(pqHigh, rsHigh), sum);
    }
}
