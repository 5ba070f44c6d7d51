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
    private const int Registers = 2;

    public override string Name => $"{registers} {PanelRows} x {PanelColumns}";

    public override int PanelRows => Rows;

    public override int PanelColumns => Registers * TLanes.Count;

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
            TVector value = TLanes.Broadcast(a[0]);
            l0 = TLanes.MultiplyAdd(value, left, l0);
            r0 = TLanes.MultiplyAdd(value, right, r0);
            value = TLanes.Broadcast(a[1]);
            l1 = TLanes.MultiplyAdd(value, left, l1);
            r1 = TLanes.MultiplyAdd(value, right, r1);
            value = TLanes.Broadcast(a[2]);
            l2 = TLanes.MultiplyAdd(value, left, l2);
            r2 = TLanes.MultiplyAdd(value, right, r2);
            value = TLanes.Broadcast(a[3]);
            l3 = TLanes.MultiplyAdd(value, left, l3);
            r3 = TLanes.MultiplyAdd(value, right, r3);
            value = TLanes.Broadcast(a[4]);
            l4 = TLanes.MultiplyAdd(value, left, l4);
            r4 = TLanes.MultiplyAdd(value, right, r4);
            value = TLanes.Broadcast(a[5]);
            l5 = TLanes.MultiplyAdd(value, left, l5);
            r5 = TLanes.MultiplyAdd(value, right, r5);
            value = TLanes.Broadcast(a[6]);
            l6 = TLanes.MultiplyAdd(value, left, l6);
            r6 = TLanes.MultiplyAdd(value, right, r6);
            value = TLanes.Broadcast(a[7]);
            l7 = TLanes.MultiplyAdd(value, left, l7);
            r7 = TLanes.MultiplyAdd(value, right, r7);
            value = TLanes.Broadcast(a[8]);
            l8 = TLanes.MultiplyAdd(value, left, l8);
            r8 = TLanes.MultiplyAdd(value, right, r8);
            value = TLanes.Broadcast(a[9]);
            l9 = TLanes.MultiplyAdd(value, left, l9);
            r9 = TLanes.MultiplyAdd(value, right, r9);
            value = TLanes.Broadcast(a[10]);
            l10 = TLanes.MultiplyAdd(value, left, l10);
            r10 = TLanes.MultiplyAdd(value, right, r10);
            value = TLanes.Broadcast(a[11]);
            l11 = TLanes.MultiplyAdd(value, left, l11);
            r11 = TLanes.MultiplyAdd(value, right, r11);

            left = TLanes.Load(b + (2 * width));
            right = TLanes.Load(b + (3 * width));
            value = TLanes.Broadcast(a[12]);
            l0 = TLanes.MultiplyAdd(value, left, l0);
            r0 = TLanes.MultiplyAdd(value, right, r0);
            value = TLanes.Broadcast(a[13]);
            l1 = TLanes.MultiplyAdd(value, left, l1);
            r1 = TLanes.MultiplyAdd(value, right, r1);
            value = TLanes.Broadcast(a[14]);
            l2 = TLanes.MultiplyAdd(value, left, l2);
            r2 = TLanes.MultiplyAdd(value, right, r2);
            value = TLanes.Broadcast(a[15]);
            l3 = TLanes.MultiplyAdd(value, left, l3);
            r3 = TLanes.MultiplyAdd(value, right, r3);
            value = TLanes.Broadcast(a[16]);
            l4 = TLanes.MultiplyAdd(value, left, l4);
            r4 = TLanes.MultiplyAdd(value, right, r4);
            value = TLanes.Broadcast(a[17]);
            l5 = TLanes.MultiplyAdd(value, left, l5);
            r5 = TLanes.MultiplyAdd(value, right, r5);
            value = TLanes.Broadcast(a[18]);
            l6 = TLanes.MultiplyAdd(value, left, l6);
            r6 = TLanes.MultiplyAdd(value, right, r6);
            value = TLanes.Broadcast(a[19]);
            l7 = TLanes.MultiplyAdd(value, left, l7);
            r7 = TLanes.MultiplyAdd(value, right, r7);
            value = TLanes.Broadcast(a[20]);
            l8 = TLanes.MultiplyAdd(value, left, l8);
            r8 = TLanes.MultiplyAdd(value, right, r8);
            value = TLanes.Broadcast(a[21]);
            l9 = TLanes.MultiplyAdd(value, left, l9);
            r9 = TLanes.MultiplyAdd(value, right, r9);
            value = TLanes.Broadcast(a[22]);
            l10 = TLanes.MultiplyAdd(value, left, l10);
            r10 = TLanes.MultiplyAdd(value, right, r10);
            value = TLanes.Broadcast(a[23]);
            l11 = TLanes.MultiplyAdd(value, left, l11);
            r11 = TLanes.MultiplyAdd(value, right, r11);

            left = TLanes.Load(b + (4 * width));
            right = TLanes.Load(b + (5 * width));
            value = TLanes.Broadcast(a[24]);
            l0 = TLanes.MultiplyAdd(value, left, l0);
            r0 = TLanes.MultiplyAdd(value, right, r0);
            value = TLanes.Broadcast(a[25]);
            l1 = TLanes.MultiplyAdd(value, left, l1);
            r1 = TLanes.MultiplyAdd(value, right, r1);
            value = TLanes.Broadcast(a[26]);
            l2 = TLanes.MultiplyAdd(value, left, l2);
            r2 = TLanes.MultiplyAdd(value, right, r2);
            value = TLanes.Broadcast(a[27]);
            l3 = TLanes.MultiplyAdd(value, left, l3);
            r3 = TLanes.MultiplyAdd(value, right, r3);
            value = TLanes.Broadcast(a[28]);
            l4 = TLanes.MultiplyAdd(value, left, l4);
            r4 = TLanes.MultiplyAdd(value, right, r4);
            value = TLanes.Broadcast(a[29]);
            l5 = TLanes.MultiplyAdd(value, left, l5);
            r5 = TLanes.MultiplyAdd(value, right, r5);
            value = TLanes.Broadcast(a[30]);
            l6 = TLanes.MultiplyAdd(value, left, l6);
            r6 = TLanes.MultiplyAdd(value, right, r6);
            value = TLanes.Broadcast(a[31]);
            l7 = TLanes.MultiplyAdd(value, left, l7);
            r7 = TLanes.MultiplyAdd(value, right, r7);
            value = TLanes.Broadcast(a[32]);
            l8 = TLanes.MultiplyAdd(value, left, l8);
            r8 = TLanes.MultiplyAdd(value, right, r8);
            value = TLanes.Broadcast(a[33]);
            l9 = TLanes.MultiplyAdd(value, left, l9);
            r9 = TLanes.MultiplyAdd(value, right, r9);
            value = TLanes.Broadcast(a[34]);
            l10 = TLanes.MultiplyAdd(value, left, l10);
            r10 = TLanes.MultiplyAdd(value, right, r10);
            value = TLanes.Broadcast(a[35]);
            l11 = TLanes.MultiplyAdd(value, left, l11);
            r11 = TLanes.MultiplyAdd(value, right, r11);

            left = TLanes.Load(b + (6 * width));
            right = TLanes.Load(b + (7 * width));
            value = TLanes.Broadcast(a[36]);
            l0 = TLanes.MultiplyAdd(value, left, l0);
            r0 = TLanes.MultiplyAdd(value, right, r0);
            value = TLanes.Broadcast(a[37]);
            l1 = TLanes.MultiplyAdd(value, left, l1);
            r1 = TLanes.MultiplyAdd(value, right, r1);
            value = TLanes.Broadcast(a[38]);
            l2 = TLanes.MultiplyAdd(value, left, l2);
            r2 = TLanes.MultiplyAdd(value, right, r2);
            value = TLanes.Broadcast(a[39]);
            l3 = TLanes.MultiplyAdd(value, left, l3);
            r3 = TLanes.MultiplyAdd(value, right, r3);
            value = TLanes.Broadcast(a[40]);
            l4 = TLanes.MultiplyAdd(value, left, l4);
            r4 = TLanes.MultiplyAdd(value, right, r4);
            value = TLanes.Broadcast(a[41]);
            l5 = TLanes.MultiplyAdd(value, left, l5);
            r5 = TLanes.MultiplyAdd(value, right, r5);
            value = TLanes.Broadcast(a[42]);
            l6 = TLanes.MultiplyAdd(value, left, l6);
            r6 = TLanes.MultiplyAdd(value, right, r6);
            value = TLanes.Broadcast(a[43]);
            l7 = TLanes.MultiplyAdd(value, left, l7);
            r7 = TLanes.MultiplyAdd(value, right, r7);
            value = TLanes.Broadcast(a[44]);
            l8 = TLanes.MultiplyAdd(value, left, l8);
            r8 = TLanes.MultiplyAdd(value, right, r8);
            value = TLanes.Broadcast(a[45]);
            l9 = TLanes.MultiplyAdd(value, left, l9);
            r9 = TLanes.MultiplyAdd(value, right, r9);
            value = TLanes.Broadcast(a[46]);
            l10 = TLanes.MultiplyAdd(value, left, l10);
            r10 = TLanes.MultiplyAdd(value, right, r10);
            value = TLanes.Broadcast(a[47]);
            l11 = TLanes.MultiplyAdd(value, left, l11);
            r11 = TLanes.MultiplyAdd(value, right, r11);

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
