using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GnnReRank.Running;

namespace GnnReRank.Evaluation.Measuring;

/// <summary>Percentile intervals of means over queries, which are drawn with replacement.</summary>
internal static class BootstrapIntervals
{
    public const double Level = 0.95;

    // Below this the ends, at 2.5 % and 97.5 %, rest on two or three samples.
    private const int FewestSamples = 100;

    private const int MostSamples = 1_000_000;

    // Samples a thread takes at a time: small enough to stop soon.
    private const int Chunk = 16;

    /// <exception cref="GnnReRankException">The number of samples is out of range.</exception>
    public static void Check(int samples)
    {
        if (samples is < FewestSamples or > MostSamples)
        {
            throw new GnnReRankException(
                "BootstrapOutOfRange", ErrorKind.InvalidArgument,
                $"{samples:N0} bootstrap samples were asked for: take {FewestSamples:N0} to {MostSamples:N0}; 1,000 are usual.");
        }
    }

    /// <summary>
    /// The queries' values of a figure. Those without a good image are left out, or count 0, as the divisor says; where galleries are
    /// drawn, a query's value is its mean over the draws, and one that sat out all of them was never asked.
    /// </summary>
    public static double[] Counted(IEnumerable<QueryAccuracy> queries, QueryDivisor divisor, Func<QueryAccuracy, double?> figure) =>
        [.. queries.Where(query => query.AveragePrecision is not null || (divisor == QueryDivisor.All && !query.IsValid)).Select(query => figure(query) ?? 0)];

    /// <summary>The interval of the mean of any figure.</summary>
    /// <param name="values">One value a query that counts; not empty.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="seed">The same seed draws the same samples for any figure of as many queries.</param>
    /// <param name="options">How the call runs.</param>
    public static ConfidenceInterval OfMean(double[] values, int samples, int seed, ComputeOptions options) =>
        OfMeans(values, values, samples, seed, options).First;

    /// <summary>The intervals of the means of two figures of the same queries, from the same samples.</summary>
    /// <param name="first">One value a query that counts; not empty.</param>
    /// <param name="second">As many values of the other figure.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="seed">The same seed draws the same samples for any figures of as many queries.</param>
    /// <param name="options">How the call runs.</param>
    public static (ConfidenceInterval First, ConfidenceInterval Second) OfMeans(
        double[] first, double[] second, int samples, int seed, ComputeOptions options)
    {
        Check(samples);
        Vector128<double>[] pairs = [.. first.Zip(second, Vector128.Create)];
        double[] means = new double[samples];
        double[] others = new double[samples];
        Workers.ForRanges(options.ThreadCount, samples, Chunk, (from, to) =>
        {
            for (int sample = from; sample < to; sample++)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                Vector128<double> sum = SumOfSample(pairs, SplitMix64.ForSample(seed, sample));
                means[sample] = sum[0] / pairs.Length;
                others[sample] = sum[1] / pairs.Length;
            }
        });
        return (Interval(means), Interval(others));
    }

    // Optimised from the first call on: the thousand calls of one interval are over before the run time would do so.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector128<double> SumOfSample(Vector128<double>[] pairs, SplitMix64 random)
    {
        Vector128<double> sum = Vector128<double>.Zero;
        for (int i = 0; i < pairs.Length; i++)
        {
            sum += pairs[random.NextIndex(pairs.Length)];
        }

        return sum;
    }

    private static ConfidenceInterval Interval(double[] means)
    {
        Array.Sort(means);
        return new ConfidenceInterval(Quantile(means, (1 - Level) / 2), Quantile(means, (1 + Level) / 2), Level);
    }

    /// <summary>Between neighbours by a straight line, as numpy.quantile does.</summary>
    private static double Quantile(double[] sorted, double share)
    {
        double position = share * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
