using System.Runtime.CompilerServices;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Sparse;

/// <summary>A + A^T times a factor, each row in ascending order: an order in which sums by rows and by columns are the same.</summary>
internal static unsafe class SymmetricAdjacency
{
    private const int Chunk = 256;

    /// <param name="adjacency">A, all of its entries 1.</param>
    /// <param name="transposed">A^T, its rows ascending.</param>
    /// <param name="factor">The value of an entry that A and A^T do not share; a shared one is twice as large.</param>
    /// <param name="storage">The memory of the result.</param>
    /// <param name="reporter">Counts rows.</param>
    /// <param name="options">How the call runs.</param>
    public static SparseRows Of(
        SparseRows adjacency, SparseRows transposed, float factor, SparseStorage storage, StageReporter reporter, ComputeOptions options)
    {
        SparseRows rows = new(adjacency.Count, storage);
        try
        {
            Workers.ForRanges(options.ThreadCount, adjacency.Count, Chunk, () => new RowArena(storage), (arena, from, to) =>
            {
                for (int row = from; row < to; row++)
                {
                    int most = adjacency.Length(row) + transposed.Length(row);
                    arena.Reserve(most, out int* indices, out float* values);
                    Span<int> own = new(adjacency.Indices(row), adjacency.Length(row));
                    own.Sort();
                    int length = Merge(own, new(transposed.Indices(row), transposed.Length(row)), factor, indices, values);
                    rows.SetRow(row, indices, values, length);
                }

                reporter.Advance(to - from);
            });
        }
        catch
        {
            rows.Dispose();
            throw;
        }

        return rows;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Merge(ReadOnlySpan<int> left, ReadOnlySpan<int> right, float factor, int* indices, float* values)
    {
        int length = 0;
        int i = 0;
        int j = 0;
        while (i < left.Length || j < right.Length)
        {
            int a = i < left.Length ? left[i] : int.MaxValue;
            int b = j < right.Length ? right[j] : int.MaxValue;
            indices[length] = Math.Min(a, b);
            values[length++] = a == b ? 2 * factor : factor;
            i += a <= b ? 1 : 0;
            j += b <= a ? 1 : 0;
        }

        return length;
    }
}
