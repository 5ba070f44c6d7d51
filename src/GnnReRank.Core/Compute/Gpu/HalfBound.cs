namespace GnnReRank.Compute.Gpu;

/// <summary>How far the scores of <see cref="Kernels.TensorTileKernel"/> are from exact inner products: proven, not measured.</summary>
/// <remarks>
/// <para>
/// Rounding of the values. With e = x~ - x for the rows' float16 vectors, &lt;x~, y~&gt; - &lt;x, y&gt; = &lt;e_x, y&gt; + &lt;x, e_y&gt; +
/// &lt;e_x, e_y&gt;, at most r_x |y| + r_y |x| + r_x r_y in size. |x| and |y| are at most 1 + <see cref="NormError"/>.
/// </para>
/// <para>
/// The sum. How mma.sync rounds is not specified. What is known of the devices since the first: a unit adds m exact products to the
/// accumulator at once, m = 4 (sm_70), 8 (sm_80 to 89) or 16 (sm_90); all m + 1 operands are aligned to the largest and cut below
/// 2^-23 of its power of two, and the sum is cut to 24 bits. An addition of m products so errs by m + 2 units of 2^-23 at most, relative to the
/// largest of operands and sum, and those are at most M = |x~| |y~| (Cauchy-Schwarz: it holds for the sum of any part of the products'
/// magnitudes), but for the errors before, which the factor 1.01 covers while the result is below 0.01. With m = 4, the worst of
/// them, 16 products err by 24 units: 1.5 a product. Products of zero padding are exact.
/// </para>
/// </remarks>
internal static class HalfBound
{
    /// <summary>How much longer than 1 a vector normalised in float32 may be: generous for any summation of up to 2^20 values.</summary>
    public const double NormError = 1e-4;

    private const double UnitsPerProduct = 1.5;
    private const double Unit = 1.0 / (1 << 23);

    /// <summary>The most that the sum of so many products errs.</summary>
    /// <param name="dimension">Values a vector, without padding.</param>
    public static double OfSum(int dimension)
    {
        int products = (dimension + 15) / 16 * 16;
        return 1.01 * UnitsPerProduct * products * Unit;
    }

    /// <summary>The most that a score differs from the inner product of the float32 rows.</summary>
    /// <param name="first">The residual of one row.</param>
    /// <param name="second">The residual of the other.</param>
    /// <param name="dimension">Values a vector, without padding.</param>
    public static double OfScore(float first, float second, int dimension) =>
        ((1 + NormError) * ((double)first + second)) + ((double)first * second) + OfSum(dimension);
}
