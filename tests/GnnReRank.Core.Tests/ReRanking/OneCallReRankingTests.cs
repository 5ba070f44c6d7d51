using GnnReRank.Compute.Cpu.Neighbors;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.Gnn;
using GnnReRank.Tests.Compute;

namespace GnnReRank.Tests.ReRanking;

/// <summary>Both phases in one call share the query x gallery cosines; nothing of the result may tell.</summary>
public sealed class OneCallReRankingTests
{
    private static readonly GnnReRankSettings s_small = new() { K1 = 8, K2 = 4 };

    public static TheoryData<string> Backends => TestBackends.ProcessorNames;

    [Theory]
    [MemberData(nameof(Backends))]
    public void GivesTheBitsOfTheTwoStepWayAroundTileBorders(string backend)
    {
        // Queries end before, at and after a tile's last row, and in a later tile; a gallery begins in the same places.
        foreach ((int queries, int rows) in ((int, int)[])[(1, 1), (1, 300), (191, 2), (192, 193), (193, 384), (400, 31)])
        {
            FeatureMatrix query = MadeFeatures.Clustered(queries, 21, 30, seed: queries);
            FeatureMatrix gallery = MadeFeatures.Clustered(rows, 21, 30, seed: 1000 + rows);
            GnnReRankSettings settings = (s_small with { Lambda = 0.3 }).ClampTo(queries + rows);
            AssertSameBits(settings, query, gallery, null, backend);
            AssertSameBits(settings, query, gallery, 5, backend);
        }
    }

    [Theory]
    [InlineData(GnnVariant.Paper, 0)]
    [InlineData(GnnVariant.Paper, 1)]
    [InlineData(GnnVariant.Reference, 0)]
    [InlineData(GnnVariant.Reference, 0.3)]
    public void GivesTheBitsOfTheTwoStepWayForTiesDuplicatesAndZeros(GnnVariant variant, double lambda)
    {
        GnnReRankSettings settings = s_small with { Variant = variant, Lambda = lambda };
        foreach (int? top in (int?[])[null, 1, 50, 700])
        {
            AssertSameBits(settings, MadeFeatures.ExactlyTied(20, 9, seed: 1), MadeFeatures.ExactlyTied(700, 9, seed: 2), top);
            AssertSameBits(
                settings, MadeFeatures.WithDuplicatesAndZeros(30, 4, seed: 3), MadeFeatures.WithDuplicatesAndZeros(800, 4, seed: 3), top);
        }
    }

    [Fact]
    public void GivesTheSameBitsForEveryNumberOfThreads()
    {
        FeatureMatrix query = MadeFeatures.Clustered(300, 300, 30, seed: 4);
        FeatureMatrix gallery = MadeFeatures.Clustered(500, 300, 30, seed: 5);
        Ranking expected = TwoSteps(new GnnReRanker(s_small), query, gallery, null, new ComputeOptions { ThrottleLimit = 1 });
        foreach (int threads in (int[])[1, 2, 3, 8])
        {
            AssertSameBits(expected, new GnnReRanker(s_small).ReRank(query, gallery, null, new ComputeOptions { ThrottleLimit = threads }));
        }
    }

    // The lists decide k1, k2 and lambda between the two phases: the result is that of the decision given by hand.
    [Theory]
    [MemberData(nameof(Backends))]
    public void AutomaticParametersGiveTheBitsOfTheSameGivenOnes(string backend)
    {
        FeatureMatrix query = MadeFeatures.Clustered(60, 24, 12, seed: 8);
        FeatureMatrix gallery = MadeFeatures.Clustered(250, 24, 12, seed: 9);
        GnnReRankSettings automatic = new() { IsAutomatic = true };
        NeighborGraph graph = NeighborSearch.Build(query, gallery, GnnParameterRule.NeighborCount);
        GnnReRankSettings chosen = GnnParameterRule.Choose(automatic, graph);
        Assert.False(chosen.IsAutomatic);
        Assert.NotNull(chosen.Choice);
        foreach (int? top in (int?[])[null, 7])
        {
            Ranking expected = new GnnReRanker(chosen).ReRank(graph, top);
            GnnReRanker reRanker = new(automatic, TestBackends.Named(backend));
            AssertSameBits(expected, reRanker.ReRank(query, gallery, top));
            AssertSameBits(expected, reRanker.ReRank(graph, top));
            Assert.Equal(chosen, reRanker.ReRank(query, gallery, top).Settings);
        }
    }

    [Fact]
    public void AutomaticParametersEndWhereOneIsGiven()
    {
        GnnReRankSettings automatic = new() { IsAutomatic = true, Lambda = 0.2 };
        Assert.True(automatic.IsAutomatic);
        Assert.False((automatic with { K1 = 26 }).IsAutomatic);
        Assert.False((automatic with { K2 = 3 }).IsAutomatic);
        Assert.False((automatic with { Variant = GnnVariant.Reference }).IsAutomatic);
        Assert.Equal(0.2, GnnParameterRule.Choose(automatic, NeighborSearch.Build(null, MadeFeatures.Random(70, 5, seed: 1), 64)).Lambda);
    }

    [Fact]
    public void LogsTheSameStages()
    {
        List<string> lines = [];
        new GnnReRanker(s_small).ReRank(
            MadeFeatures.Random(9, 3, seed: 6), MadeFeatures.Random(30, 3, seed: 7), null, new ComputeOptions { Log = lines.Add });
        Assert.Equal(
            ["Device", "Memory", "Nearest neighbours", "Message passing", "Ranking"], lines.Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]));
    }

    [Theory]
    [InlineData("Nearest neighbours")]
    [InlineData("Message passing")]
    [InlineData("Ranking")]
    public void StopsInTheStageInWhichItIsCancelled(string stage)
    {
        using CancellationTokenSource source = new();
        List<string> finished = [];
        ComputeOptions options = new()
        {
            Progress = new CancelAt(stage, source),
            Log = finished.Add,
            CancellationToken = source.Token,
        };
        Assert.ThrowsAny<OperationCanceledException>(() => new GnnReRanker(s_small).ReRank(
            MadeFeatures.Random(90, 3, seed: 6), MadeFeatures.Random(300, 3, seed: 7), null, options));
        Assert.DoesNotContain(finished, line => line.StartsWith(stage, StringComparison.Ordinal));
    }

    [Fact]
    public void RefusesMatricesOfDifferentDimensions() =>
        AssertRefused("DimensionMismatch", MadeFeatures.Random(9, 3, seed: 1), MadeFeatures.Random(9, 4, seed: 2), null);

    [Fact]
    public void RefusesAK1BeyondAllRows() =>
        AssertRefused("InvalidNeighborCount", MadeFeatures.Random(3, 3, seed: 1), MadeFeatures.Random(4, 3, seed: 2), null);

    [Fact]
    public void RefusesATopBelowOne() =>
        AssertRefused("InvalidTop", MadeFeatures.Random(9, 3, seed: 1), MadeFeatures.Random(9, 3, seed: 2), 0);

    [Fact]
    public void KeepsCosinesOnlyWhereTheyTakeNoMoreRoomThanTheyAreWorth()
    {
        FeatureMatrix query = MadeFeatures.Random(9_000, 1, seed: 8);
        FeatureMatrix gallery = MadeFeatures.Random(9_000, 1, seed: 9);
        FeatureMatrix fewer = MadeFeatures.Random(7_000, 1, seed: 10);
        CpuKernels kernels = CpuKernels.ForThisProcessor;
        const long plenty = 1L << 40;

        GnnReRankSettings mixed = new() { Lambda = 0.3 };
        GnnReRankSettings plain = new();

        // 9,000 x 9,000 cosines take 324 MB: worth it for a full ranking alone. 7,000 x 9,000 take 252 MB.
        Assert.True(KeptCosines.IsWorthIt(Job(query, mixed, 9_000), kernels, plenty));
        Assert.False(KeptCosines.IsWorthIt(Job(query, mixed, 10), kernels, plenty));
        Assert.True(KeptCosines.IsWorthIt(Job(fewer, mixed, 10), kernels, plenty));

        // Without cosines in the scores a short list asks for few of them.
        Assert.True(KeptCosines.IsWorthIt(Job(query, plain, 9_000), kernels, plenty));
        Assert.False(KeptCosines.IsWorthIt(Job(fewer, plain, 10), kernels, plenty));

        // The search itself needs room too.
        Assert.False(KeptCosines.IsWorthIt(Job(query, mixed, 9_000), kernels, 324_000_000));

        RankingJob Job(FeatureMatrix queries, GnnReRankSettings settings, int depth) =>
            new(queries, gallery, depth, settings) { Recipe = GnnRecipe.Of(settings) };
    }

    private static Ranking TwoSteps(GnnReRanker reRanker, FeatureMatrix query, FeatureMatrix gallery, int? top, ComputeOptions? options)
    {
        int k1 = ((GnnReRankSettings)reRanker.Settings).K1;
        return reRanker.ReRank(NeighborSearch.Build(query, gallery, k1, options), top, options);
    }

    private static void AssertSameBits(
        GnnReRankSettings settings, FeatureMatrix query, FeatureMatrix gallery, int? top, string? backend = null)
    {
        GnnReRanker reRanker = backend is null
            ? new GnnReRanker(settings)
            : new GnnReRanker(settings, TestBackends.Named(backend));
        Ranking ranking = reRanker.ReRank(query, gallery, top);
        Assert.Equal(settings, ranking.Settings);
        AssertSameBits(TwoSteps(reRanker, query, gallery, top, null), ranking);
    }

    private static void AssertSameBits(Ranking expected, Ranking actual)
    {
        Assert.Equal(expected.Depth, actual.Depth);
        for (int q = 0; q < expected.QueryCount; q++)
        {
            Assert.Equal(expected.GetIndices(q), actual.GetIndices(q));
            Assert.Equal(
                expected.GetScores(q).Select(BitConverter.SingleToInt32Bits), actual.GetScores(q).Select(BitConverter.SingleToInt32Bits));
        }
    }

    private static void AssertRefused(string errorId, FeatureMatrix query, FeatureMatrix gallery, int? top) => Assert.Equal(
        errorId, Assert.Throws<GnnReRankException>(() => new GnnReRanker(s_small).ReRank(query, gallery, top)).ErrorId);

    private sealed class CancelAt(string stage, CancellationTokenSource source) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (value.Stage == stage)
            {
                source.Cancel();
            }
        }
    }
}
