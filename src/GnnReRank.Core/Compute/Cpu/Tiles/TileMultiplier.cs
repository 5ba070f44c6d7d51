using System.Runtime.CompilerServices;
using GnnReRank.Compute.Cpu.Kernels;

namespace GnnReRank.Compute.Cpu.Tiles;

/// <summary>Products of a block of packed left rows with a block of packed right rows.</summary>
internal static unsafe class TileMultiplier
{
    /// <summary>Rows and columns of a tile: a multiple of every kernel's panels; a tile and the left block of a depth step fit a 512 KB cache together.</summary>
    public const int TileSize = 192;

    // A right panel of so many columns (24 KB in AVX2) stays in the first-level cache while all left panels pass by.
    private const int DepthStep = 256;

    /// <summary>c = left * right^T.</summary>
    /// <param name="kernel">The kernel both were packed for.</param>
    /// <param name="left">leftRows rows in panels of <see cref="PanelKernel{T}.PanelRows"/>.</param>
    /// <param name="leftRows">Rows on the left; c has room for them rounded up to whole panels.</param>
    /// <param name="right">rightRows rows in panels of <see cref="PanelKernel{T}.PanelColumns"/>.</param>
    /// <param name="rightRows">Rows on the right; c has room for them rounded up to whole panels.</param>
    /// <param name="depth">Packed columns of both.</param>
    /// <param name="c">The products; what lies beyond the given rows is 0.</param>
    /// <param name="stride">The distance of two rows of c.</param>
    /// <param name="cancellationToken">Checked once a depth step.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<T>(
        PanelKernel<T> kernel, T* left, int leftRows, T* right, int rightRows, int depth, T* c, nint stride,
        CancellationToken cancellationToken)
        where T : unmanaged
    {
        int panelRows = kernel.PanelRows;
        int panelColumns = kernel.PanelColumns;
        for (int step = 0; step < depth; step += DepthStep)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int stepDepth = Math.Min(DepthStep, depth - step);
            for (int column = 0; column < rightRows; column += panelColumns)
            {
                T* b = right + ((long)column * depth) + ((long)step * panelColumns);
                for (int row = 0; row < leftRows; row += panelRows)
                {
                    T* a = left + ((long)row * depth) + ((long)step * panelRows);
                    kernel.Multiply(a, b, c + (row * stride) + column, stride, stepDepth, step > 0);
                }
            }
        }
    }
}
