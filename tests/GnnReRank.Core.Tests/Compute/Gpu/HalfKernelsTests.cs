using GnnReRank.Compute.Gpu.Kernels;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.Tests.Compute.Gpu.Ptx;

namespace GnnReRank.Tests.Compute.Gpu;

public sealed class HalfKernelsTests
{
    public static TheoryData<string, int> Rows => new()
    {
        { "even", 90 }, { "positive", 192 }, { "one large", 64 }, { "powers", 40 }, { "zero", 32 },
    };

    [Fact]
    public void RoundsAsTheFramework()
    {
        Random random = new(5);
        for (uint half = 0; half < 0x7c00; half++)
        {
            float value = (float)BitConverter.UInt16BitsToHalf((ushort)half);
            Assert.Equal(value, DeviceHalf.ToFloat((ushort)half));
            Assert.Equal(-value, DeviceHalf.ToFloat((ushort)(half | 0x8000)));
            float next = half == 0x7bff ? value : (float)BitConverter.UInt16BitsToHalf((ushort)(half + 1));
            float tie = (value + next) / 2;
            float between = value + ((next - value) * random.NextSingle());
            foreach (float near in (float[])[value, tie, MathF.BitIncrement(tie), MathF.BitDecrement(tie), between])
            {
                Assert.Equal(BitConverter.HalfToUInt16Bits((Half)near), DeviceHalf.Round(near));
                Assert.Equal(BitConverter.HalfToUInt16Bits((Half)(-near)), DeviceHalf.Round(-near));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void ConvertsWithASafeResidual(string kind, int dimension)
    {
        AssertSafe(kind, dimension, fuses: false);
        AssertSafe(kind, dimension, fuses: true);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void BoundsTheScoresOfTheTensorTiles(string kind, int dimension)
    {
        const int count = 40;
        (float[] rows, int stride, int halfStride) = Made(kind, count, dimension);
        (ushort[] halves, float[] residuals) = Convert(rows, count, dimension, stride, halfStride, 128, fuses: false);
        TensorTileRun run = new(halves, count, halfStride, new ulong[count], count);
        run.RunAll();
        for (int row = 0; row < count; row++)
        {
            Assert.Equal(count - 1, run.Counts[row]);
            foreach ((int column, float score) in run.QueueOf(row))
            {
                double exact = Enumerable.Range(0, dimension).Sum(k => (double)rows[(row * stride) + k] * rows[(column * stride) + k]);
                Assert.InRange(Math.Abs(score - exact), 0, HalfBound.OfScore(residuals[row], residuals[column], dimension));
            }
        }
    }

    private static void AssertSafe(string kind, int dimension, bool fuses)
    {
        (float[] rows, int stride, int halfStride) = Made(kind, 5, dimension);
        (ushort[] halves, float[] residuals) = Convert(rows, 5, dimension, stride, halfStride, 7, fuses);
        for (int row = 0; row < 7; row++)
        {
            double sum = 0;
            for (int column = 0; column < halfStride; column++)
            {
                float value = row < 5 && column < dimension ? rows[(row * stride) + column] : 0;
                Half half = (Half)(value * DeviceHalf.Scale);
                Assert.Equal(BitConverter.HalfToUInt16Bits(half), halves[(row * halfStride) + column]);
                sum += Math.Pow(value - ((double)half / DeviceHalf.Scale), 2);
            }

            Assert.InRange(residuals[row], Math.Sqrt(sum), (Math.Sqrt(sum) * 1.00001) + 2e-15);
        }
    }

    private static (ushort[] Halves, float[] Residuals) Convert(
        float[] rows, int count, int dimension, int stride, int halfStride, int paddedCount, bool fuses)
    {
        ushort[] halves = [.. Enumerable.Repeat(ushort.MaxValue, paddedCount * halfStride)];
        float[] residuals = new float[paddedCount];
        new PtxArguments
        {
            ["Rows"] = rows, ["Halves"] = halves, ["Residuals"] = residuals, ["Count"] = count, ["Dimension"] = dimension,
            ["Stride"] = stride, ["HalfStride"] = halfStride,
        }.Run<HalfArguments>(HalfKernels.Convert, paddedCount, HalfKernels.GroupSize, fuses: fuses);
        return (halves, residuals);
    }

    /// <summary>Unit rows, or zero ones; what lies between them is not zero and must not be read.</summary>
    private static (float[] Rows, int Stride, int HalfStride) Made(string kind, int count, int dimension)
    {
        Random random = new(dimension);
        int stride = dimension + 3;
        float[] rows = new float[count * stride];
        Array.Fill(rows, 9f);
        for (int row = 0; row < count; row++)
        {
            Span<float> values = rows.AsSpan(row * stride, dimension);
            for (int column = 0; column < dimension; column++)
            {
                float value = random.NextSingle();
                values[column] = kind switch
                {
                    "even" => (value * 2) - 1,
                    "positive" => value,
                    "one large" => column == row % 3 ? 1 : value * 1e-4f,
                    "powers" => MathF.ScaleB(value - 0.5f, -column),
                    _ => 0,
                };
            }

            float norm = MathF.Sqrt(values.ToArray().Sum(value => value * value));
            for (int column = 0; column < dimension && norm > 0; column++)
            {
                values[column] /= norm;
            }
        }

        return (rows, stride, (dimension + 31) / 32 * 32);
    }
}
