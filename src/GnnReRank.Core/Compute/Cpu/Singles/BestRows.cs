using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>The rows with the highest cosines: falling, ties by row rising. One thread's.</summary>
/// <param name="capacity">The most rows to be found, at least 1.</param>
internal sealed unsafe class BestRows(int capacity)
{
    private readonly int[] _rows = new int[capacity];
    private readonly float[] _cosines = new float[capacity];

    /// <summary>How many were found: fewer than asked for where there are fewer.</summary>
    public int Count { get; private set; }

    /// <summary>The rows, best first.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    /// <summary>Their cosines.</summary>
    public ReadOnlySpan<float> Cosines => _cosines.AsSpan(0, Count);

    /// <summary>Finds them.</summary>
    /// <param name="cosines">A cosine a row; NaN for rows that are not there.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="best">How many to find, 1 to the capacity.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Find(float* cosines, int count, int best)
    {
        Count = 0;
        int row = 0;
        for (; row < count && Count < best; row++)
        {
            Offer(cosines[row], row, best);
        }

        for (; row + Vector512<float>.Count <= count; row += Vector512<float>.Count)
        {
            Vector512<float> bound = Vector512.Create(_cosines[best - 1]);
            ulong above = Vector512.GreaterThan(Vector512.Load(cosines + row), bound).ExtractMostSignificantBits();
            for (; above != 0; above &= above - 1)
            {
                int offset = System.Numerics.BitOperations.TrailingZeroCount(above);
                Offer(cosines[row + offset], row + offset, best);
            }
        }

        for (; row < count; row++)
        {
            Offer(cosines[row], row, best);
        }
    }

    // Rows come in ascending order, so one that ties comes behind.
    private void Offer(float cosine, int row, int best)
    {
        if (float.IsNaN(cosine) || (Count == best && cosine <= _cosines[best - 1]))
        {
            return;
        }

        int place = Count < best ? Count++ : best - 1;
        for (; place > 0 && _cosines[place - 1] < cosine; place--)
        {
            (_cosines[place], _rows[place]) = (_cosines[place - 1], _rows[place - 1]);
        }

        (_cosines[place], _rows[place]) = (cosine, row);
    }
}
