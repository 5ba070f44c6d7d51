using GnnReRank.Compute.Cpu;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;
using GnnReRank.Tests.Compute;
using GnnReRank.Tests.Oracle;

namespace GnnReRank.Tests.ReRanking;

public sealed class GnnReRankerTests
{
    private static readonly GnnReRankSettings s_small = new() { K1 = 8, K2 = 4 };

    public static TheoryData<string> Backends => TestBackends.Names;

    /// <summary>Settings that differ from a plain case in one or two parameters each, for both variants.</summary>
    public static TheoryData<GnnReRankSettings> Cases
    {
        get
        {
            GnnReRankSettings[] common =
            [
                s_small,
                .. ((double[])[0, 0.5, 1, 3]).Select(alpha => s_small with { Alpha = alpha }),
                .. ((double[])[0, 0.3, 1]).Select(lambda => s_small with { Lambda = lambda }),
                .. ((int[])[0, 1, 3, 4]).Select(layers => s_small with { Layers = layers, Lambda = 0 }),
                .. ((int[])[0, 1, 2]).Select(layers => s_small with { K2 = 1, Layers = layers }),
                s_small with { K1 = 1, K2 = 1 },
                s_small with { K2 = 8, Layers = 3 },
                .. ((int[])[0, 1, 2, 3]).Select(
                    layers => s_small with { Aggregator = GnnAggregator.Mean, Layers = layers }),
                .. ((int[])[0, 1, 2, 3]).Select(
                    layers => s_small with { Aggregator = GnnAggregator.Max, Layers = layers }),
                s_small with { Aggregator = GnnAggregator.Mean, Alpha = 3, Lambda = 0.3 },
                s_small with { Aggregator = GnnAggregator.Max, Alpha = 3, Lambda = 0.3 },
            ];
            return [.. common, .. common.Select(settings => settings with { Variant = GnnVariant.Reference })];
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheOracle(GnnReRankSettings settings)
    {
        AssertAgrees(settings, MadeFeatures.Clustered(23, 17, 9, seed: 1), MadeFeatures.Clustered(90, 17, 9, seed: 2));
        AssertAgrees(settings, MadeFeatures.Random(20, 3, seed: 3), MadeFeatures.Random(70, 3, seed: 4));
        AssertAgrees(settings, MadeFeatures.WithDuplicatesAndZeros(21, 6, seed: 5), MadeFeatures.WithDuplicatesAndZeros(77, 6, seed: 5));
        AssertAgrees(settings, MadeFeatures.ExactlyTied(15, 7, seed: 6), MadeFeatures.ExactlyTied(60, 7, seed: 7));
        AssertAgrees(settings, MadeFeatures.Random(9, 1, seed: 8), MadeFeatures.Random(11, 1, seed: 9));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheOracleOnTheSmallestInputs(GnnReRankSettings settings)
    {
        foreach ((int queries, int rows) in ((int, int)[])[(1, 1), (1, 2), (2, 1)])
        {
            foreach (int dimension in (int[])[1, 3, 17])
            {
                AssertAgrees(
                    settings.ClampTo(queries + rows),
                    MadeFeatures.Random(queries, dimension, seed: dimension), MadeFeatures.Random(rows, dimension, seed: 100 + dimension));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void LeavesPaddingOfShortListsOut(GnnReRankSettings settings)
    {
        FeatureMatrix query = MadeFeatures.Clustered(15, 6, 5, seed: 10);
        FeatureMatrix gallery = MadeFeatures.Clustered(40, 6, 5, seed: 11);
        AssertAgrees(settings, Padded(NeighborSearch.Build(query, gallery, 12)));
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void AgreesWithTheOracleOnEveryKernel(string backend)
    {
        FeatureMatrix query = MadeFeatures.Clustered(43, 33, 12, seed: 12);
        FeatureMatrix gallery = MadeFeatures.Clustered(197, 33, 12, seed: 13);
        NeighborGraph graph = NeighborSearch.Build(query, gallery, 26, null, TestBackends.Named(backend));
        foreach (GnnVariant variant in Enum.GetValues<GnnVariant>())
        {
            AssertAgrees(new GnnReRankSettings { Variant = variant }, graph, TestBackends.Named(backend));
            AssertAgrees(new GnnReRankSettings { Variant = variant, Aggregator = GnnAggregator.Mean }, graph,
                TestBackends.Named(backend));
        }
    }

    [Fact]
    public void UsesTheFirstListEntriesOfADeeperGraph()
    {
        FeatureMatrix query = MadeFeatures.Clustered(30, 12, 9, seed: 14);
        FeatureMatrix gallery = MadeFeatures.Clustered(120, 12, 9, seed: 15);
        Ranking fromDeep = new GnnReRanker(s_small).ReRank(NeighborSearch.Build(query, gallery, 60));
        AssertSameBits(new GnnReRanker(s_small).ReRank(NeighborSearch.Build(query, gallery, 8)), fromDeep);
    }

    [Theory]
    [InlineData(GnnVariant.Paper, GnnAggregator.Sum)]
    [InlineData(GnnVariant.Reference, GnnAggregator.Sum)]
    [InlineData(GnnVariant.Paper, GnnAggregator.Max)]
    [InlineData(GnnVariant.Reference, GnnAggregator.Max)]
    public void GivesTheSameBitsOnEveryKernelAndNumberOfThreads(GnnVariant variant, GnnAggregator aggregator)
    {
        GnnReRankSettings settings =
            s_small with { Variant = variant, Layers = 3, Lambda = 0.3, Aggregator = aggregator };
        NeighborGraph graph = NeighborSearch.Build(
            MadeFeatures.Clustered(210, 20, 30, seed: 16), MadeFeatures.Clustered(400, 20, 30, seed: 17), 8);
        Ranking expected = new GnnReRanker(settings).ReRank(graph, null, new ComputeOptions { ThrottleLimit = 1 });
        foreach (string backend in TestBackends.ProcessorNames.Select(row => row.Data))
        {
            foreach (int threads in (int[])[1, 2, 3])
            {
                ComputeOptions options = new() { ThrottleLimit = threads };
                AssertSameBits(expected, new GnnReRanker(settings, TestBackends.Named(backend)).ReRank(graph, null, options));
            }
        }
    }

    [Fact]
    public void OrdersTheTailWithoutCommonNeighborsByCosineThenIndex()
    {
        // Cosines of these rows are exact, so the oracle's ties are the engine's ties.
        FeatureMatrix query = MadeFeatures.ExactlyTied(10, 30, seed: 18);
        FeatureMatrix gallery = MadeFeatures.ExactlyTied(1200, 30, seed: 19);
        NeighborGraph graph = NeighborSearch.Build(query, gallery, 3);
        Ranking ranking = new GnnReRanker(new GnnReRankSettings { K1 = 3, K2 = 2, Layers = 1 }).ReRank(graph);
        double[,] similarities = DenseOracle.Similarities(query, gallery);
        for (int q = 0; q < 10; q++)
        {
            int tail = ranking.GetScoreSpan(q).IndexOf(0f);
            Assert.InRange(tail, 1, 600);
            int[] rows = ranking.GetIndices(q)[tail..];
            Assert.Equal(rows.OrderByDescending(g => similarities[q, 10 + g]).ThenBy(g => g), rows);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(700)]
    [InlineData(799)]
    public void KeepsTheHeadOfTheFullRanking(int top)
    {
        NeighborGraph graph = NeighborSearch.Build(
            MadeFeatures.WithDuplicatesAndZeros(30, 4, seed: 20), MadeFeatures.WithDuplicatesAndZeros(800, 4, seed: 20), 8);
        foreach (double lambda in (double[])[0, 0.3])
        {
            GnnReRanker reRanker = new(s_small with { Lambda = lambda });
            Ranking full = reRanker.ReRank(graph);
            Ranking head = reRanker.ReRank(graph, top);
            Assert.Equal(top, head.Depth);
            for (int q = 0; q < head.QueryCount; q++)
            {
                Assert.Equal(full.GetIndices(q)[..top], head.GetIndices(q));
                Assert.Equal(full.GetScores(q)[..top], head.GetScores(q));
            }
        }
    }

    [Fact]
    public void CountsEveryListedEdgeAlikeWhereAlphaIsZero()
    {
        // The rows point away from each other: a clamped weight would be 0, and 0^0 is 1.
        FeatureMatrix query = new([1, 0], 1, 2);
        FeatureMatrix gallery = new([-1, 0.1f, -1, -0.1f], 2, 2);
        AssertAgrees(new GnnReRankSettings { K1 = 3, K2 = 3, Alpha = 0 }, query, gallery);
        AssertAgrees(new GnnReRankSettings { K1 = 3, K2 = 3, Alpha = 0, Variant = GnnVariant.Reference, Lambda = 0 }, query, gallery);
    }

    [Theory]
    [InlineData(GnnVariant.Paper)]
    [InlineData(GnnVariant.Reference)]
    public void GivesEdgesOfNegativeCosineNoWeight(GnnVariant variant)
    {
        // Two rows point one way and four the other: the lists of the two go on with cosines of -1.
        FeatureMatrix query = new([1], 1, 1);
        FeatureMatrix gallery = new([2, -1, -3, -2, -1], 5, 1);
        foreach (double alpha in (double[])[1, 2, 3])
        {
            AssertAgrees(new GnnReRankSettings { K1 = 4, K2 = 4, Alpha = alpha, Layers = 1, Variant = variant }, query, gallery);
        }
    }

    [Theory]
    [InlineData(GnnVariant.Paper)]
    [InlineData(GnnVariant.Reference)]
    public void DoesNotLetACosineRoundedAboveOneGrowWithAlpha(GnnVariant variant)
    {
        FeatureMatrix query = MadeFeatures.WithDuplicatesAndZeros(20, 17, seed: 23);
        FeatureMatrix gallery = MadeFeatures.WithDuplicatesAndZeros(90, 17, seed: 23);
        NeighborGraph graph = NeighborSearch.Build(query, gallery, 8);
        Assert.Contains(Enumerable.Range(0, graph.VertexCount), vertex => graph.GetScoreSpan(vertex)[0] > 1);
        Ranking ranking = new GnnReRanker(s_small with { Alpha = 1e10, Variant = variant }).ReRank(graph);
        Assert.All(Enumerable.Range(0, 20), q => Assert.All(ranking.GetScores(q), score => Assert.InRange(score, -1f, 1.0001f)));
    }

    [Fact]
    public void SaysThatARankingIsTooLargeBeforeTheMessagesArePassed()
    {
        // A full ranking of a million queries over a million rows takes 8 TB.
        const int rows = 1_000_000;
        FeatureMatrix matrix = new([.. Enumerable.Repeat(1f, rows)], rows, 1);
        NeighborGraph graph = new(
            [.. Enumerable.Range(0, 2 * rows)], [.. Enumerable.Repeat(1f, 2 * rows)], 2 * rows, 1, matrix, matrix);
        List<string> finished = [];
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => new GnnReRanker(new GnnReRankSettings { K1 = 1, K2 = 1 })
            .ReRank(graph, null, new ComputeOptions { Device = "Cpu", Log = finished.Add }));
        Assert.Equal("RankingTooLarge", error.ErrorId);
        Assert.Contains("-Top", error.Message);
        Assert.All(finished, line => Assert.StartsWith("Memory:", line));
    }

    [Fact]
    public void SaysWhenTheRowsOutgrowMemory()
    {
        NeighborGraph graph = NeighborSearch.Build(
            MadeFeatures.Random(200, 4, seed: 21), MadeFeatures.Random(1800, 4, seed: 22), 26);
        GnnReRankSettings settings = new() { Layers = 50 };
        GnnReRanker reRanker = new(settings, new CpuBackend(CpuKernels.ForThisProcessor, new MemoryBudget(8_000_000)));
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => reRanker.ReRank(graph));
        Assert.Equal("MessagePassingTooLarge", error.ErrorId);
        Assert.Equal(ErrorKind.TooLarge, error.Kind);
        Assert.Contains("of 50", error.Message);
        Assert.Contains("2,000 vertices", error.Message);
        Assert.Contains("0.008 GB", error.Message);
    }

    [Fact]
    public void RefusesAGraphWithoutMatrices() => AssertRefused(
        "GraphLacksMatrices", new NeighborGraph([0, 1, 1, 0], [1, 0.5f, 1, 0.5f], 2, 2));

    [Fact]
    public void RefusesAGraphWithoutAGallery() => AssertRefused(
        "GraphLacksMatrices", new NeighborGraph([0, 1, 1, 0], [1, 0.5f, 1, 0.5f], 2, 2, query: new FeatureMatrix([1, 2], 2, 1)));

    [Fact]
    public void RefusesAGraphOfOneMatrix() => AssertRefused(
        "GraphLacksQueries", NeighborSearch.Build(null, MadeFeatures.Random(9, 3, seed: 1), 8));

    [Fact]
    public void RefusesAGraphOfFewerNeighborsThanK1()
    {
        GnnReRankException error = AssertRefused(
            "GraphTooShallow", NeighborSearch.Build(MadeFeatures.Random(9, 3, seed: 1), MadeFeatures.Random(9, 3, seed: 2), 7));
        Assert.Contains("has 7 neighbours", error.Message);
        Assert.Contains("-NeighborCount 8", error.Message);
    }

    [Fact]
    public void RefusesATopBelowOne()
    {
        NeighborGraph graph = NeighborSearch.Build(MadeFeatures.Random(9, 3, seed: 1), MadeFeatures.Random(9, 3, seed: 2), 8);
        Assert.Equal("InvalidTop", Assert.Throws<GnnReRankException>(() => new GnnReRanker(s_small).ReRank(graph, 0)).ErrorId);
    }

    private static GnnReRankException AssertRefused(string errorId, NeighborGraph graph)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => new GnnReRanker(s_small).ReRank(graph));
        Assert.Equal(errorId, error.ErrorId);
        return error;
    }

    private static void AssertAgrees(GnnReRankSettings settings, FeatureMatrix query, FeatureMatrix gallery) =>
        AssertAgrees(settings, NeighborSearch.Build(query, gallery, settings.K1));

    private static void AssertAgrees(GnnReRankSettings settings, NeighborGraph graph, IComputeBackend? backend = null)
    {
        double[,] exact = DenseOracle.GnnScores(graph, settings, DenseOracle.Similarities(graph.Query, graph.Gallery));
        Ranking ranking = new GnnReRanker(settings, backend ?? CpuBackend.Default).ReRank(graph);
        Assert.Equal(settings, ranking.Settings);
        for (int q = 0; q < ranking.QueryCount; q++)
        {
            double[] row = [.. Enumerable.Range(0, ranking.GalleryCount).Select(g => exact[q, g])];
            NearTies.AssertTopList(row, ranking.GetIndexSpan(q), ranking.GetScoreSpan(q));
        }
    }

    /// <summary>The graph with lists of 1, 2, ... 12, 1, 2, ... neighbours.</summary>
    internal static NeighborGraph Padded(NeighborGraph graph)
    {
        int[] indices = [.. Enumerable.Range(0, graph.VertexCount).SelectMany(graph.GetNeighbors)];
        float[] scores = [.. Enumerable.Range(0, graph.VertexCount).SelectMany(graph.GetScores)];
        for (int vertex = 0; vertex < graph.VertexCount; vertex++)
        {
            // Lists of 1, 2, ... 12, 1, 2, ... neighbours.
            int length = 1 + (vertex % graph.NeighborCount);
            int end = (vertex + 1) * graph.NeighborCount;
            for (int position = end - graph.NeighborCount + length; position < end; position++)
            {
                indices[position] = -1;
                scores[position] = 0;
            }
        }

        return new NeighborGraph(indices, scores, graph.VertexCount, graph.NeighborCount, graph.Query, graph.Gallery);
    }

    private static void AssertSameBits(Ranking expected, Ranking actual)
    {
        for (int q = 0; q < expected.QueryCount; q++)
        {
            Assert.Equal(expected.GetIndices(q), actual.GetIndices(q));
            Assert.Equal(expected.GetScores(q), actual.GetScores(q));
        }
    }
}
