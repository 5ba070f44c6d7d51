using GnnReRank.Evaluation.Measuring;
using GnnReRank.Evaluation.Protocols;

namespace GnnReRank.Tests.Evaluation.Measuring;

/// <summary>The walk over one list: where good images stand once junk is gone.</summary>
public sealed class GoodRankFinderTests
{
    [Fact]
    public void ARepeatedPredictionEarnsNothingAndKeepsItsRank()
    {
        // 4 (good), 4 again, 1 (junk) twice, 2 (good): the second 4 holds rank 1, so 2 is at rank 2. AP (1 + 2/3) / 2.
        GroundTruthRule rule = new(new GroundTruth([new QueryTruth { Easy = [2, 4], Junk = [1] }], 5), null);
        GoodRankFinder finder = new(rule, 5);
        Assert.True(finder.TryFind(0, [4, 4, 1, 1, 2], 100, out GoodRanks found));
        Assert.Equal(0, found.First);
        Assert.Equal(5.0 / 6, found.AveragePrecision(ApKind.Uninterpolated, 100), 12);
        Assert.Equal(2.0 / 3, found.InversePenalty!.Value, 12);
    }

    [Theory]
    [InlineData(100, 3)] // lists shorter than the walk's step, and the last of many
    [InlineData(1_000, 40)]
    [InlineData(70_000, 90)] // more rows than the smaller table holds
    public void ALongWalkFindsWhatALoopFinds(int gallery, int goodCount)
    {
        Random random = new(gallery);
        int[] list = [.. Enumerable.Range(0, gallery)];
        random.Shuffle(list);
        // Half of the rest is junk: whole steps of it occur, and steps of junk and good together.
        QueryTruth truth = new() { Easy = [.. Enumerable.Range(0, goodCount)], Junk = [.. Enumerable.Range(goodCount, gallery / 2)] };
        GoodRankFinder finder = new(new GroundTruthRule(new GroundTruth([truth], gallery), null), gallery);
        int[] left = [.. list.Where(row => row < goodCount || row >= goodCount + (gallery / 2))];
        int[] ranks = [.. Enumerable.Range(0, left.Length).Where(rank => left[rank] < goodCount)];
        foreach (int depth in (int[])[1, 5, gallery / 4, gallery])
        {
            Assert.True(finder.TryFind(0, list, depth, out GoodRanks found));
            int[] within = [.. ranks.Where(rank => rank < depth)];
            double sum = within.Select((rank, i) => (i + 1.0) / (rank + 1)).Sum();
            Assert.Equal(within.Length == 0 ? null : within[0], found.First);
            Assert.Equal(sum / Math.Min(goodCount, depth), found.AveragePrecision(ApKind.Uninterpolated, depth), 12);
            Assert.Equal(within.Length == goodCount ? (double)goodCount / (ranks[^1] + 1) : null, found.InversePenalty);
        }
    }

    [Fact]
    public void NothingOfOneQueryIsLeftForTheNext()
    {
        GroundTruth truth = new([new QueryTruth { Easy = [0], Junk = [1] }, new QueryTruth { Easy = [2] }], 3);
        GoodRankFinder finder = new(new GroundTruthRule(truth, null), 3);
        Assert.True(finder.TryFind(0, [1, 0, 2], 3, out GoodRanks first));
        Assert.Equal(0, first.First);
        Assert.True(finder.TryFind(1, [1, 0, 2], 3, out GoodRanks second));
        Assert.Equal(2, second.First);
        Assert.True(finder.TryFind(0, [1, 2, 0], 3, out GoodRanks again));
        Assert.Equal(1, again.First);
    }

    [Fact]
    public void AQueryWithoutGoodImagesHasNoRanks()
    {
        GoodRankFinder finder = new(
            new GroundTruthRule(new GroundTruth([new QueryTruth { Junk = [0] }], 2), null), 2);
        Assert.False(finder.TryFind(0, [0, 1], 2, out _));
    }

    [Fact]
    public void AListOfJunkAloneKnowsNoRank()
    {
        GoodRankFinder finder = new(
            new GroundTruthRule(new GroundTruth([new QueryTruth { Easy = [3], Junk = [0, 1] }], 4), null), 4);
        Assert.True(finder.TryFind(0, [0, 1], 4, out GoodRanks found));
        Assert.Equal(0, found.KnownRanks);
    }
}
