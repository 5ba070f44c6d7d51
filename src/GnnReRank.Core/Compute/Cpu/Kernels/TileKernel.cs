using System.Runtime.Intrinsics;

namespace GnnReRank.Compute.Cpu.Kernels;

/// <summary>
/// The innermost loops of the cosine products, for one register width. Every product is one chain of multiply-adds from the first
/// column to the last, so its bits depend neither on the width nor on where it lies in a tile.
/// </summary>
internal abstract unsafe class TileKernel : PanelKernel<float>
{
    /// <summary>The kernel of the widest registers that this processor multiplies and adds in.</summary>
    public static TileKernel ForThisProcessor() => Supported()[0];

    /// <summary>All kernels this processor runs in hardware, widest first; the scalar one is always there.</summary>
    public static IReadOnlyList<TileKernel> Supported()
    {
        List<TileKernel> kernels = [];
        if (Vector512.IsHardwareAccelerated)
        {
            kernels.Add(new TileKernel12<Vector512<float>, Lanes512>("512-bit"));
        }

        // AVX without FMA3 would emulate every multiply-add.
        if (Vector256.IsHardwareAccelerated && System.Runtime.Intrinsics.X86.Fma.IsSupported)
        {
            kernels.Add(new TileKernel4<Vector256<float>, Lanes256>("256-bit"));
        }

        if (Vector128.IsHardwareAccelerated)
        {
            kernels.Add(new TileKernel4<Vector128<float>, Lanes128>("128-bit"));
        }

        kernels.Add(new TileKernel4<float, LanesScalar>("scalar"));
        return kernels;
    }

    /// <summary>The first position from start on whose value is at least bound; count where there is none.</summary>
    public abstract int NextAtLeast(float* values, int start, int count, float bound);

    /// <summary>The first position from start on whose value is at least the bound at that position; count where there is none.</summary>
    public abstract int NextAtLeast(float* values, int start, int count, float* bounds);
}
