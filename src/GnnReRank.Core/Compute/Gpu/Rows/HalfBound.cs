namespace GnnReRank.Compute.Gpu.Rows;

/// <summary>How far the scores of <c>TensorTileKernel</c> are from exact inner products: proven, not measured.</summary>
/// <remarks>
/// <para>
/// Rounding of the values. With e = x~ - x for the rows' float16 vectors, &lt;x~, y~&gt; - &lt;x, y&gt; = &lt;e_x, y&gt; + &lt;x, e_y&gt; +
/// &lt;e_x, e_y&gt;, at most r_x |y| + r_y |x| + r_x r_y in size. |x| and |y| are at most 1 + <see cref="NormError"/>.
/// </para>
/// <para>
/// The sum. How mma.sync rounds is not specified. What is known of the devices since the first: a unit adds m exact products to the
/// accumulator at once, m = 4 (sm_70), 8 (sm_80 to 89) or 16 (sm_90); all m + 1 operands are aligned to the largest and cut below
/// 2^-23 of its power of two, and the sum is cut to 24 bits. An addition of m products so errs by m + 2 units of 2^-23 at most, relative
/// to the largest of operands and sum. With m = 4, the worst of them, that is 1.5 units a product, of d rounded up to 16. Without errors
/// operands and sums are at most M = |x~| |y~| (Cauchy-Schwarz, for any part of the products); with the error E so far, M + E. Hence
/// E is at most u (M + E) with u = 1.5 d 2^-23, so E &lt;= M u / (1 - u). Products of zero padding are exact.
/// </para>
/// </remarks>
internal static class HalfBound
{
    /// <summary>
    /// How much longer than 1 a row may be. Normalised in float32 it is shorter than that where no square passes through more than
    /// 3,000 additions.
    /// </summary>
    public const double NormError = 1e-4;

    // (1 + NormError + residual)^2: float16 takes at most 2^-11 of a vector, and 2^-33 a value from the smallest of them.
    private const double LargestProduct = 1.003;
    private const double UnitsPerProduct = 1.5;
    private const double Unit = 1.0 / (1 << 23);

    /// <summary>The most that the sum of so many products errs.</summary>
    /// <param name="dimension">Values a vector, without padding.</param>
    public static double OfSum(int dimension)
    {
        double units = UnitsPerProduct * ((dimension + 15) / 16 * 16) * Unit;
        return LargestProduct * units / (1 - units);
    }

    /// <summary>The most that a score differs from the inner product of the float32 rows.</summary>
    /// <param name="first">The residual of one row.</param>
    /// <param name="second">The residual of the other.</param>
    /// <param name="dimension">Values a vector, without padding.</param>
    public static double OfScore(float first, float second, int dimension) =>
        ((1 + NormError) * ((double)first + second)) + ((double)first * second) + OfSum(dimension);
}
