using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Tiles;

/// <summary>
/// Rows normalised and rounded to int16 once, in an order of choice, for those that are packed for
/// <see cref="Kernels.CoarseKernel"/> many times and in many companies.
/// </summary>
internal sealed unsafe class RoundedRows : IDisposable
{
    private const int Group = 4;

    private readonly NativeBuffer<int> _values;

    /// <param name="rows">All rows.</param>
    /// <param name="scale">How they are rounded.</param>
    /// <param name="order">0-based rows in the order of their places here.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">The memory is not there.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public RoundedRows(VertexRows rows, CoarseScale scale, int[] order, ComputeOptions options)
    {
        Depth = CoarsePacker.PackedPairs(rows.Dimension);
        _values = new NativeBuffer<int>((long)order.Length * Depth, zeroed: true);
        try
        {
            Workers.ForRanges(
                options.ThreadCount, order.Length, TileMultiplier.TileSize, () => new CoarsePacker(rows, scale),
                (packer, from, to) =>
                {
                    options.CancellationToken.ThrowIfCancellationRequested();
                    for (int place = from; place < to; place++)
                    {
                        packer.Round(order[place], Row(place));
                    }
                });
        }
        catch
        {
            _values.Dispose();
            throw;
        }
    }

    /// <summary>Pairs of columns a row, the zeros at their end included.</summary>
    public int Depth { get; }

    /// <summary>The bytes of one row.</summary>
    public static long BytesPerRow(int dimension) => (long)CoarsePacker.PackedPairs(dimension) * sizeof(int);

    /// <summary>Packs rows into ceil(count / width) panels; missing rows are zero.</summary>
    /// <param name="places">Places of rows; null takes those of the numbers themselves.</param>
    /// <param name="first">The first, among the places or of all.</param>
    /// <param name="count">How many.</param>
    /// <param name="width">Rows a panel, an even number.</param>
    /// <param name="destination">The panels.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pack(int* places, int first, int count, int width, int* destination)
    {
        for (int panel = 0; panel < count; panel += width)
        {
            int present = Math.Min(width, count - panel);
            if (present < width)
            {
                NativeMemory.Clear(destination, (nuint)width * (nuint)Depth * sizeof(int));
            }

            int row = 0;
            for (; row + Group <= present; row += Group)
            {
                int at = first + panel + row;
                CoarsePacker.TransposeFour(
                    Named(places, at), Named(places, at + 1), Named(places, at + 2), Named(places, at + 3), Depth,
                    width, destination + row);
            }

            for (; row + 1 < present; row += 2)
            {
                PackTwo(
                    Named(places, first + panel + row), Named(places, first + panel + row + 1), width,
                    destination + row);
            }

            if (row < present)
            {
                PackOne(Named(places, first + panel + row), width, destination + row);
            }

            destination += (long)width * Depth;
        }
    }

    public void Dispose() => _values.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int* Row(int place) => _values.Pointer + ((long)place * Depth);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int* Named(int* places, int at) => Row(places is null ? at : places[at]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PackTwo(int* a, int* b, int width, int* destination)
    {
        for (int pair = 0; pair < Depth; pair++)
        {
            destination[(long)pair * width] = a[pair];
            destination[((long)pair * width) + 1] = b[pair];
        }
    }

    private void PackOne(int* source, int width, int* destination)
    {
        for (int pair = 0; pair < Depth; pair++)
        {
            destination[(long)pair * width] = source[pair];
        }
    }
}
