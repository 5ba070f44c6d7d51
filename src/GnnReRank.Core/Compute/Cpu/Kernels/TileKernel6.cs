using System.Runtime.CompilerServices;

namespace GnnReRank.Compute.Cpu.Kernels;

/// <summary>
/// 6 rows by 2 registers: 12 sums, two columns and one broadcast value fill 16 registers (AVX2, SSE, NEON).
/// </summary>
internal sealed unsafe class TileKernel6<TVector, TLanes>(string registers) : LaneKernel<TVector, TLanes>
    where TVector : unmanaged
    where TLanes : struct, ISimdLanes<TVector>
{
    private const int Rows = 6;

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
    }
}
