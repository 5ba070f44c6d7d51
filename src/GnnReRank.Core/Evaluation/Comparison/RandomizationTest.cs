using GnnReRank.Running;

namespace GnnReRank.Evaluation.Comparison;

/// <summary>The paired randomization test of a mean difference (Fisher): would swapping the two results at random do as much?</summary>
internal static class RandomizationTest
{
    // Up to here all sign patterns are fewer than the flips that are usual, so all are taken.
    private const int MostEnumerated = 13;

    private const int Chunk = 64;

    // Sums that are equal on paper may differ by rounding.
    private const double Rounding = 1e-12;

    /// <summary>The two-sided p-value of the mean.</summary>
    /// <param name="differences">One a query; those of 0 make no difference.</param>
    /// <param name="flips">How many patterns of signs are drawn where there are too many to take all.</param>
    /// <param name="seed">What the patterns start from.</param>
    /// <param name="options">How the call runs.</param>
    public static double PValue(double[] differences, int flips, int seed, ComputeOptions options)
    {
        double[] sizes = [.. differences.Where(difference => difference != 0).Select(Math.Abs)];
        double total = sizes.Sum();
        double observed = Math.Abs(differences.Sum()) - (Rounding * total);
        bool enumerated = sizes.Length <= MostEnumerated;
        int patterns = enumerated ? 1 << sizes.Length : flips;
        long asLarge = 0;
        Workers.ForRanges(options.ThreadCount, patterns, Chunk, (from, to) =>
        {
            long found = 0;
            for (int pattern = from; pattern < to; pattern++)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                double gains = enumerated ? Gains(sizes, (ulong)pattern) : Gains(sizes, SplitMix64.ForSample(seed, pattern));
                found += Math.Abs((2 * gains) - total) >= observed ? 1 : 0;
            }

            Interlocked.Add(ref asLarge, found);
        });

        // The observed pattern is one of those that could be drawn, so a drawn p-value is never 0.
        return enumerated ? (double)asLarge / patterns : (asLarge + 1.0) / (patterns + 1.0);
    }

    private static double Gains(ReadOnlySpan<double> sizes, SplitMix64 random)
    {
        double sum = 0;
        for (int from = 0; from < sizes.Length; from += 64)
        {
            sum += Gains(sizes.Slice(from, Math.Min(64, sizes.Length - from)), random.Next());
        }

        return sum;
    }

    /// <summary>The sum of the sizes whose bit is set. Bits are multiplied and not branched on: a branch would be guessed wrong half the time.</summary>
    private static double Gains(ReadOnlySpan<double> sizes, ulong signs)
    {
        double sum = 0;
        foreach (double size in sizes)
        {
            sum += size * (signs & 1);
            signs >>= 1;
        }

        return sum;
    }
}
