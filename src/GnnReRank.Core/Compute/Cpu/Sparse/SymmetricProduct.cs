using System.Runtime.InteropServices;

namespace GnnReRank.Compute.Cpu.Sparse;

/// <summary>
/// y = C x for sixteen vectors and a symmetric C with ascending rows: by columns where x has few elements, by rows where it has many.
/// Either way a sum runs over ascending columns, and elements that are 0 do not change it: the bits are the same.
/// </summary>
internal static unsafe class SymmetricProduct
{
    // A column's entry is read, added to and written, a row's only read.
    private const double ColumnCost = 2.5;
    private const int Step = 4096;

    /// <param name="matrix">C, n x n.</param>
    /// <param name="entryCount">The entries of C.</param>
    /// <param name="vectors">x, its support listed.</param>
    /// <param name="products">Receives y, n x 16.</param>
    /// <param name="cancellationToken">Checked every few thousand rows.</param>
    public static void Of(SparseRows matrix, long entryCount, LaneVectors vectors, float* products, CancellationToken cancellationToken)
    {
        ReadOnlySpan<int> support = vectors.Support;
        long entries = 0;
        foreach (int column in support)
        {
            entries += matrix.Length(column);
        }

        if (entries * ColumnCost < entryCount)
        {
            NativeMemory.Clear(products, (nuint)matrix.Count * LaneKernels.Lanes * sizeof(float));
            for (int i = 0; i < support.Length; i++)
            {
                if (i % Step == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                LaneKernels.AddScaled(matrix, support[i], vectors.Of(support[i]), products);
            }

            return;
        }

        for (int row = 0; row < matrix.Count; row += Step)
        {
            cancellationToken.ThrowIfCancellationRequested();
            LaneKernels.Multiply(matrix, row, Math.Min(row + Step, matrix.Count), vectors.Values, products);
        }
    }
}
