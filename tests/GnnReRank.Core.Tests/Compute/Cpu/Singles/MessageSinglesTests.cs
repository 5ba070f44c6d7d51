using GnnReRank.Compute.Cpu.Singles;
using GnnReRank.Tests.Oracle;

namespace GnnReRank.Tests.Compute.Cpu.Singles;

/// <summary>Queries that come one at a time, against full runs on the gallery and the one query.</summary>
public sealed class MessageSinglesTests
{
    private static readonly GnnReRankSettings s_small = new() { K1 = 8, K2 = 4 };

    private static readonly (int K1, int K2)[] s_counts = [(1, 1), (2, 1), (2, 2), (8, 8), (26, 7), (70, 60), (200, 3)];

    /// <summary>Settings that differ from a plain case in one or two parameters each.</summary>
    public static TheoryData<GnnReRankSettings> Cases
    {
        get
        {
            GnnReRankSettings[] common =
            [
                .. ((int[])[0, 1, 2, 3]).Select(layers => s_small with { Layers = layers }),
                .. ((double[])[0, 0.3, 1]).Select(lambda => s_small with { Lambda = lambda }),
                .. ((double[])[0, 0.5, 3]).Select(alpha => s_small with { Alpha = alpha }),
                .. ((int[])[0, 1, 2]).Select(
                    layers => s_small with { Layers = layers, Aggregator = GnnAggregator.Mean }),
                s_small with { Aggregator = GnnAggregator.Max },
                .. s_counts.Select(pair => s_small with { K1 = pair.K1, K2 = pair.K2 }),
                s_small with { K1 = 200, K2 = 150, Aggregator = GnnAggregator.Mean },
            ];
            return [.. common, .. common.Select(settings => settings with { Variant = GnnVariant.Reference })];
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ScoresAsAFullRunDoes(GnnReRankSettings settings)
    {
        AssertAgrees(settings, MadeFeatures.Clustered(3, 17, 9, seed: 1), MadeFeatures.Clustered(90, 17, 9, seed: 2));
        AssertAgrees(settings, MadeFeatures.Random(2, 3, seed: 3), MadeFeatures.Random(70, 3, seed: 4));
        AssertAgrees(
            settings, MadeFeatures.WithDuplicatesAndZeros(7, 6, seed: 5),
            MadeFeatures.WithDuplicatesAndZeros(77, 6, seed: 5));
        AssertAgrees(settings, MadeFeatures.ExactlyTied(3, 7, seed: 6), MadeFeatures.ExactlyTied(60, 7, seed: 7));
        AssertAgrees(settings, MadeFeatures.Random(2, 1, seed: 8), MadeFeatures.Random(11, 1, seed: 9));
        foreach (int rows in (int[])[1, 2])
        {
            AssertAgrees(settings, MadeFeatures.Random(1, 3, seed: 10), MadeFeatures.Random(rows, 3, seed: 11));
        }
    }

    /// <summary>The slow definition itself, which has nothing in common with the engine.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void ScoresAsTheDefinitionDoes(GnnReRankSettings settings)
    {
        FeatureMatrix gallery = MadeFeatures.Clustered(60, 8, 9, seed: 12);
        FeatureMatrix query = MadeFeatures.Clustered(1, 8, 9, seed: 13);
        GnnReRankSettings fitting = settings.ClampTo(61);
        NeighborGraph graph = NeighborSearch.Build(query, gallery, fitting.K1);
        double[,] exact = DenseOracle.GnnScores(graph, fitting, DenseOracle.Similarities(query, gallery));
        SingleCase single = new(gallery, settings.K1);
        using ISingleScorer scorer = single.Prepare(settings).CreateScorer();
        float[] scores = SingleCase.Score(scorer, single.Cosines(query));
        AssertNear([.. Enumerable.Range(0, 60).Select(row => (float)exact[0, row])], scores, settings.ToString());
    }

    [Theory]
    [InlineData(26, 7)]
    [InlineData(8, 3)]
    public void ScoresRealFeaturesAsAFullRunDoes(int k1, int k2)
    {
        IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(
            TestPaths.SharedOrSkip("cuhk03p1", "pytorch_result.mat"),
            new FeatureReadOptions { Sets = [FeatureRole.Query, FeatureRole.Gallery] }).Matrices;
        FeatureMatrix queries = new([.. matrices[0].GetRow(3), .. matrices[0].GetRow(1000)], 2, matrices[0].Dimension);
        AssertAgrees(new GnnReRankSettings { K1 = k1, K2 = k2 }, queries, matrices[1]);
    }

    private static void AssertAgrees(GnnReRankSettings settings, FeatureMatrix queries, FeatureMatrix gallery)
    {
        SingleCase single = new(gallery, settings.K1);
        using ISingleScorer scorer = single.Prepare(settings).CreateScorer();
        for (int row = 0; row < queries.RowCount; row++)
        {
            FeatureMatrix query = SingleCase.Row(queries, row);
            AssertNear(
                single.FullRun(settings, query), SingleCase.Score(scorer, single.Cosines(query)),
                $"{settings}, {gallery.RowCount} x {gallery.Dimension}, query {row}");
        }
    }

    private static void AssertNear(float[] expected, float[] found, string what)
    {
        for (int row = 0; row < expected.Length; row++)
        {
            double allowed = NearTies.Tolerance * Math.Max(1, Math.Abs(expected[row]));
            Assert.True(
                Math.Abs(expected[row] - found[row]) <= allowed,
                $"{what}, row {row}: {found[row]} instead of {expected[row]}.");
        }
    }
}
