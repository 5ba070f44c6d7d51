using System.Runtime.Intrinsics;

namespace GnnReRank.Compute.Cpu.Kernels;

/// <summary>
/// The innermost loops of the cosine products, for one register width. Every product is one chain of multiply-adds from the first
/// column to the last, so its bits depend neither on the width nor on where it lies in a tile.
/// </summary>
internal abstract unsafe class TileKernel
{
    /// <summary>Packed rows are filled with zeros to a multiple of so many columns, so that the loops may take that many a turn.</summary>
    public const int DepthUnit = 4;

    /// <summary>Name and shape, for people.</summary>
    public abstract string Name { get; }

    /// <summary>Rows of the left matrix a call multiplies; its packed panels hold so many rows.</summary>
    public abstract int PanelRows { get; }

    /// <summary>Rows of the right matrix a call multiplies; its packed panels hold so many rows.</summary>
    public abstract int PanelColumns { get; }

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

    /// <summary>c (+)= a * b^T for one panel of each.</summary>
    /// <param name="a">depth x <see cref="PanelRows"/>, packed.</param>
    /// <param name="b">depth x <see cref="PanelColumns"/>, packed.</param>
    /// <param name="c"><see cref="PanelRows"/> x <see cref="PanelColumns"/>, its rows stride elements apart.</param>
    /// <param name="stride">The distance of two rows of c.</param>
    /// <param name="depth">Columns to go through, a multiple of <see cref="DepthUnit"/>.</param>
    /// <param name="accumulate">Whether to go on from what c holds, or from 0.</param>
    public abstract void Multiply(float* a, float* b, float* c, nint stride, nint depth, bool accumulate);

    /// <summary>The first position from start on whose value is at least bound; count where there is none.</summary>
    public abstract int NextAtLeast(float* values, int start, int count, float bound);

    /// <summary>The first position from start on whose value is at least the bound at that position; count where there is none.</summary>
    public abstract int NextAtLeast(float* values, int start, int count, float* bounds);
}
