using GnnReRank.Running;

namespace GnnReRank;

/// <summary>Draws rows at random without repetition: those with the smallest keys, in memory of the rows drawn.</summary>
internal static class RandomRows
{
    /// <summary>At most so many of the rows, in ascending order.</summary>
    public static int[] Draw(IEnumerable<int> rows, int count, int seed)
    {
        PriorityQueue<int, ulong> drawn = new(Comparer<ulong>.Create(static (left, right) => right.CompareTo(left)));
        foreach (int row in rows)
        {
            if (drawn.Count < count)
            {
                drawn.Enqueue(row, Key(row, seed));
            }
            else
            {
                drawn.EnqueueDequeue(row, Key(row, seed));
            }
        }

        return [.. drawn.UnorderedItems.Select(item => item.Element).Order()];
    }

    /// <summary>Output number row + 1 of the generator started with the seed; no two rows have the same.</summary>
    public static ulong Key(int row, int seed) => SplitMix64.Mixed((ulong)seed + (((ulong)row + 1) * SplitMix64.GoldenGamma));
}
