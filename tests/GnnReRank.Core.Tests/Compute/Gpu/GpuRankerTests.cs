using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Ordering;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>The device's order against LINQ's over the same float arithmetic.</summary>
public sealed class GpuRankerTests
{
    private const float Lambda = 0.3f;

    private static GpuDevice Pocl => GpuTestDevices.Named(GpuTestDevices.PoclName);

    public static TheoryData<int, string> WidthsAndMakers
    {
        get
        {
            TheoryData<int, string> cases = [];
            foreach (int width in (int[])[1, 2, 7, 8, 9, 16, 100, 255, 1_000, 2_047, 2_048, 2_049, 5_000])
            {
                foreach (string maker in RankCase.MakerNames)
                {
                    cases.Add(width, maker);
                }
            }

            return cases;
        }
    }

    public static TheoryData<int> Depths => [1, 7, 1_024, 1_025, 19_999, 20_000];

    [Theory]
    [MemberData(nameof(WidthsAndMakers))]
    public void OrdersByScoreThenCosineThenColumn(int width, string maker)
    {
        foreach (int depth in ((int[])[1, 7, 100, 1_024, width - 1, width]).Where(depth => depth >= 1 && depth <= width).Distinct())
        {
            RankCase made = RankCase.Make(rows: 3, width, maker);
            made.Check(Pocl, depth, made.Scores, made.Cosines, 1f, 0f);
            made.Check(Pocl, depth, made.Scores, made.Cosines, 1f - Lambda, Lambda);
            made.Check(Pocl, depth, made.Scores, [], 1f, 0f);
            made.Check(Pocl, depth, [], made.Scores, 1f, Lambda);
        }
    }

    [Theory]
    [MemberData(nameof(Depths))]
    public void LongRows(int depth)
    {
        RankCase made = RankCase.Make(rows: 4, width: 20_000, "few values");
        made.Check(Pocl, depth, made.Scores, made.Cosines, 1f - Lambda, Lambda);
        made.Check(Pocl, depth, made.Scores, made.Cosines, 1f, 0f);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(69)]
    [InlineData(70)]
    public void AnyNumberOfRows(int rows)
    {
        foreach (int depth in (int[])[5, 3_000])
        {
            RankCase made = RankCase.Make(rows, width: 3_000, "distinct");
            made.Check(Pocl, depth, made.Scores, made.Cosines, 1f - Lambda, Lambda);
        }
    }

    [Fact]
    public void ManyLongRowsInFull()
    {
        RankCase made = RankCase.Make(rows: 200, width: 20_000, "mostly zero");
        made.Check(Pocl, 20_000, made.Scores, made.Cosines, 1f, 0f);
    }

    [Theory]
    [InlineData("few values")]
    [InlineData("distinct")]
    public void OnTheEmulatedDevice(string maker)
    {
        RankCase made = RankCase.Make(rows: 3, width: 40, maker);
        made.Check(GpuTestDevices.Emulated, 40, made.Scores, made.Cosines, 1f - Lambda, Lambda);
        made.Check(GpuTestDevices.Emulated, 7, made.Scores, made.Cosines, 1f, 0f);
    }

    [Fact]
    public void ProductsAreRoundedBeforeTheyAreAdded()
    {
        // Fused, these sums differ in the last bit in a good part of the columns.
        RankCase made = RankCase.Make(rows: 1, width: 2_000, "distinct");
        int fused = made.Scores.Zip(made.Cosines).Count(pair =>
            MathF.FusedMultiplyAdd(pair.Second, Lambda, pair.First * (1f - Lambda)) != RankCase.Mix(pair.First, pair.Second, 1f - Lambda, Lambda));
        Assert.InRange(fused, 100, 1_900);
        made.Check(Pocl, 2_000, made.Scores, made.Cosines, 1f - Lambda, Lambda);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(2_500)]
    public void ARankerServesManyCalls(int depth)
    {
        RankCase first = RankCase.Make(rows: 6, width: 2_500, "distinct");
        RankCase second = RankCase.Make(rows: 2, width: 2_500, "few values");
        RowBlocks<int> indices = new(9, depth);
        RowBlocks<float> scores = new(9, depth);
        GpuDevice device = Pocl;
        lock (device.Gate)
        {
            using GpuRanker ranker = new(device, rowCapacity: 6, width: 2_500, depth);
            first.Rank(ranker, device, first.Scores, first.Cosines, 1f, 0f);
            ranker.CopyTo(indices, scores, 0, 6, threads: 2);
            second.Rank(ranker, device, second.Scores, second.Cosines, 1f, 0f);
            ranker.CopyTo(indices, scores, 7, 2, threads: 2);
        }

        first.AssertRows(indices, scores, 0, first.Scores, first.Cosines, 1f, 0f);
        second.AssertRows(indices, scores, 7, second.Scores, second.Cosines, 1f, 0f);
    }

    [Fact]
    public void WantsSomethingToRankBy()
    {
        GpuDevice device = GpuTestDevices.Emulated;
        lock (device.Gate)
        {
            using GpuRanker ranker = new(device, rowCapacity: 1, width: 4, depth: 4);
            using MemoryBuffer1D<float, Stride1D.Dense> values = device.Allocate<float>(4);
            ArrayView<float> row = values.View.BaseView;
            Assert.Throws<ArgumentException>(() => ranker.Rank(default, default, 1f, 0f, 1));
            Assert.Throws<ArgumentException>(() => ranker.Rank(row, default, 1f - Lambda, Lambda, 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => ranker.Rank(row, row, 1f, 0f, 2));
        }
    }

    [Fact]
    public void CountsItsMemory()
    {
        // Results; keys and columns twice, and one split a piece of 2,048.
        Assert.Equal(10L * 100 * 8, GpuRanker.BytesFor(10, 20_000, 100));
        Assert.Equal((10L * 20_000 * (8 + 24)) + (10 * 10 * 4), GpuRanker.BytesFor(10, 20_000, 20_000));
        Assert.Equal(10L * 2_048 * 8, GpuRanker.BytesFor(10, 2_048, 2_048));
    }
}
