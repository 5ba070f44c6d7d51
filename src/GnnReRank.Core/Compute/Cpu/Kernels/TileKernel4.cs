using System.Runtime.CompilerServices;

namespace GnnReRank.Compute.Cpu.Kernels;

/// <summary>
/// 4 rows by 3 registers: 12 sums, 3 columns and a broadcast value fill 16 registers (AVX2, SSE, NEON). Fewer loads a sum than 6 by 2,
/// and four columns a turn: steadier where another program shares the core.
/// </summary>
internal sealed unsafe class TileKernel4<TVector, TLanes>(string registers) : LaneKernel<TVector, TLanes>
    where TVector : unmanaged
    where TLanes : struct, ISimdLanes<TVector>
{
    private const int Rows = 4;
    private const int Registers = 3;

    public override string Name => $"{registers} {PanelRows} x {PanelColumns}";

    public override int PanelRows => Rows;

    public override int PanelColumns => Registers * TLanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Multiply(float* a, float* b, float* c, nint stride, nint depth, bool accumulate)
    {
        int width = TLanes.Count;
        TVector l0 = default, m0 = default, r0 = default;
        TVector l1 = default, m1 = default, r1 = default;
        TVector l2 = default, m2 = default, r2 = default;
        TVector l3 = default, m3 = default, r3 = default;
        if (accumulate)
        {
            l0 = TLanes.Load(c + (0 * stride));
            m0 = TLanes.Load(c + (0 * stride) + width);
            r0 = TLanes.Load(c + (0 * stride) + (2 * width));
            l1 = TLanes.Load(c + (1 * stride));
            m1 = TLanes.Load(c + (1 * stride) + width);
            r1 = TLanes.Load(c + (1 * stride) + (2 * width));
            l2 = TLanes.Load(c + (2 * stride));
            m2 = TLanes.Load(c + (2 * stride) + width);
            r2 = TLanes.Load(c + (2 * stride) + (2 * width));
            l3 = TLanes.Load(c + (3 * stride));
            m3 = TLanes.Load(c + (3 * stride) + width);
            r3 = TLanes.Load(c + (3 * stride) + (2 * width));
        }

        float* end = a + (depth * Rows);
        while (a < end)
        {
            TVector left = TLanes.Load(b);
            TVector middle = TLanes.Load(b + width);
            TVector right = TLanes.Load(b + (2 * width));
            TVector value = TLanes.Broadcast(a[0]);
            l0 = TLanes.MultiplyAdd(value, left, l0);
            m0 = TLanes.MultiplyAdd(value, middle, m0);
            r0 = TLanes.MultiplyAdd(value, right, r0);
            value = TLanes.Broadcast(a[1]);
            l1 = TLanes.MultiplyAdd(value, left, l1);
            m1 = TLanes.MultiplyAdd(value, middle, m1);
            r1 = TLanes.MultiplyAdd(value, right, r1);
            value = TLanes.Broadcast(a[2]);
            l2 = TLanes.MultiplyAdd(value, left, l2);
            m2 = TLanes.MultiplyAdd(value, middle, m2);
            r2 = TLanes.MultiplyAdd(value, right, r2);
            value = TLanes.Broadcast(a[3]);
            l3 = TLanes.MultiplyAdd(value, left, l3);
            m3 = TLanes.MultiplyAdd(value, middle, m3);
            r3 = TLanes.MultiplyAdd(value, right, r3);

            left = TLanes.Load(b + (3 * width));
            middle = TLanes.Load(b + (4 * width));
            right = TLanes.Load(b + (5 * width));
            value = TLanes.Broadcast(a[4]);
            l0 = TLanes.MultiplyAdd(value, left, l0);
            m0 = TLanes.MultiplyAdd(value, middle, m0);
            r0 = TLanes.MultiplyAdd(value, right, r0);
            value = TLanes.Broadcast(a[5]);
            l1 = TLanes.MultiplyAdd(value, left, l1);
            m1 = TLanes.MultiplyAdd(value, middle, m1);
            r1 = TLanes.MultiplyAdd(value, right, r1);
            value = TLanes.Broadcast(a[6]);
            l2 = TLanes.MultiplyAdd(value, left, l2);
            m2 = TLanes.MultiplyAdd(value, middle, m2);
            r2 = TLanes.MultiplyAdd(value, right, r2);
            value = TLanes.Broadcast(a[7]);
            l3 = TLanes.MultiplyAdd(value, left, l3);
            m3 = TLanes.MultiplyAdd(value, middle, m3);
            r3 = TLanes.MultiplyAdd(value, right, r3);

            left = TLanes.Load(b + (6 * width));
            middle = TLanes.Load(b + (7 * width));
            right = TLanes.Load(b + (8 * width));
            value = TLanes.Broadcast(a[8]);
            l0 = TLanes.MultiplyAdd(value, left, l0);
            m0 = TLanes.MultiplyAdd(value, middle, m0);
            r0 = TLanes.MultiplyAdd(value, right, r0);
            value = TLanes.Broadcast(a[9]);
            l1 = TLanes.MultiplyAdd(value, left, l1);
            m1 = TLanes.MultiplyAdd(value, middle, m1);
            r1 = TLanes.MultiplyAdd(value, right, r1);
            value = TLanes.Broadcast(a[10]);
            l2 = TLanes.MultiplyAdd(value, left, l2);
            m2 = TLanes.MultiplyAdd(value, middle, m2);
            r2 = TLanes.MultiplyAdd(value, right, r2);
            value = TLanes.Broadcast(a[11]);
            l3 = TLanes.MultiplyAdd(value, left, l3);
            m3 = TLanes.MultiplyAdd(value, middle, m3);
            r3 = TLanes.MultiplyAdd(value, right, r3);

            left = TLanes.Load(b + (9 * width));
            middle = TLanes.Load(b + (10 * width));
            right = TLanes.Load(b + (11 * width));
            value = TLanes.Broadcast(a[12]);
            l0 = TLanes.MultiplyAdd(value, left, l0);
            m0 = TLanes.MultiplyAdd(value, middle, m0);
            r0 = TLanes.MultiplyAdd(value, right, r0);
            value = TLanes.Broadcast(a[13]);
            l1 = TLanes.MultiplyAdd(value, left, l1);
            m1 = TLanes.MultiplyAdd(value, middle, m1);
            r1 = TLanes.MultiplyAdd(value, right, r1);
            value = TLanes.Broadcast(a[14]);
            l2 = TLanes.MultiplyAdd(value, left, l2);
            m2 = TLanes.MultiplyAdd(value, middle, m2);
            r2 = TLanes.MultiplyAdd(value, right, r2);
            value = TLanes.Broadcast(a[15]);
            l3 = TLanes.MultiplyAdd(value, left, l3);
            m3 = TLanes.MultiplyAdd(value, middle, m3);
            r3 = TLanes.MultiplyAdd(value, right, r3);

            a += DepthUnit * Rows;
            b += DepthUnit * Registers * width;
        }

        TLanes.Store(l0, c + (0 * stride));
        TLanes.Store(m0, c + (0 * stride) + width);
        TLanes.Store(r0, c + (0 * stride) + (2 * width));
        TLanes.Store(l1, c + (1 * stride));
        TLanes.Store(m1, c + (1 * stride) + width);
        TLanes.Store(r1, c + (1 * stride) + (2 * width));
        TLanes.Store(l2, c + (2 * stride));
        TLanes.Store(m2, c + (2 * stride) + width);
        TLanes.Store(r2, c + (2 * stride) + (2 * width));
        TLanes.Store(l3, c + (3 * stride));
        TLanes.Store(m3, c + (3 * stride) + width);
        TLanes.Store(r3, c + (3 * stride) + (2 * width));
    }
}
