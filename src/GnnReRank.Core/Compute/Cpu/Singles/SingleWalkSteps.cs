using System.Runtime.CompilerServices;
using GnnReRank.Compute.Walks;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>
/// A step of one walk. Products and sums are rounded one by one, over ascending columns, as those of
/// <see cref="Cpu.Walks.WalkLanes"/> are.
/// </summary>
internal static unsafe class SingleWalkSteps
{
    /// <summary>after = matrix * before, for the listed rows.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="rows">The rows to make; null takes rows as they stand, which reads the matrix in its order.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="before">n values; 0 where the walk has not been.</param>
    /// <param name="after">Receives the rows' values.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step(TransitionMatrix matrix, int* rows, int first, int count, float* before, float* after)
    {
        fixed (int* offsets = matrix.Offsets, columns = matrix.Columns)
        fixed (float* values = matrix.Values)
        {
            for (int at = first; at < first + count; at++)
            {
                int row = rows == null ? at : rows[at];
                int end = offsets[row + 1];
                float sum = 0;
                for (int entry = offsets[row]; entry < end; entry++)
                {
                    sum += before[columns[entry]] * values[entry];
                }

                after[row] = sum;
            }
        }
    }

    /// <summary>A row's sum that begins with what comes from the query.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="row">The row.</param>
    /// <param name="fromQuery">The first summand.</param>
    /// <param name="before">n values.</param>
    public static float Sum(TransitionMatrix matrix, int row, float fromQuery, float* before)
    {
        float sum = fromQuery;
        for (int entry = matrix.Offsets[row]; entry < matrix.Offsets[row + 1]; entry++)
        {
            sum += before[matrix.Columns[entry]] * matrix.Values[entry];
        }

        return sum;
    }
}
