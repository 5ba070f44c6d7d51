namespace GnnReRank.Compute.Gpu.Rows;

/// <summary>
/// How far the products of <c>TensorProductKernel</c> are from exact inner products: proven, not measured.
/// </summary>
/// <remarks>
/// <para>
/// The parts. A value x, scaled by 2^15, is 2^e or more in size and less than 2^(e+1). h, it rounded to 11 bits, is
/// within 2^(e-11) of it. The rest is a multiple of 2^(e-23), so it has 12 bits, and l is the rest but for 2^(e-23);
/// where l, or h, is a subnormal half, but for 2^-25. Unscaled, h + l is x but for 2^-23 |x| and 2^-40, and |l| is at
/// most 2^-11 |x| with as much beside. Of whole vectors: |h + l - x| &lt;= 2^-23 |x| + 2^-40 sqrt(d). Tensor cores
/// take subnormal halves in full.
/// </para>
/// <para>
/// What is left out. &lt;l, l'&gt; is at most |l| |l'|, by Cauchy and Schwarz.
/// </para>
/// <para>
/// The units' sums, as in <see cref="HalfBound"/>: an addition of m products, 4 at the fewest, errs by 1.5 m units of
/// 2^-23 at most, relative to the largest of operands and sum. A step adds 48 products of its 16 values from zero: 32
/// of a high with a low part, and while these are added all is at most 2 x 2^-11 N, where N = |x| |y| of the 16 values
/// alone; then 16 of high parts, where all is at most N, each bound but for 1.01. So a step errs by 2^-23 x 1.5 (32 x
/// 2^-10 + 16) x 1.01 N, less than 25 x 2^-23 N. The N of all steps add up to |x| |y| at most, by Cauchy and Schwarz
/// once more.
/// </para>
/// <para>
/// The sums in registers: d / 16 ordinary additions, each of which errs by 2^-24 of its result at most, and that is at
/// most |x| |y| but for 1.001. The scale is a power of two. Products of zero padding are exact.
/// </para>
/// <para>
/// |x| and |y| are at most 1 + <see cref="HalfBound.NormError"/>. At d = 2,048 the bound is 1.2e-5; that of a chain of
/// 2,048 additions in float32 is 1.2e-4.
/// </para>
/// </remarks>
internal static class SplitBound
{
    private const double ValueError = 1.0 / (1 << 23);
    private const double SmallestError = 1.0 / (1L << 40);
    private const double LowShare = 1.001 / (1 << 11);
    private const double UnitsPerStep = 25;
    private const double Unit = 1.0 / (1 << 23);
    private const double Rounding = 1.0 / (1 << 24);
    private const int StepLength = 16;

    /// <summary>The most that a product differs from the inner product of the float32 rows.</summary>
    /// <param name="dimension">Values a vector, without padding.</param>
    public static double Of(int dimension)
    {
        const double norm = 1 + HalfBound.NormError;
        double smallest = SmallestError * Math.Sqrt(dimension);
        double parts = (ValueError * norm) + smallest;
        double low = (LowShare * norm) + smallest;
        double steps = (dimension + StepLength - 1) / StepLength;
        double sums = (UnitsPerStep * Unit) + (steps * Rounding * 1.001);
        return (parts * (2 * norm + parts)) + (low * low) + (sums * 1.001 * norm * norm);
    }
}
