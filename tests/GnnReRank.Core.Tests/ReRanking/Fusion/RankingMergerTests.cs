using GnnReRank.Tests.Evaluation;
using GnnReRank.Tests.Formats.Rankings.Runs;

namespace GnnReRank.Tests.ReRanking.Fusion;

/// <summary>Merged rankings against cases worked out by hand and against the formulas, image by image.</summary>
public sealed class RankingMergerTests
{
    private static readonly FeatureMatrix s_query = RunCase.Bare(1);
    private static readonly FeatureMatrix s_gallery = RunCase.Bare(5);

    [Fact]
    public void ReciprocalRankFusionByHand()
    {
        // 0: 1/61 + 1/63; 1: 1/62 + 1/62; 2: 1/63 + 1/61, equal to 0's; 3: 1/64; 4: 1/64, equal to 3's.
        Ranking merged = RankingMerger.Merge([Made([0, 1, 2, 3], [4, 3, 2, 1]), Made([2, 1, 0, 4], [9, 8, 7, 6])]);
        Assert.Equal([0, 2, 1, 3, 4], merged.GetIndices(0));
        Assert.Equal(
            [(float)((1.0 / 61) + (1.0 / 63)), (float)((1.0 / 63) + (1.0 / 61)), (float)(2.0 / 62), (float)(1.0 / 64), (float)(1.0 / 64)], merged.GetScores(0));
        Assert.Equal(("RRF", "RRF k=60 of by hand (hand.run) + by hand (hand.run)"), (merged.Method, merged.Settings.ToString()));
        Assert.Same(s_query, merged.Query);
    }

    [Fact]
    public void WeightsAndConstantByHand()
    {
        // k = 1: 0: 3/2 + 1/3; 1: 3/3 + 1/2.
        Ranking merged = RankingMerger.Merge(
            [Made([0, 1], [2, 1]), Made([1, 0], [2, 1])], new RankingMergeOptions { Weights = [3, 1], RankConstant = 1 });
        Assert.Equal([0, 1], merged.GetIndices(0));
        Assert.Equal([(float)((3.0 / 2) + (1.0 / 3)), 1.5f], merged.GetScores(0));
        Assert.Equal("RRF k=1 of 3 x by hand (hand.run) + 1 x by hand (hand.run)", merged.Settings.ToString());
    }

    [Fact]
    public void MinMaxFusionByHand()
    {
        // First list, 10, 6, 2: 1, 0.5, 0. Second, 0.9, 0.8, weighing 2: 2, 0. An image outside a list gets 0 of it.
        Ranking merged = RankingMerger.Merge(
            [Made([0, 1, 2], [10, 6, 2]), Made([2, 3], [0.9f, 0.8f])], new RankingMergeOptions { Fusion = RankingFusion.MinMax, Weights = [1, 2] });
        Assert.Equal([2, 0, 1, 3], merged.GetIndices(0));
        Assert.Equal([2f, 1f, 0.5f, 0f], merged.GetScores(0));
        Assert.Equal("MinMax", merged.Method);
    }

    [Fact]
    public void ZScoreFusionByHand()
    {
        // 8, 4, 0: mean 4, deviation sqrt(32 / 3). 3, 1: mean 2, deviation 1, so 1 and -1, which images outside it get too.
        double unit = Math.Sqrt(32.0 / 3);
        Ranking merged = RankingMerger.Merge(
            [Made([0, 1, 2], [8, 4, 0]), Made([1, 3], [3, 1])], new RankingMergeOptions { Fusion = RankingFusion.ZScore });
        Assert.Equal([1, 0, 2, 3], merged.GetIndices(0));
        Assert.Equal([1f, (float)((4 / unit) - 1), (float)((-4 / unit) - 1), (float)((-4 / unit) - 1)], merged.GetScores(0));
    }

    [Theory]
    [InlineData(RankingFusion.MinMax, new[] { 2f, 1.5f, 0 })] // 1 + 1, 1 + 0.5, 0 + 0
    [InlineData(RankingFusion.ZScore, new[] { 1.2247449f, 0, -1.2247449f })] // the second list's alone: 1, 0, -1 over sqrt(2 / 3)
    public void AListOfEqualScoresSaysOnlyWhatIsInIt(RankingFusion fusion, float[] expected)
    {
        Ranking merged = RankingMerger.Merge(
            [Made([1, 0], [5, 5]), Made([0, 1, 2], [3, 2, 1])], new RankingMergeOptions { Fusion = fusion });
        Assert.Equal([0, 1, 2], merged.GetIndices(0));
        Assert.Equal(expected, merged.GetScores(0));
    }

    [Fact]
    public void InfinitiesOfOtherProgramsCountAsTheEndsOfTheOthers()
    {
        Ranking[] rankings = [Made([0, 1, 2, 3], [float.MaxValue, 4, 2, -float.MaxValue]), Made([4], [-float.MaxValue])];
        Ranking merged = RankingMerger.Merge(rankings, new RankingMergeOptions { Fusion = RankingFusion.MinMax });
        Assert.Equal([0, 1, 2, 3, 4], merged.GetIndices(0));
        Assert.Equal([1f, 1f, 0f, 0f, 0f], merged.GetScores(0));
        Assert.Equal([1f, 1f, -1f, -1f, -1f], RankingMerger.Merge(rankings, new RankingMergeOptions { Fusion = RankingFusion.ZScore }).GetScores(0));
    }

    [Fact]
    public void AWeightOfNothingLeavesARankingOut()
    {
        Ranking merged = RankingMerger.Merge([Made([0, 1], [2, 1]), Made([3], [9])], new RankingMergeOptions { Weights = [1, 0] });
        Assert.Equal([0, 1], merged.GetIndices(0));
        Assert.Equal("RRF k=60 of by hand (hand.run)", merged.Settings.ToString());
    }

    [Theory]
    [InlineData(RankingFusion.ReciprocalRank, 1)]
    [InlineData(RankingFusion.MinMax, 2)]
    [InlineData(RankingFusion.ZScore, 3)]
    public void EveryScoreIsThatOfTheFormula(RankingFusion fusion, int threads)
    {
        const int queries = 40;
        const int gallery = 60;
        Random random = new(11);
        FeatureMatrix query = RunCase.Bare(queries);
        FeatureMatrix rows = RunCase.Bare(gallery);
        Ranking[] rankings = [.. Enumerable.Range(0, 3).Select(_ => Drawn(random, query, rows))];
        double[] weights = [0.7, 2, 1];
        foreach (int? top in (int?[])[null, 7])
        {
            RankingMergeOptions options = new() { Fusion = fusion, Weights = weights, RankConstant = 3, Top = top, Compute = new ComputeOptions { ThrottleLimit = threads } };
            Ranking merged = RankingMerger.Merge(rankings, options);
            for (int q = 0; q < queries; q++)
            {
                (int Row, float Score)[] expected =
                [
                    .. Enumerable.Range(0, gallery)
                        .Where(row => rankings.Any(ranking => ranking.GetIndices(q).Contains(row)))
                        .Select(row => (row, (float)Sum(rankings, weights, q, row, fusion)))
                        .OrderByDescending(each => each.Item2).ThenBy(each => each.row).Take(top ?? gallery),
                ];
                Assert.Equal(expected.Select(each => each.Row), merged.GetIndices(q));
                Assert.Equal(expected.Select(each => each.Score), merged.GetScores(q));
            }
        }
    }

    [Fact]
    public void AMergedRankingIsMeasuredAndWritten()
    {
        FeatureMatrix query = new([-1, -2], 2, 1, labels: [7, 8]);
        FeatureMatrix gallery = new([1, 2, 3], 3, 1, labels: [7, 8, 9]);
        Ranking merged = RankingMerger.Merge([HandRanking.Of(query, gallery, [0, 1, 2], [0, 1, 2]), HandRanking.Of(query, gallery, [0, 2, 1], [1, 0, 2])]);
        Assert.True(merged.IsFull);
        Assert.Equal(1.0, RetrievalEvaluator.Measure(merged).PerQuery[0].AveragePrecision);
        using TemporaryFolder folder = new();
        RankingFile.Write(folder["x.run"], merged, top: 1);
        Assert.StartsWith("q0 Q0 g0 1 0.03278688", File.ReadAllText(folder["x.run"]));
        Assert.Contains("GnnReRank-RRF", File.ReadAllText(folder["x.run"]));
    }

    public static TheoryData<string, RankingMergeOptions, string> Refusals => new()
    {
        { "WeightCountMismatch", new() { Weights = [1] }, "1 weights were given for 2 rankings" },
        { "InvalidWeight", new() { Weights = [1, -1] }, "A weight is -1" },
        { "InvalidWeight", new() { Weights = [1, double.NaN] }, "A weight is NaN" },
        { "InvalidWeight", new() { Weights = [0, 0] }, "Every weight is 0" },
        { "InvalidRankConstant", new() { RankConstant = -1 }, "not negative" },
        { "InvalidTop", new() { Top = 0 }, "at least 1" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void OptionsOutOfRangeAreRefused(string errorId, RankingMergeOptions options, string message)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => RankingMerger.Merge([Made([0], [1]), Made([1], [1])], options));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void RankingsOfOtherImagesAndTooFewAreRefused()
    {
        Assert.Equal("NothingToMerge", Assert.Throws<GnnReRankException>(() => RankingMerger.Merge([Made([0], [1])])).ErrorId);
        Ranking other = HandRanking.Ragged(s_query, RunCase.Bare(6), [0]);
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => RankingMerger.Merge([Made([0], [1]), other]));
        Assert.Equal("RankingsOfOtherImages", error.ErrorId);
        Assert.Contains("their gallery matrices have 5 and 6 rows", error.Message);
    }

    [Fact]
    public void TheMergingCanBeStopped() => Assert.ThrowsAny<OperationCanceledException>(() => RankingMerger.Merge(
        [Made([0], [1]), Made([1], [1])], new RankingMergeOptions { Compute = new ComputeOptions { CancellationToken = new CancellationToken(canceled: true) } }));

    private static double Sum(Ranking[] rankings, double[] weights, int query, int row, RankingFusion fusion)
    {
        double total = 0;
        for (int i = 0; i < rankings.Length; i++)
        {
            double[] scores = [.. rankings[i].GetScores(query).Select(score => (double)score)];
            int place = Array.IndexOf(rankings[i].GetIndices(query), row);
            double value = fusion == RankingFusion.ReciprocalRank ? (place < 0 ? 0 : 1 / (3.0 + place + 1))
                : scores.Length == 0 ? 0
                : fusion == RankingFusion.MinMax ? MinMax(scores, place)
                : ZScore(scores, place);
            total += weights[i] * value;
        }

        return total;
    }

    private static double MinMax(double[] scores, int place) =>
        scores.Min() == scores.Max() ? (place < 0 ? 0 : 1)
        : place < 0 ? 0 : (scores[place] - scores.Min()) / (scores.Max() - scores.Min());

    private static double ZScore(double[] scores, int place)
    {
        double mean = scores.Sum() / scores.Length;
        double deviation = Math.Sqrt(scores.Sum(score => (score - mean) * (score - mean)) / scores.Length);
        return deviation == 0 ? 0 : ((place < 0 ? scores.Min() : scores[place]) - mean) / deviation;
    }

    /// <summary>Lists of any length, with ties.</summary>
    private static Ranking Drawn(Random random, FeatureMatrix query, FeatureMatrix gallery)
    {
        int[][] lists = new int[query.RowCount][];
        float[][] scores = new float[query.RowCount][];
        for (int q = 0; q < lists.Length; q++)
        {
            int[] rows = [.. Enumerable.Range(0, gallery.RowCount)];
            random.Shuffle(rows);
            lists[q] = rows[..random.Next(0, gallery.RowCount + 1)];
            scores[q] = [.. lists[q].Select(_ => random.Next(-8, 9) / 4f).OrderDescending()];
        }

        return new Ranking(query, gallery, new RaggedRows<int>(lists), new RaggedRows<float>(scores), new CosineSettings());
    }

    private static Ranking Made(int[] list, float[] scores) =>
        new(s_query, s_gallery, new RaggedRows<int>([list]), new RaggedRows<float>([scores]), new ImportedSettings("by hand", "hand.run"));
}
