using GnnReRank.Compute.Cpu.Kernels;

namespace GnnReRank.Compute.Cpu;

/// <summary>Products of a block of packed left rows with a block of packed right rows.</summary>
internal static unsafe class TileMultiplier
{
    /// <summary>Rows and columns of a tile: a multiple of every kernel's panels; a tile and the left block of a depth step fit a 512 KB cache together.</summary>
    public const int TileSize = 192;

    // A right panel of so many columns (24 KB in AVX2) stays in the first-level cache while all left panels pass by.
    private const int DepthStep = 256;

    /// <summary>c = left * right^T.</summary>
    /// <param name="kernel">The kernel both were packed for.</param>
    /// <param name="left">leftRows rows in panels of <see cref="TileKernel.PanelRows"/>.</param>
    /// <param name="leftRows">Rows on the left; c has room for them rounded up to whole panels.</param>
    /// <param name="right">rightRows rows in panels of <see cref="TileKernel.PanelColumns"/>.</param>
    /// <param name="rightRows">Rows on the right; c has room for them rounded up to whole panels.</param>
    /// <param name="dimension">Packed columns of both.</param>
    /// <param name="c">The products; what lies beyond the given rows is 0.</param>
    /// <param name="stride">The distance of two rows of c.</param>
    /// <param name="cancellationToken">Checked once a depth step.</param>
    public static void Multiply(
        TileKernel kernel, float* left, int leftRows, float* right, int rightRows, int dimension, float* c, nint stride,
        CancellationToken cancellationToken)
    {
        int panelRows = kernel.PanelRows;
        int panelColumns = kernel.PanelColumns;
        for (int step = 0; step < dimension; step += DepthStep)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int depth = Math.Min(DepthStep, dimension - step);
            for (int column = 0; column < rightRows; column += panelColumns)
            {
                float* b = right + ((long)column * dimension) + ((long)step * panelColumns);
                for (int row = 0; row < leftRows; row += panelRows)
                {
                    float* a = left + ((long)row * dimension) + ((long)step * panelRows);
                    kernel.Multiply(a, b, c + (row * stride) + column, stride, depth, step > 0);
                }
            }
        }
    }
}
