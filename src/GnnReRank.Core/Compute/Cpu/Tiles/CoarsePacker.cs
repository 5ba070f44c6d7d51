using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Memory;

namespace GnnReRank.Compute.Cpu.Tiles;

/// <summary>
/// Normalises rows, rounds them to int16 and lays them out for <see cref="Kernels.CoarseKernel"/>: panels of some rows, and in a panel pair
/// after pair of columns. One thread's.
/// </summary>
internal sealed unsafe class CoarsePacker : IDisposable
{
    private const int Group = 4;
    private const int PairsATime = 4;

    private readonly VertexRows _rows;
    private readonly float _scale;
    private readonly int _stride;
    private readonly NativeBuffer<int> _rounded;
    private readonly NativeBuffer<float> _scratch;

    public CoarsePacker(VertexRows rows, CoarseScale scale)
    {
        _rows = rows;
        _scale = scale.Scale;
        _stride = PackedPairs(rows.Dimension);
        _rounded = new NativeBuffer<int>((long)Group * _stride, zeroed: true);
        _scratch = new NativeBuffer<float>(rows.NeedsScratch ? rows.Dimension : 0);
    }

    /// <summary>Pairs of columns a packed row: zeros fill the last one, and up to a multiple of four.</summary>
    public static int PackedPairs(int dimension) => RowPacker.PackedDimension((dimension + 1) / 2);

    /// <summary>
    /// Packs rows [first, first + count) into ceil(count / width) panels of width x <see cref="PackedPairs"/>; missing rows are zero.
    /// </summary>
    public void Pack(int first, int count, int width, int* destination)
    {
        for (int panel = 0; panel < count; panel += width)
        {
            int present = Math.Min(width, count - panel);
            if (present < width)
            {
                NativeMemory.Clear(destination, (nuint)width * (nuint)_stride * sizeof(int));
            }

            for (int row = 0; row < present; row += Group)
            {
                PackGroup(first + panel + row, Math.Min(Group, present - row), width, destination + row);
            }

            destination += (long)width * _stride;
        }
    }

    /// <summary>Rounds one row; the zeros that fill a packed row are the caller's.</summary>
    /// <param name="row">0-based row.</param>
    /// <param name="rounded">Receives its pairs of columns, one after the other.</param>
    public void Round(int row, int* rounded) =>
        Round(_rows.Row(row, _scratch.Pointer), _rows.InverseNorm(row), (short*)rounded);

    public void Dispose()
    {
        _rounded.Dispose();
        _scratch.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PackGroup(int first, int count, int width, int* destination)
    {
        for (int row = 0; row < count; row++)
        {
            Round(first + row, _rounded.Pointer + ((long)row * _stride));
        }

        if (count == Group)
        {
            int* source = _rounded.Pointer;
            TransposeFour(source, source + _stride, source + (2L * _stride), source + (3L * _stride), _stride, width, destination);
            return;
        }

        for (int row = 0; row < count; row++)
        {
            int* source = _rounded.Pointer + ((long)row * _stride);
            for (int pair = 0; pair < _stride; pair++)
            {
                destination[((long)pair * width) + row] = source[pair];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Round(float* row, float inverseNorm, short* rounded)
    {
        int width = Vector256<float>.Count;
        int dimension = _rows.Dimension;
        int column = 0;
        for (; column + (2 * width) <= dimension; column += 2 * width)
        {
            Vector256<int> low = Vector256.ConvertToInt32(Vector256.Round(Vector256.Load(row + column) * inverseNorm * _scale));
            Vector256<int> high = Vector256.ConvertToInt32(Vector256.Round(Vector256.Load(row + column + width) * inverseNorm * _scale));
            Vector256.Narrow(low, high).Store(rounded + column);
        }

        for (; column < dimension; column++)
        {
            rounded[column] = (short)MathF.Round(row[column] * inverseNorm * _scale);
        }
    }

    /// <summary>Four pairs of four rows a turn; the packed pairs are a multiple of four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void TransposeFour(int* a, int* b, int* c, int* d, int pairs, int width, int* destination)
    {
        for (int pair = 0; pair < pairs; pair += PairsATime)
        {
            Vector128<float> abLow = Shuffle.InterleaveLow(Load(a + pair), Load(b + pair));
            Vector128<float> abHigh = Shuffle.InterleaveHigh(Load(a + pair), Load(b + pair));
            Vector128<float> cdLow = Shuffle.InterleaveLow(Load(c + pair), Load(d + pair));
            Vector128<float> cdHigh = Shuffle.InterleaveHigh(Load(c + pair), Load(d + pair));
            float* target = (float*)destination + ((long)pair * width);
            Shuffle.LowHalves(abLow, cdLow).Store(target);
            Shuffle.HighHalves(abLow, cdLow).Store(target + width);
            Shuffle.LowHalves(abHigh, cdHigh).Store(target + (2L * width));
            Shuffle.HighHalves(abHigh, cdHigh).Store(target + (3L * width));
        }
    }

    // Moved as they are: no instruction here looks at the values.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Load(int* source) => Vector128.Load((float*)source);
}
