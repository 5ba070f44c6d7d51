using System.Runtime.CompilerServices;

namespace GnnReRank.Compute.Cpu.Kernels;

/// <summary>
/// 12 rows by 2 registers: 24 sums leave enough of 32 registers for the loads (AVX-512).
/// </summary>
internal sealed unsafe class TileKernel12<TVector, TLanes>(string registers) : LaneKernel<TVector, TLanes>
    where TVector : unmanaged
    where TLanes : struct, ISimdLanes<TVector>
{
    private const int Rows = 12;

    public override string Name => $"{registers} {PanelRows} x {PanelColumns}";

    public override int PanelRows => Rows;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Multiply(float* a, float* b, float* c, nint stride, nint depth, bool accumulate)
    {
        int width = TLanes.Count;
        TVector l0 = default, r0 = default;
        TVector l1 = default, r1 = default;
        TVector l2 = default, r2 = default;
        TVector l3 = default, r3 = default;
        TVector l4 = default, r4 = default;
        TVector l5 = default, r5 = default;
        TVector l6 = default, r6 = default;
        TVector l7 = default, r7 = default;
        TVector l8 = default, r8 = default;
        TVector l9 = default, r9 = default;
        TVector l10 = default, r10 = default;
        TVector l11 = default, r11 = default;
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
            l6 = TLanes.Load(c + (6 * stride));
            r6 = TLanes.Load(c + (6 * stride) + width);
            l7 = TLanes.Load(c + (7 * stride));
            r7 = TLanes.Load(c + (7 * stride) + width);
            l8 = TLanes.Load(c + (8 * stride));
            r8 = TLanes.Load(c + (8 * stride) + width);
            l9 = TLanes.Load(c + (9 * stride));
            r9 = TLanes.Load(c + (9 * stride) + width);
            l10 = TLanes.Load(c + (10 * stride));
            r10 = TLanes.Load(c + (10 * stride) + width);
            l11 = TLanes.Load(c + (11 * stride));
            r11 = TLanes.Load(c + (11 * stride) + width);
        }

        float* end = a + (depth * Rows);
        while (a < end)
        {
            TVector left = TLanes.Load(b);
            TVector right = TLanes.Load(b + width);
            TVector x0 = TLanes.Broadcast(a[0]);
            l0 = TLanes.MultiplyAdd(x0, left, l0);
            r0 = TLanes.MultiplyAdd(x0, right, r0);
            TVector x1 = TLanes.Broadcast(a[1]);
            l1 = TLanes.MultiplyAdd(x1, left, l1);
            r1 = TLanes.MultiplyAdd(x1, right, r1);
            TVector x2 = TLanes.Broadcast(a[2]);
            l2 = TLanes.MultiplyAdd(x2, left, l2);
            r2 = TLanes.MultiplyAdd(x2, right, r2);
            TVector x3 = TLanes.Broadcast(a[3]);
            l3 = TLanes.MultiplyAdd(x3, left, l3);
            r3 = TLanes.MultiplyAdd(x3, right, r3);
            TVector x4 = TLanes.Broadcast(a[4]);
            l4 = TLanes.MultiplyAdd(x4, left, l4);
            r4 = TLanes.MultiplyAdd(x4, right, r4);
            TVector x5 = TLanes.Broadcast(a[5]);
            l5 = TLanes.MultiplyAdd(x5, left, l5);
            r5 = TLanes.MultiplyAdd(x5, right, r5);
            TVector x6 = TLanes.Broadcast(a[6]);
            l6 = TLanes.MultiplyAdd(x6, left, l6);
            r6 = TLanes.MultiplyAdd(x6, right, r6);
            TVector x7 = TLanes.Broadcast(a[7]);
            l7 = TLanes.MultiplyAdd(x7, left, l7);
            r7 = TLanes.MultiplyAdd(x7, right, r7);
            TVector x8 = TLanes.Broadcast(a[8]);
            l8 = TLanes.MultiplyAdd(x8, left, l8);
            r8 = TLanes.MultiplyAdd(x8, right, r8);
            TVector x9 = TLanes.Broadcast(a[9]);
            l9 = TLanes.MultiplyAdd(x9, left, l9);
            r9 = TLanes.MultiplyAdd(x9, right, r9);
            TVector x10 = TLanes.Broadcast(a[10]);
            l10 = TLanes.MultiplyAdd(x10, left, l10);
            r10 = TLanes.MultiplyAdd(x10, right, r10);
            TVector x11 = TLanes.Broadcast(a[11]);
            l11 = TLanes.MultiplyAdd(x11, left, l11);
            r11 = TLanes.MultiplyAdd(x11, right, r11);
            a += Rows;
            b += 2 * width;
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
        TLanes.Store(l6, c + (6 * stride));
        TLanes.Store(r6, c + (6 * stride) + width);
        TLanes.Store(l7, c + (7 * stride));
        TLanes.Store(r7, c + (7 * stride) + width);
        TLanes.Store(l8, c + (8 * stride));
        TLanes.Store(r8, c + (8 * stride) + width);
        TLanes.Store(l9, c + (9 * stride));
        TLanes.Store(r9, c + (9 * stride) + width);
        TLanes.Store(l10, c + (10 * stride));
        TLanes.Store(r10, c + (10 * stride) + width);
        TLanes.Store(l11, c + (11 * stride));
        TLanes.Store(r11, c + (11 * stride) + width);
    }
}
