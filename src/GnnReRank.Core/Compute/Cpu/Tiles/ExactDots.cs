using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using GnnReRank.Compute.Cpu.Memory;

namespace GnnReRank.Compute.Cpu.Tiles;

/// <summary>
/// Cosines of one row with a few others, in the very bits of <see cref="Kernels.TileKernel"/>: normalised values, and one chain of multiply-adds
/// from the first column to the last. Sixteen chains run side by side, as each waits for itself. One thread's.
/// </summary>
internal sealed unsafe class ExactDots : IDisposable
{
    private const int Chains = 16;
    private const int Half = 8;
    private const int LineColumns = 16;
    private const int Turn = 4;

    // The lower or upper two of the four values in each half of both operands.
    private const byte LowHalves = 0x44;
    private const byte HighHalves = 0xEE;

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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakeLeft(int row)
    {
        if (row == _leftRow)
        {
            return;
        }

        float* values = _lefts.Row(row, _scratch.Pointer);
        float scale = _lefts.InverseNorm(row);
        float* left = _left.Pointer;
        int dimension = _lefts.Dimension;
        for (int column = 0; column < dimension; column++)
        {
            left[column] = values[column] * scale;
        }

        _leftRow = row;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyChains()
    {
        float** others = (float**)_pointers.Pointer;
        float* scales = _scales.Pointer;
        float* left = _left.Pointer;
        float* results = _results.Pointer;
        int dimension = _lefts.Dimension;
        int column = 0;
        new Span<float>(results, Chains).Clear();
        if (Avx.IsSupported)
        {
            // A line at a time: rows whose length is a power of two share a set of the first-level cache, and evict each other's lines.
            for (; column + LineColumns <= dimension; column += LineColumns)
            {
                AddLine(others, scales, left, column, results);
                AddLine(others + Half, scales + Half, left, column, results + Half);
            }
        }

        for (; column < dimension; column++)
        {
            for (int chain = 0; chain < Chains; chain++)
            {
                results[chain] = float.MultiplyAddEstimate(left[column], others[chain][column] * scales[chain], results[chain]);
            }
        }
    }

    /// <summary>Goes on with eight chains over the columns of a line, four columns a turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddLine(float** rows, float* scales, float* left, int first, float* sums)
    {
        Vector256<float> scaleA = Both(scales[0], scales[4]);
        Vector256<float> scaleB = Both(scales[1], scales[5]);
        Vector256<float> scaleC = Both(scales[2], scales[6]);
        Vector256<float> scaleD = Both(scales[3], scales[7]);
        Vector256<float> sum = Vector256.Load(sums);
        for (int column = first; column < first + LineColumns; column += Turn)
        {
            // Four rows in the lower half and four in the upper, transposed so that a register holds one column of all eight.
            Vector256<float> a = Both(rows[0] + column, rows[4] + column) * scaleA;
            Vector256<float> b = Both(rows[1] + column, rows[5] + column) * scaleB;
            Vector256<float> c = Both(rows[2] + column, rows[6] + column) * scaleC;
            Vector256<float> d = Both(rows[3] + column, rows[7] + column) * scaleD;
            Vector256<float> abLow = Avx.UnpackLow(a, b);
            Vector256<float> abHigh = Avx.UnpackHigh(a, b);
            Vector256<float> cdLow = Avx.UnpackLow(c, d);
            Vector256<float> cdHigh = Avx.UnpackHigh(c, d);
            sum = Vector256.MultiplyAddEstimate(Vector256.Create(left[column]), Avx.Shuffle(abLow, cdLow, LowHalves), sum);
            sum = Vector256.MultiplyAddEstimate(Vector256.Create(left[column + 1]), Avx.Shuffle(abLow, cdLow, HighHalves), sum);
            sum = Vector256.MultiplyAddEstimate(Vector256.Create(left[column + 2]), Avx.Shuffle(abHigh, cdHigh, LowHalves), sum);
            sum = Vector256.MultiplyAddEstimate(Vector256.Create(left[column + 3]), Avx.Shuffle(abHigh, cdHigh, HighHalves), sum);
        }

        sum.Store(sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Both(float* lower, float* upper) => Vector256.Create(Vector128.Load(lower), Vector128.Load(upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Both(float lower, float upper) => Vector256.Create(Vector128.Create(lower), Vector128.Create(upper));
}
