using GnnReRank.Compute.Gpu.Kernels.Products;
using GnnReRank.Compute.Gpu.Rows;
using GnnReRank.Tests.Compute.Gpu.Ptx;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>The kernel's own PTX, emulated with tensor cores that cut what they add as early as any known.</summary>
public sealed class TensorProductKernelTests
{
    /// <summary>One tile and some; full and not; from the first row and from others; two steps and more.</summary>
    public static TheoryData<int, int, int, int, int, string> Shapes => new()
    {
        { 0, 0, 1, 1, 20, "even" }, { 5, 3, 128, 128, 64, "positive" }, { 1, 131, 129, 260, 32, "powers" },
        { 140, 0, 40, 127, 96, "one large" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void MultipliesRowsWithColumns(
        int firstRow, int firstColumn, int rows, int columns, int dimension, string kind)
    {
        UnitRows made = new(kind, Math.Max(firstRow + rows, firstColumn + columns), dimension);
        int productStride = columns + 3;
        float[] products = TensorProductRun.Multiply(
            made.Values, made.Stride, (firstRow, firstColumn), (rows, columns), productStride, rows == 129);
        double bound = SplitBound.Of(dimension);
        for (int at = 0; at < products.Length; at++)
        {
            (int row, int column) = (at / productStride, at % productStride);
            if (row == rows || column >= columns)
            {
                Assert.Equal(float.NaN, products[at]);
            }
            else
            {
                Assert.InRange(Math.Abs(products[at] - made.Exact(firstRow + row, firstColumn + column)), 0, bound);
            }
        }
    }

    /// <summary>More blocks of rows than go together, and a last band that is short.</summary>
    [Fact]
    public void MapsMoreThanOneBandOfRowBlocks()
    {
        const int rows = (17 * 128) - 5;
        const int columns = 5;
        UnitRows made = new("even", rows, 4);
        float[] products = TensorProductRun.Multiply(made.Values, made.Stride, (0, 0), (rows, columns), columns);
        Assert.All(Enumerable.Range(0, rows * columns), at =>
            Assert.InRange(Math.Abs(products[at] - made.Exact(at / columns, at % columns)), 0, SplitBound.Of(4)));
    }

    /// <summary>Not only within the bound: not so far from the exact cosines as the chain of float32.</summary>
    [Theory]
    [InlineData("even")]
    [InlineData("positive")]
    public void ErrsNoMoreThanFloat32(string kind)
    {
        const int dimension = 1024;
        const int count = 32;
        UnitRows made = new(kind, count, dimension);
        float[] products = TensorProductRun.Multiply(made.Values, made.Stride, (0, 0), (count, count), count);
        double tensor = RootMeanSquare(at => products[at]);
        double chain = RootMeanSquare(at => made.Chain(at / count, at % count));
        Assert.InRange(tensor, 0, chain / 1.5);

        double RootMeanSquare(Func<int, float> product) => Math.Sqrt(Enumerable.Range(0, count * count).Average(at =>
            Math.Pow(product(at) - made.Exact(at / count, at % count), 2)));
    }

    [Fact]
    public void EqualRowsHaveEqualProductsWhereverTheyLie()
    {
        UnitRows made = new("even", 200, 80);
        int[] places = [3, 12, 70, 77, 130, 199];
        foreach (int place in places)
        {
            made.Values.AsSpan(3 * made.Stride, made.Stride).CopyTo(made.Values.AsSpan(place * made.Stride));
        }

        float[] products = TensorProductRun.Multiply(made.Values, made.Stride, (0, 0), (200, 200), 200);
        foreach (int place in places)
        {
            for (int other = 0; other < 200; other++)
            {
                Assert.Equal(products[(other * 200) + 3], products[(other * 200) + place]);
                Assert.Equal(products[(3 * 200) + other], products[(place * 200) + other]);
            }
        }
    }

    /// <summary>What the emulator cannot see: that it is as fast as it was meant.</summary>
    [Fact]
    public void MultipliesThriceThirtyTwoTimesBetweenTwoBarriers()
    {
        string text = TensorProductRun.Text;
        PtxProgram program = new(text);
        Assert.DoesNotContain("__local_depot", text, StringComparison.Ordinal);
        Assert.Contains(".shared .align 16 .b8 __shared_alloca0[49152];", text, StringComparison.Ordinal);
        string[] loop =
        [
            .. program.Instructions.Select(instruction => instruction.Opcode)
                .SkipWhile(opcode => opcode != "cp.async.wait_group"),
        ];
        Assert.Equal("bar.sync", loop[1]);
        Assert.Single(loop, "bar.sync");
        Assert.Equal(96, loop.Count(opcode => opcode.StartsWith("mma.sync", StringComparison.Ordinal)));
        Assert.Equal(128, loop.Count(opcode => opcode == "add.f32"));
        Assert.Equal(16, loop.Count(opcode => opcode.StartsWith("ldmatrix.sync", StringComparison.Ordinal)));
        Assert.Equal(8, loop.Count(opcode => opcode.StartsWith("cp.async.cg", StringComparison.Ordinal)));
        Assert.DoesNotContain(loop, opcode => opcode.StartsWith("ld.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("even", false)]
    [InlineData("powers", false)]
    [InlineData("one large", true)]
    public void SplitsAsTheFrameworkRounds(string kind, bool fuses)
    {
        UnitRows made = new(kind, 3, 90);
        uint[] parts = new uint[made.Values.Length];
        int pairs = parts.Length / 2;
        new PtxArguments { ["Rows"] = made.Values, ["Parts"] = parts, ["PairCount"] = (long)pairs }.Run<SplitArguments>(
            SplitKernels.Split, (pairs + SplitKernels.GroupSize - 1) / SplitKernels.GroupSize, SplitKernels.GroupSize,
            fuses: fuses);
        Assert.Equal(TensorProductRun.Split(made.Values), parts);
    }
}
