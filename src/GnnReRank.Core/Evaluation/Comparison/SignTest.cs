namespace GnnReRank.Evaluation.Comparison;

/// <summary>The exact sign test: are gains as likely as losses?</summary>
internal static class SignTest
{
    // Products are brought back by this power of two before they overflow.
    private const int Rescaling = 512;

    /// <summary>The two-sided p-value: how likely a split at least as uneven is where each query goes either way by a fair coin.</summary>
    /// <param name="gained">Queries that gained.</param>
    /// <param name="lost">Queries that lost; those without a change are dropped.</param>
    /// <remarks>
    /// min(1, 2 P(X &lt;= min(gained, lost))), X binomial (n, 1/2). The largest term is a product kept as mantissa and exponent, so that
    /// no n overflows; the terms below it come from their ratios. A value below the smallest double is 0.
    /// </remarks>
    public static double PValue(int gained, int lost)
    {
        long fewer = Math.Min(gained, lost);
        long more = Math.Max(gained, lost);
        double mantissa = 1;
        long exponent = 1 - fewer - more;
        for (long i = 1; i <= fewer; i++)
        {
            mantissa *= (double)(more + i) / i;
            if (mantissa > Math.ScaleB(1, Rescaling))
            {
                mantissa = Math.ScaleB(mantissa, -Rescaling);
                exponent += Rescaling;
            }
        }

        double tail = mantissa * TermsBelow(fewer, more);
        return Math.Min(1, Math.ScaleB(tail, (int)Math.Max(exponent, int.MinValue)));
    }

    /// <summary>The sum of all terms up to the largest one, as a multiple of it.</summary>
    private static double TermsBelow(long fewer, long more)
    {
        double sum = 1;
        double term = 1;
        for (long k = fewer; k > 0 && sum + term > sum; k--)
        {
            term *= (double)k / (fewer + more - k + 1);
            sum += term;
        }

        return sum;
    }
}
