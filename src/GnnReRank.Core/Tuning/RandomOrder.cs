using GnnReRank.Running;

namespace GnnReRank.Tuning;

/// <summary>Orders drawn from a seed: the same on every machine.</summary>
internal static class RandomOrder
{
    /// <summary>The items in a random order (Fisher and Yates).</summary>
    /// <param name="items">The items.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">Keeps the draws for different ends apart.</param>
    public static T[] Of<T>(IEnumerable<T> items, int seed, int stream)
    {
        T[] drawn = [.. items];
        SplitMix64 random = SplitMix64.ForSample(seed, stream);
        for (int last = drawn.Length - 1; last > 0; last--)
        {
            int other = random.NextIndex(last + 1);
            (drawn[last], drawn[other]) = (drawn[other], drawn[last]);
        }

        return drawn;
    }
}
