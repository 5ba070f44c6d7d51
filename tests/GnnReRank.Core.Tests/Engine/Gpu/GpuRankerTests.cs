using GnnReRank.Compute.Gpu;
using GnnReRank.Compute.Gpu.Ordering;
using ILGPU;
using ILGPU.Runtime;

namespace GnnReRank.Tests.Engine.Gpu;

/// <summary>The device's order against LINQ's over the same float arithmetic.</summary>
public sealed class GpuRankerTests
{
    private const float Lambda = 0.3f;

    private static readonly Dictionary<string, Func<Random, float>> s_makers = new()
    {
        ["distinct"] = static random => (float)random.NextDouble() - 0.5f,
        ["few values"] = static random => random.Next(-2, 3) / 4f,
        ["all equal"] = static _ => 0.25f,
        ["all zero, of both signs"] = static random => random.Next(2) == 0 ? 0f : -0f,
        ["all below zero"] = static random => -1f - random.Next(3),
        ["mostly zero"] = static random => random.Next(10) == 0 ? (float)random.NextDouble() : 0f,
        ["tiny"] = static random => random.Next(-1, 2) * float.Epsilon,
        ["ascending"] = static random => s_next = random.Next(3) == 0 ? s_next : s_next + 1f,
    };

    [ThreadStatic]
    private static float s_next;

    private static GpuDevice Pocl => GpuTestDevices.Named(GpuTestDevices.PoclName);

    public static TheoryData<int, string> WidthsAndMakers
    {
        get
        {
            TheoryData<int, string> cases = [];
            foreach (int width in (int[])[1, 2, 255, 2_047, 2_048, 2_049, 5_000])
            {
                foreach (string maker in s_makers.Keys)
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
            Case made = Case.Make(rows: 3, width, maker);
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
        Case made = Case.Make(rows: 4, width: 20_000, "few values");
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
            Case made = Case.Make(rows, width: 3_000, "distinct");
            made.Check(Pocl, depth, made.Scores, made.Cosines, 1f - Lambda, Lambda);
        }
    }

    [Fact]
    public void ManyLongRowsInFull()
    {
        Case made = Case.Make(rows: 200, width: 20_000, "mostly zero");
        made.Check(Pocl, 20_000, made.Scores, made.Cosines, 1f, 0f);
    }

    [Theory]
    [InlineData("few values")]
    [InlineData("distinct")]
    public void OnTheEmulatedDevice(string maker)
    {
        Case made = Case.Make(rows: 3, width: 40, maker);
        made.Check(GpuTestDevices.Emulated, 40, made.Scores, made.Cosines, 1f - Lambda, Lambda);
        made.Check(GpuTestDevices.Emulated, 7, made.Scores, made.Cosines, 1f, 0f);
    }

    [Fact]
    public void ProductsAreRoundedBeforeTheyAreAdded()
    {
        // Fused, these sums differ in the last bit in a good part of the columns.
        Case made = Case.Make(rows: 1, width: 2_000, "distinct");
        int fused = made.Scores.Zip(made.Cosines).Count(pair =>
            MathF.FusedMultiplyAdd(pair.Second, Lambda, pair.First * (1f - Lambda)) != made.Mix(pair.First, pair.Second, 1f - Lambda, Lambda));
        Assert.InRange(fused, 100, 1_900);
        made.Check(Pocl, 2_000, made.Scores, made.Cosines, 1f - Lambda, Lambda);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(2_500)]
    public void ARankerServesManyCalls(int depth)
    {
        Case first = Case.Make(rows: 6, width: 2_500, "distinct");
        Case second = Case.Make(rows: 2, width: 2_500, "few values");
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

    private sealed class Case(int rows, int width, float[] scores, float[] cosines)
    {
        public float[] Scores => scores;

        public float[] Cosines => cosines;

        public static Case Make(int rows, int width, string maker)
        {
            s_next = 0f;
            Random random = new(width);
            float[] scores = [.. Enumerable.Range(0, rows * width).Select(_ => s_makers[maker](random))];
            float[] cosines = [.. Enumerable.Range(0, rows * width).Select(_ => random.Next(3) == 0 ? random.Next(-5, 6) / 5f : random.NextSingle())];
            return new Case(rows, width, scores, cosines);
        }

        public float Mix(float score, float cosine, float scoreWeight, float cosineWeight)
        {
            float left = score * scoreWeight;
            float right = cosine * cosineWeight;
            return left + right;
        }

        public void Check(GpuDevice device, int depth, float[] scored, float[] compared, float scoreWeight, float cosineWeight)
        {
            RowBlocks<int> indices = new(rows, depth);
            RowBlocks<float> sorted = new(rows, depth);
            lock (device.Gate)
            {
                using GpuRanker ranker = new(device, rows, width, depth);
                Rank(ranker, device, scored, compared, scoreWeight, cosineWeight);
                ranker.CopyTo(indices, sorted, 0, rows, threads: 2);
            }

            AssertRows(indices, sorted, 0, scored, compared, scoreWeight, cosineWeight);
        }

        public void Rank(GpuRanker ranker, GpuDevice device, float[] scored, float[] compared, float scoreWeight, float cosineWeight)
        {
            using MemoryBuffer1D<float, Stride1D.Dense> left = device.Allocate<float>(scored.Length);
            using MemoryBuffer1D<float, Stride1D.Dense> right = device.Allocate<float>(compared.Length);
            left.View.SubView(0, scored.Length).CopyFromCPU(scored);
            right.View.SubView(0, compared.Length).CopyFromCPU(compared);
            ranker.Rank(
                scored.Length == 0 ? default : left.View.BaseView, compared.Length == 0 ? default : right.View.BaseView,
                scoreWeight, cosineWeight, rows);
            device.Synchronize();
        }

        public void AssertRows(
            RowBlocks<int> indices, RowBlocks<float> sorted, int first, float[] scored, float[] compared, float scoreWeight, float cosineWeight)
        {
            for (int row = 0; row < rows; row++)
            {
                int start = row * width;
                float[] ties = [.. Enumerable.Range(start, width).Select(at => scored.Length == 0 || compared.Length == 0 ? 0f : compared[at])];
                float[] final =
                [
                    .. Enumerable.Range(start, width).Select(at => scored.Length == 0
                        ? compared[at]
                        : Mix(scored[at], compared.Length == 0 ? 0f : compared[at], scoreWeight, cosineWeight)),
                ];
                int[] expected =
                [
                    .. Enumerable.Range(0, width).OrderByDescending(column => final[column])
                        .ThenByDescending(column => ties[column]).ThenBy(column => column).Take(indices.Width),
                ];
                Assert.Equal(expected, indices[first + row].ToArray());

                // Of the two zeros, the positive one.
                Assert.Equal(
                    expected.Select(column => BitConverter.SingleToUInt32Bits(final[column] + 0f)),
                    sorted[first + row].ToArray().Select(BitConverter.SingleToUInt32Bits));
            }
        }
    }
}
