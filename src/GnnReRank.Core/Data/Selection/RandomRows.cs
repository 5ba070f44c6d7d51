namespace GnnReRank;

/// <summary>Draws rows at random without repetition: those with the smallest keys, in memory of the rows drawn.</summary>
internal static class RandomRows
{
    // SplitMix64: Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014; its mix is one to one, so no keys tie.
    private const ulong Increment = 0x9E3779B97F4A7C15;

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

    /// <summary>Output number row + 1 of the generator started with the seed.</summary>
    public static ulong Key(int row, int seed)
    {
        ulong mixed = unchecked((ulong)seed + (((ulong)row + 1) * Increment));
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB);
        return mixed ^ (mixed >> 31);
    }
}
