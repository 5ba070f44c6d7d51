using System.Runtime.CompilerServices;

namespace GnnReRank.Compute.Cpu.Kernels;

/// <summary>
/// 6 rows by 2 registers: 12 sums, 2 columns, a broadcast pair and a product fill the 16 registers of AVX2. Whole products need a
/// register of their own before they are added, so 4 by 3 spills.
/// </summary>
internal sealed unsafe class CoarseKernel6<TVector, TLanes>(string registers) : CoarseKernel
    where TVector : unmanaged
    where TLanes : struct, ICoarseLanes<TVector>
{
    private const int Rows = 6;
    private const int Registers = 2;

    public override string Name => $"int16 {registers} {PanelRows} x {PanelColumns}";

    public override int PanelRows => Rows;

    public override int PanelColumns => Registers * TLanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void ToSingles(int* values, int count, float scale)
    {
        int i = 0;
        for (; i + TLanes.Count <= count; i += TLanes.Count)
        {
            TLanes.StoreSingles(TLanes.Load(values + i), scale, (float*)values + i);
        }

        for (; i < count; i++)
        {
            ((float*)values)[i] = values[i] * scale;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Multiply(int* a, int* b, int* c, nint stride, nint depth, bool accumulate)
    {
        int width = TLanes.Count;
        TVector l0 = default, r0 = default;
        TVector l1 = default, r1 = default;
        TVector l2 = default, r2 = default;
        TVector l3 = default, r3 = default;
        TVector l4 = default, r4 = default;
        TVector l5 = default, r5 = default;
        if (accumulate)
        {
            l0 = TLanes.Load(c + (0 * stride));
            r0 = TLanes.Load(c + (0 * stride) + width);
            l1 = TLanes.Load(c + (1 * stride));
            r1 = TLanes.Load(c + (1 * stride) + width);
            l2 = TLanes.Load(c + (2 * stride));
            r2 = TLanes.Load(c + (2 * stride) + width);
            l3 = TLanes.Load(c + (3 * stride));
            r3 = TLanes.Load(c + (3 * stride) + width);
            l4 = TLanes.Load(c + (4 * stride));
            r4 = TLanes.Load(c + (4 * stride) + width);
            l5 = TLanes.Load(c + (5 * stride));
            r5 = TLanes.Load(c + (5 * stride) + width);
        }

        int* end = a + (depth * Rows);
        while (a < end)
        {
            TVector left = TLanes.Load(b);
            TVector right = TLanes.Load(b + width);
            TVector pair = TLanes.Broadcast(a[0]);
            l0 = TLanes.MultiplyAddPairs(pair, left, l0);
            r0 = TLanes.MultiplyAddPairs(pair, right, r0);
            pair = TLanes.Broadcast(a[1]);
            l1 = TLanes.MultiplyAddPairs(pair, left, l1);
            r1 = TLanes.MultiplyAddPairs(pair, right, r1);
            pair = TLanes.Broadcast(a[2]);
            l2 = TLanes.MultiplyAddPairs(pair, left, l2);
            r2 = TLanes.MultiplyAddPairs(pair, right, r2);
            pair = TLanes.Broadcast(a[3]);
            l3 = TLanes.MultiplyAddPairs(pair, left, l3);
            r3 = TLanes.MultiplyAddPairs(pair, right, r3);
            pair = TLanes.Broadcast(a[4]);
            l4 = TLanes.MultiplyAddPairs(pair, left, l4);
            r4 = TLanes.MultiplyAddPairs(pair, right, r4);
            pair = TLanes.Broadcast(a[5]);
            l5 = TLanes.MultiplyAddPairs(pair, left, l5);
            r5 = TLanes.MultiplyAddPairs(pair, right, r5);

            left = TLanes.Load(b + (2 * width));
            right = TLanes.Load(b + (3 * width));
            pair = TLanes.Broadcast(a[6]);
            l0 = TLanes.MultiplyAddPairs(pair, left, l0);
            r0 = TLanes.MultiplyAddPairs(pair, right, r0);
            pair = TLanes.Broadcast(a[7]);
            l1 = TLanes.MultiplyAddPairs(pair, left, l1);
            r1 = TLanes.MultiplyAddPairs(pair, right, r1);
            pair = TLanes.Broadcast(a[8]);
            l2 = TLanes.MultiplyAddPairs(pair, left, l2);
            r2 = TLanes.MultiplyAddPairs(pair, right, r2);
            pair = TLanes.Broadcast(a[9]);
            l3 = TLanes.MultiplyAddPairs(pair, left, l3);
            r3 = TLanes.MultiplyAddPairs(pair, right, r3);
            pair = TLanes.Broadcast(a[10]);
            l4 = TLanes.MultiplyAddPairs(pair, left, l4);
            r4 = TLanes.MultiplyAddPairs(pair, right, r4);
            pair = TLanes.Broadcast(a[11]);
            l5 = TLanes.MultiplyAddPairs(pair, left, l5);
            r5 = TLanes.MultiplyAddPairs(pair, right, r5);

            left = TLanes.Load(b + (4 * width));
            right = TLanes.Load(b + (5 * width));
            pair = TLanes.Broadcast(a[12]);
            l0 = TLanes.MultiplyAddPairs(pair, left, l0);
            r0 = TLanes.MultiplyAddPairs(pair, right, r0);
            pair = TLanes.Broadcast(a[13]);
            l1 = TLanes.MultiplyAddPairs(pair, left, l1);
            r1 = TLanes.MultiplyAddPairs(pair, right, r1);
            pair = TLanes.Broadcast(a[14]);
            l2 = TLanes.MultiplyAddPairs(pair, left, l2);
            r2 = TLanes.MultiplyAddPairs(pair, right, r2);
            pair = TLanes.Broadcast(a[15]);
            l3 = TLanes.MultiplyAddPairs(pair, left, l3);
            r3 = TLanes.MultiplyAddPairs(pair, right, r3);
            pair = TLanes.Broadcast(a[16]);
            l4 = TLanes.MultiplyAddPairs(pair, left, l4);
            r4 = TLanes.MultiplyAddPairs(pair, right, r4);
            pair = TLanes.Broadcast(a[17]);
            l5 = TLanes.MultiplyAddPairs(pair, left, l5);
            r5 = TLanes.MultiplyAddPairs(pair, right, r5);

            left = TLanes.Load(b + (6 * width));
            right = TLanes.Load(b + (7 * width));
            pair = TLanes.Broadcast(a[18]);
            l0 = TLanes.MultiplyAddPairs(pair, left, l0);
            r0 = TLanes.MultiplyAddPairs(pair, right, r0);
            pair = TLanes.Broadcast(a[19]);
            l1 = TLanes.MultiplyAddPairs(pair, left, l1);
            r1 = TLanes.MultiplyAddPairs(pair, right, r1);
            pair = TLanes.Broadcast(a[20]);
            l2 = TLanes.MultiplyAddPairs(pair, left, l2);
            r2 = TLanes.MultiplyAddPairs(pair, right, r2);
            pair = TLanes.Broadcast(a[21]);
            l3 = TLanes.MultiplyAddPairs(pair, left, l3);
            r3 = TLanes.MultiplyAddPairs(pair, right, r3);
            pair = TLanes.Broadcast(a[22]);
            l4 = TLanes.MultiplyAddPairs(pair, left, l4);
            r4 = TLanes.MultiplyAddPairs(pair, right, r4);
            pair = TLanes.Broadcast(a[23]);
            l5 = TLanes.MultiplyAddPairs(pair, left, l5);
            r5 = TLanes.MultiplyAddPairs(pair, right, r5);

            a += DepthUnit * Rows;
            b += DepthUnit * Registers * width;
        }

        TLanes.Store(l0, c + (0 * stride));
        TLanes.Store(r0, c + (0 * stride) + width);
        TLanes.Store(l1, c + (1 * stride));
        TLanes.Store(r1, c + (1 * stride) + width);
        TLanes.Store(l2, c + (2 * stride));
        TLanes.Store(r2, c + (2 * stride) + width);
        TLanes.Store(l3, c + (3 * stride));
        TLanes.Store(r3, c + (3 * stride) + width);
        TLanes.Store(l4, c + (4 * stride));
        TLanes.Store(r4, c + (4 * stride) + width);
        TLanes.Store(l5, c + (5 * stride));
        TLanes.Store(r5, c + (5 * stride) + width);
    }
}
