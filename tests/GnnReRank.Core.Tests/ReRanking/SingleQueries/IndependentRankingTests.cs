using GnnReRank.Compute.Cpu;
using GnnReRank.Compute.Jobs;
using GnnReRank.Tests.Compute;
using GnnReRank.Tests.Compute.Cpu.Singles;
using GnnReRank.Tests.Oracle;

namespace GnnReRank.Tests.ReRanking.SingleQueries;

/// <summary>Each query as if it were the only one.</summary>
public sealed class IndependentRankingTests
{
    /// <summary>Every method, and those parameters that change how a query is ranked alone.</summary>
    public static TheoryData<MethodSettings> Methods =>
    [
        .. ReRankMethods.All.Select(info => info.Defaults),
        new GnnReRankSettings { K1 = 8, K2 = 4, Lambda = 0.3 },
        new GnnReRankSettings { K1 = 8, K2 = 4, Variant = GnnVariant.Reference, Lambda = 0 },
        new DiffusionSettings { UseCameras = true },
        new QueryExpansionSettings { Joint = true, Neighbors = 5 },
        new QueryExpansionSettings { DatabaseNeighbors = 4 },
        new CrossNeighborhoodSettings { Form = CrossNeighborhoodForm.Cosine },
        new ManifoldDiffusionSettings { Form = DiffusionForm.Gallery },
        new HypergraphSettings { Neighbors = 6, ListLength = 30 },
        new NeighborNormalizationSettings { Bank = NormalizationBank.Query, Neighbors = 1 },
        new NeighborNormalizationSettings { Bank = NormalizationBank.Gallery },
    ];

    /// <summary>One method of each way in which a query is ranked alone.</summary>
    public static TheoryData<MethodSettings> Ways =>
    [
        new CosineSettings(), new DiffusionSettings(), new GnnReRankSettings { K1 = 8, K2 = 4 },
        new RankDiffusionSettings { ListLength = 14, Rounds = 1 }, new KReciprocalSettings(), new QueryExpansionSettings(),
    ];

    /// <summary>What the method itself makes of the gallery and one query; diffusion leaves the query outside the graph.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public void RanksEachQueryAsIfItWereTheOnlyOne(MethodSettings settings)
    {
        AssertAlone(settings, MadeFeatures.Random(3, 3, seed: 3), MadeFeatures.Random(50, 3, seed: 4));
        AssertAlone(settings, MadeFeatures.Clustered(3, 17, 9, seed: 1), MadeFeatures.Clustered(80, 17, 9, seed: 2));
        AssertAlone(
            settings, MadeFeatures.WithDuplicatesAndZeros(4, 6, seed: 5), MadeFeatures.WithDuplicatesAndZeros(40, 6, seed: 5));
        foreach (int rows in (int[])[1, 4])
        {
            AssertAlone(settings, MadeFeatures.Random(2, 3, seed: rows), MadeFeatures.Random(rows, 3, seed: 100));
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void GivesTheSameBitsAtAnyNumberOfThreadsAndOnAGraphOfTheGallery(MethodSettings settings)
    {
        FeatureMatrix query = MadeFeatures.Clustered(26, 12, 20, seed: 7);
        FeatureMatrix gallery = MadeFeatures.Clustered(150, 12, 20, seed: 8);
        IReRanker reRanker = (settings with { QueryMode = QueryMode.Independent }).CreateReRanker(CpuBackend.Default);
        Ranking expected = reRanker.ReRank(query, gallery, null, SingleCase.Options(1));
        AssertSame(expected, reRanker.ReRank(query, gallery, null, SingleCase.Options(2)), 150);
        AssertSame(expected, reRanker.ReRank(query, gallery, 7, SingleCase.Options(5)), 7);
        NeighborGraph graph = NeighborSearch.Build(null, gallery, 40);
        AssertSame(expected, reRanker.ReRank(query, graph, null, SingleCase.Options(2)), 150);
        Assert.Equal(QueryMode.Independent, expected.Settings.QueryMode);
        Assert.EndsWith(" single queries", expected.Settings.ToString());
    }

    /// <summary>The gallery alone has nothing to do with which queries come.</summary>
    [Fact]
    public void ChoosesGnnParametersOnceFromTheGallery()
    {
        FeatureMatrix query = MadeFeatures.Clustered(9, 12, 20, seed: 7);
        FeatureMatrix gallery = MadeFeatures.Clustered(300, 12, 20, seed: 8);
        GnnReRankSettings automatic = new() { IsAutomatic = true, QueryMode = QueryMode.Independent };
        Ranking ranking = new GnnReRanker(automatic).ReRank(query, gallery);
        GnnReRankSettings chosen = GnnParameterRule.Choose(
            automatic, NeighborSearch.Build(null, gallery, GnnParameterRule.NeighborCount));
        Assert.Equal(chosen, ranking.Settings);
        AssertSame(new GnnReRanker(chosen).ReRank(query, gallery), ranking, 300);
    }

    /// <summary>A camera's mean is that of the gallery's rows, so that a query changes nothing.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void CentersByTheCamerasOfTheGallery(MethodSettings settings)
    {
        settings = settings with { QueryMode = QueryMode.Independent };
        FeatureMatrix query = WithCameras(MadeFeatures.Clustered(4, 12, 9, seed: 7));
        FeatureMatrix gallery = WithCameras(MadeFeatures.Clustered(90, 12, 9, seed: 8));
        FeatureTransform transform = FeatureTransformer.Learn([gallery], new FeatureTransformOptions { CenterCamera = true });
        Ranking expected = settings.CreateReRanker().ReRank(
            FeatureTransformer.Apply(transform, query), FeatureTransformer.Apply(transform, gallery));
        Ranking centred = (settings with { CenterCamera = true }).CreateReRanker().ReRank(query, gallery);
        AssertSame(expected, centred, 90);
        Assert.Same(query, centred.Query);
        NeighborGraph graph = NeighborSearch.BuildCentered(null, gallery, 40);
        AssertSame(expected, settings.CreateReRanker().ReRank(query, graph), 90);
        FeatureMatrix stranger = MadeFeatures.WithCameras(query, _ => 77);
        Assert.Equal("QueryCameraUnknown", Refused(
            () => (settings with { CenterCamera = true }).CreateReRanker().ReRank(stranger, gallery)));
    }

    [Fact]
    public void RefusesGraphsOfOtherVertices()
    {
        FeatureMatrix query = MadeFeatures.Random(4, 3, seed: 1);
        FeatureMatrix gallery = MadeFeatures.Random(30, 3, seed: 2);
        IReRanker alone = new DiffusionReRanker(new DiffusionSettings { QueryMode = QueryMode.Independent });
        NeighborGraph both = NeighborSearch.Build(query, gallery, 21);
        NeighborGraph own = NeighborSearch.Build(null, gallery, 21);
        Assert.Equal("GraphHoldsQueries", Refused(() => alone.ReRank(both)));
        Assert.Equal("GraphHoldsQueries", Refused(() => alone.ReRank(query, both)));
        Assert.Equal("QueriesMissing", Refused(() => alone.ReRank(own)));
        Assert.Equal("GraphLacksMatrices", Refused(() => alone.ReRank(query, own.WithMatrices(null, null!))));
        Assert.Equal("GraphLacksQueries", Refused(() => new DiffusionReRanker(new DiffusionSettings()).ReRank(query, own)));
        Assert.Equal("GraphTooShallow", Refused(() => alone.ReRank(query, NeighborSearch.Build(null, gallery, 20))));
        Assert.Equal("InvalidNeighborCount", Refused(() => alone.ReRank(query, MadeFeatures.Random(19, 3, seed: 2))));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void TellsOfEachQueryAndStops(MethodSettings settings)
    {
        FeatureMatrix query = MadeFeatures.Clustered(30, 12, 20, seed: 7);
        FeatureMatrix gallery = MadeFeatures.Clustered(100, 12, 20, seed: 8);
        IReRanker reRanker = (settings with { QueryMode = QueryMode.Independent }).CreateReRanker(CpuBackend.Default);
        using CancellationTokenSource source = new();
        long most = 0;
        ComputeOptions options = new()
        {
            CancellationToken = source.Token,
            Progress = new ProgressCallback(progress =>
            {
                if (progress is { Unit: "queries" })
                {
                    most = Math.Max(most, progress.Total);
                    source.Cancel();
                }
            }),
        };
        Assert.ThrowsAny<OperationCanceledException>(() => reRanker.ReRank(query, gallery, null, options));
        Assert.Equal(30, most);
    }

    private static string Refused(Action action) => Assert.Throws<GnnReRankException>(action).ErrorId;

    private static FeatureMatrix WithCameras(FeatureMatrix matrix) => MadeFeatures.WithCameras(matrix, row => row * 7 % 3);

    private static void AssertAlone(MethodSettings settings, FeatureMatrix queries, FeatureMatrix gallery)
    {
        settings = settings.FitTo(gallery.RowCount + 1);
        (queries, gallery) = (WithCameras(queries), WithCameras(gallery));
        IComputeBackend backend = CpuBackend.Default;
        Ranking ranking = (settings with { QueryMode = QueryMode.Independent }).CreateReRanker(backend).ReRank(queries, gallery);
        Assert.Equal(settings with { QueryMode = QueryMode.Independent }, ranking.Settings);
        for (int row = 0; row < queries.RowCount; row++)
        {
            FeatureMatrix query = FeatureSelector.Select(queries, new RowSelection { Indices = [row] });
            NearTies.AssertTopList(Exact(settings, query, gallery), ranking.GetIndexSpan(row), ranking.GetScoreSpan(row));
        }
    }

    private static double[] Exact(MethodSettings settings, FeatureMatrix query, FeatureMatrix gallery)
    {
        if (settings is DiffusionSettings { UseCameras: false } diffusion)
        {
            NeighborGraph graph = NeighborSearch.Build(null, gallery, Math.Min(21, gallery.RowCount));
            return SingleWalkOracle.Scores(graph, diffusion, SingleCase.Cosines(query, gallery));
        }

        Ranking alone = settings.CreateReRanker(CpuBackend.Default).ReRank(query, gallery);
        double[] exact = new double[gallery.RowCount];
        for (int rank = 0; rank < exact.Length; rank++)
        {
            exact[alone.GetIndexSpan(0)[rank]] = alone.GetScoreSpan(0)[rank];
        }

        return exact;
    }

    private static void AssertSame(Ranking expected, Ranking found, int depth)
    {
        for (int row = 0; row < expected.QueryCount; row++)
        {
            Assert.Equal(expected.GetIndices(row)[..depth], found.GetIndices(row));
            Assert.Equal(expected.GetScores(row)[..depth], found.GetScores(row));
        }
    }
}
