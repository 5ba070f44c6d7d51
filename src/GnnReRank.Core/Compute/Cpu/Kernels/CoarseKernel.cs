using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GnnReRank.Compute.Cpu.Kernels;

/// <summary>
/// Products of rows rounded to int16, exact in int32: nearly half as long as in float32, and wrong by no more than
/// <c>CoarseScale</c> says. Two columns are packed in 32 bits, one row beside the other as in float32 panels.
/// </summary>
internal abstract unsafe class CoarseKernel : PanelKernel<int>
{
    /// <summary>
    /// The kernel of this processor, or null: 128-bit registers multiply int16 no faster than float32, and the bound takes
    /// the fused multiply-adds of the exact products for granted.
    /// </summary>
    public static CoarseKernel? ForThisProcessor() => !Fma.IsSupported
        ? null
        : Vector512.IsHardwareAccelerated && Avx512BW.IsSupported
            ? new CoarseKernel6<Vector512<int>, CoarseLanes512>("512-bit")
            : Avx2.IsSupported ? new CoarseKernel6<Vector256<int>, CoarseLanes256>("256-bit") : null;

    /// <summary>Turns int32 values into float32 ones times scale, in place.</summary>
    public abstract void ToSingles(int* values, int count, float scale);
}
