using ILGPU;

namespace GnnReRank.Compute.Gpu.Kernels.Walks;

/// <summary>The exponential function in float64, which kernels lack.</summary>
internal static class WalkExp
{
    private const double LogTwo = 0.693147180559945309;

    // The high bits of log 2, so that a multiple of them is exact, and the rest.
    private const double LogTwoHigh = 6.93147180369123816490e-01;
    private const double LogTwoLow = 1.90821492927058770002e-10;

    // Below, the result is 0.
    private const double Least = -745.2;
    private const int Bias = 1023;
    private const int MantissaBits = 52;

    /// <summary>e^x to about a unit of the last place.</summary>
    /// <param name="x">A number that is not above 0.</param>
    public static double Of(double x)
    {
        if (x < Least)
        {
            return 0;
        }

        // x = k log 2 + r with |r| at most log 2 / 2: a series for r, and the exponent k.
        int k = (int)((x / LogTwo) - 0.5);
        double r = x - (k * LogTwoHigh) - (k * LogTwoLow);
        double series = 1.0 / 6_227_020_800;
        series = (series * r) + (1.0 / 479_001_600);
        series = (series * r) + (1.0 / 39_916_800);
        series = (series * r) + (1.0 / 3_628_800);
        series = (series * r) + (1.0 / 362_880);
        series = (series * r) + (1.0 / 40_320);
        series = (series * r) + (1.0 / 5_040);
        series = (series * r) + (1.0 / 720);
        series = (series * r) + (1.0 / 120);
        series = (series * r) + (1.0 / 24);
        series = (series * r) + (1.0 / 6);
        series = (series * r) + 0.5;
        series = (series * r) + 1.0;
        series = (series * r) + 1.0;

        // In two steps: the exponent of a subnormal result has no bits of its own.
        int half = k / 2;
        return series * PowerOfTwo(half) * PowerOfTwo(k - half);
    }

    private static double PowerOfTwo(int exponent) =>
        Interop.IntAsFloat((ulong)(long)(exponent + Bias) << MantissaBits);
}
