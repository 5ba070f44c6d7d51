using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Memory;

namespace GnnReRank.Compute.Cpu.Tiles;

/// <summary>
/// Normalises rows and lays them out for the kernels: panels of some rows, and in a panel column after column, so that a kernel
/// reads one column of all its rows in one stretch.
/// </summary>
internal static unsafe class RowPacker
{
    private const int Group = 4;

    /// <summary>The columns of packed rows: d, and zeros up to a multiple of <see cref="PanelKernel{T}.DepthUnit"/>.</summary>
    public static int PackedDimension(int dimension) => (dimension + TileKernel.DepthUnit - 1) / TileKernel.DepthUnit * TileKernel.DepthUnit;

    /// <summary>
    /// Packs rows [first, first + count) into ceil(count / width) panels of width x <see cref="PackedDimension"/>; missing rows are zero.
    /// </summary>
    public static void Pack(VertexRows rows, int first, int count, int width, float* destination) =>
        Pack(rows, order: null, first, count, width, destination);

    /// <summary>The same for the rows that are named from a place of an order on.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="order">0-based rows; null takes all in their own order.</param>
    /// <param name="first">The first place.</param>
    /// <param name="count">How many.</param>
    /// <param name="width">Rows a panel.</param>
    /// <param name="destination">The panels.</param>
    public static void Pack(VertexRows rows, int* order, int first, int count, int width, float* destination)
    {
        using NativeBuffer<float>? scratch = rows.NeedsScratch ? new((long)Group * rows.Dimension) : null;
        float* room = scratch is null ? null : scratch.Pointer;
        long panelSize = (long)width * PackedDimension(rows.Dimension);
        for (int row = 0; row < count; row += width)
        {
            PackPanel(rows, order, first + row, Math.Min(width, count - row), width, destination, room);
            destination += panelSize;
        }
    }

    private static void PackPanel(
        VertexRows rows, int* order, int first, int count, int width, float* panel, float* room)
    {
        int padded = PackedDimension(rows.Dimension);
        if (count < width)
        {
            NativeMemory.Clear(panel, (nuint)width * (nuint)padded * sizeof(float));
        }
        else
        {
            NativeMemory.Clear(panel + ((long)width * rows.Dimension), (nuint)(width * (padded - rows.Dimension)) * sizeof(float));
        }

        int row = 0;
        for (; row + Group <= count; row += Group)
        {
            PackFour(rows, order, first + row, width, panel + row, room);
        }

        for (; row < count; row++)
        {
            int vertex = Named(order, first + row);
            PackOne(rows.Row(vertex, room), rows.InverseNorm(vertex), rows.Dimension, 0, width, panel + row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Named(int* order, int place) => order is null ? place : order[place];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackFour(VertexRows rows, int* order, int first, int width, float* destination, float* room)
    {
        int dimension = rows.Dimension;
        int column = 0;
        (int rowA, int rowB) = (Named(order, first), Named(order, first + 1));
        (int rowC, int rowD) = (Named(order, first + 2), Named(order, first + 3));
        float* a = rows.Row(rowA, room);
        float* b = rows.Row(rowB, room + dimension);
        float* c = rows.Row(rowC, room + (2L * dimension));
        float* d = rows.Row(rowD, room + (3L * dimension));
        if (Shuffle.IsSupported)
        {
            Vector128<float> scaleA = Vector128.Create(rows.InverseNorm(rowA));
            Vector128<float> scaleB = Vector128.Create(rows.InverseNorm(rowB));
            Vector128<float> scaleC = Vector128.Create(rows.InverseNorm(rowC));
            Vector128<float> scaleD = Vector128.Create(rows.InverseNorm(rowD));
            for (; column + Group <= dimension; column += Group)
            {
                StoreTransposed(
                    Vector128.Load(a + column) * scaleA, Vector128.Load(b + column) * scaleB,
                    Vector128.Load(c + column) * scaleC, Vector128.Load(d + column) * scaleD,
                    destination + ((long)column * width), width);
            }
        }

        PackOne(a, rows.InverseNorm(rowA), dimension, column, width, destination);
        PackOne(b, rows.InverseNorm(rowB), dimension, column, width, destination + 1);
        PackOne(c, rows.InverseNorm(rowC), dimension, column, width, destination + 2);
        PackOne(d, rows.InverseNorm(rowD), dimension, column, width, destination + 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackOne(float* row, float scale, int dimension, int column, int width, float* destination)
    {
        for (; column < dimension; column++)
        {
            destination[(long)column * width] = row[column] * scale;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTransposed(
        Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d, float* destination, int width)
    {
        Vector128<float> abLow = Shuffle.InterleaveLow(a, b);
        Vector128<float> abHigh = Shuffle.InterleaveHigh(a, b);
        Vector128<float> cdLow = Shuffle.InterleaveLow(c, d);
        Vector128<float> cdHigh = Shuffle.InterleaveHigh(c, d);
        Shuffle.LowHalves(abLow, cdLow).Store(destination);
        Shuffle.HighHalves(abLow, cdLow).Store(destination + width);
        Shuffle.LowHalves(abHigh, cdHigh).Store(destination + (2L * width));
        Shuffle.HighHalves(abHigh, cdHigh).Store(destination + (3L * width));
    }
}
