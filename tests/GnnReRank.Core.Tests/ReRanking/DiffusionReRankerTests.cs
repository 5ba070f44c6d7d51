using GnnReRank.Compute.Cpu;
using GnnReRank.Compute.Jobs;
using GnnReRank.Tests.Compute;
using GnnReRank.Tests.Oracle;

namespace GnnReRank.Tests.ReRanking;

public sealed class DiffusionReRankerTests
{
    private static readonly DiffusionSettings s_small = new() { Neighbors = 3, ScaleNeighbors = 9, Steps = 5 };

    public static TheoryData<string> Backends => TestBackends.Names;

    public static TheoryData<DiffusionSettings> Cases =>
    [
        s_small,
        new DiffusionSettings(),
        s_small with { Neighbors = 1 },
        s_small with { Neighbors = 12, Steps = 40 },
        s_small with { Steps = 1 },
        s_small with { Restart = 0 },
        s_small with { Restart = 1 },
        s_small with { EdgeWidth = 5 },
        s_small with { DistanceWeight = 0 },
        s_small with { DistanceWeight = 20, Floor = 0.1 },
        s_small with { UseCameras = true },
        s_small with { UseCameras = true, OwnCameraNeighbors = 0, OtherCameraNeighbors = 1, OtherCameraFactor = 0.5 },
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheOracle(DiffusionSettings settings)
    {
        AssertAgrees(settings, MadeFeatures.Clustered(23, 17, 9, seed: 1), MadeFeatures.Clustered(90, 17, 9, seed: 2));
        AssertAgrees(settings, MadeFeatures.Random(20, 6, seed: 3), MadeFeatures.Random(70, 6, seed: 4));
        AssertAgrees(settings, MadeFeatures.Random(40, 5, seed: 8), MadeFeatures.Random(11, 5, seed: 9));
    }

    // Which of tied rows a list of one camera keeps is the engine's to say, and the plain lists are given.
    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheOracleOnTiesAndDuplicates(DiffusionSettings settings)
    {
        settings = settings with { UseCameras = false };
        AssertAgrees(
            settings, MadeFeatures.WithDuplicatesAndZeros(21, 6, seed: 5),
            MadeFeatures.WithDuplicatesAndZeros(77, 6, seed: 5));
        AssertAgrees(settings, MadeFeatures.ExactlyTied(15, 7, seed: 6), MadeFeatures.ExactlyTied(60, 7, seed: 7));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheOracleOnTheSmallestInputs(DiffusionSettings settings)
    {
        foreach ((int queries, int rows) in ((int, int)[])[(1, 1), (1, 2), (2, 1), (3, 7), (7, 3)])
        {
            AssertAgrees(
                settings, MadeFeatures.Random(queries, 3, seed: rows),
                MadeFeatures.Random(rows, 3, seed: 100 + queries));
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void AgreesWithTheOracleOnEveryBackend(string backend)
    {
        FeatureMatrix query = WithCameras(MadeFeatures.Clustered(43, 33, 12, seed: 12));
        FeatureMatrix gallery = WithCameras(MadeFeatures.Clustered(197, 33, 12, seed: 13));
        NeighborGraph graph = NeighborSearch.Build(query, gallery, 21, null, TestBackends.Named(backend));
        AssertAgrees(new DiffusionSettings(), graph, TestBackends.Named(backend));
        AssertAgrees(s_small with { DistanceWeight = 0 }, graph, TestBackends.Named(backend));
    }

    [Fact]
    public void AgreesWithTheOracleWherePaddingEndsShortLists()
    {
        NeighborGraph graph = NeighborSearch.Build(
            MadeFeatures.Clustered(15, 6, 5, seed: 10), MadeFeatures.Clustered(40, 6, 5, seed: 11), 12);
        AssertAgrees(s_small, GnnReRankerTests.Padded(graph));
    }

    /// <summary>
    /// The query is (1, 0), the gallery a = (0.8, 0.6) and b = (-1, 0): d is 0.4, 4 and, between a and b, 3.6. With one
    /// edge a row, q and a list each other and b lists a; the scales, at the second place, are 4, 3.6 and 4.
    /// </summary>
    [Fact]
    public void WalksAsByHand()
    {
        DiffusionSettings settings =
            new() { Neighbors = 1, ScaleNeighbors = 2, Steps = 2, EdgeWidth = 0.2, DistanceWeight = 0 };
        Ranking ranking = new DiffusionReRanker(settings)
            .ReRank(new FeatureMatrix([1, 0], 1, 2), new FeatureMatrix([0.8f, 0.6f, -1, 0], 2, 2));
        double toA = (Math.Exp(-0.4 / 0.8) + Math.Exp(-0.4 / 0.72)) / 2;
        double aToB = Math.Exp(-3.6 / 0.8) / 2;
        double first = toA / Math.Sqrt(toA * (toA + aToB));
        double second = aToB / Math.Sqrt((toA + aToB) * aToB);
        Assert.Equal([0, 1], ranking.GetIndices(0));
        Assert.Equal(0.9 * 0.1 * first, ranking.GetScores(0)[0], 1e-6);
        Assert.Equal(0.81 * first * second, ranking.GetScores(0)[1], 1e-6);
    }

    [Fact]
    public void LeavesRowsOutOfReachAtTheirCosine()
    {
        FeatureMatrix query = MadeFeatures.Clustered(10, 30, 9, seed: 18);
        FeatureMatrix gallery = MadeFeatures.Clustered(300, 30, 9, seed: 19);
        Ranking ranking = new DiffusionReRanker(s_small with { Steps = 1 }).ReRank(query, gallery);
        Ranking plain = CosineRanker.Rank(query, gallery);
        for (int q = 0; q < 10; q++)
        {
            Dictionary<int, float> cosines = plain.GetIndices(q).Zip(plain.GetScores(q)).ToDictionary();
            int moved = ranking.GetIndices(q).Zip(ranking.GetScores(q)).Count(row => row.Second != cosines[row.First]);
            Assert.InRange(moved, 3, 60);
            Assert.All(
                ranking.GetIndices(q).Zip(ranking.GetScores(q)), row => Assert.True(row.Second >= cosines[row.First]));
        }
    }

    [Fact]
    public void GivesTheSameBitsOnEveryKernelAndNumberOfThreads()
    {
        FeatureMatrix query = WithCameras(MadeFeatures.Clustered(70, 20, 30, seed: 16));
        FeatureMatrix gallery = WithCameras(MadeFeatures.Clustered(1100, 20, 30, seed: 17));
        foreach (DiffusionSettings settings in (DiffusionSettings[])[new(), s_small with { UseCameras = true }])
        {
            NeighborGraph graph = NeighborSearch.Build(query, gallery, 21);
            Ranking expected = new DiffusionReRanker(settings, CpuBackend.Default)
                .ReRank(graph, null, new ComputeOptions { ThrottleLimit = 1 });
            foreach (string backend in TestBackends.ProcessorNames.Select(row => row.Data))
            {
                foreach (int threads in (int[])[1, 2, 5])
                {
                    ComputeOptions options = new() { ThrottleLimit = threads };
                    DiffusionReRanker reRanker = new(settings, TestBackends.Named(backend));
                    AssertSameBits(expected, reRanker.ReRank(graph, null, options));
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(799)]
    public void KeepsTheHeadOfTheFullRankingAndTakesOneCallOrTwo(int top)
    {
        FeatureMatrix query = MadeFeatures.WithDuplicatesAndZeros(30, 4, seed: 20);
        FeatureMatrix gallery = MadeFeatures.WithDuplicatesAndZeros(800, 4, seed: 20);
        NeighborGraph graph = NeighborSearch.Build(query, gallery, 21);
        foreach (DiffusionSettings settings in (DiffusionSettings[])[new(), new() { DistanceWeight = 0 }])
        {
            DiffusionReRanker reRanker = new(settings, CpuBackend.Default);
            Ranking full = reRanker.ReRank(graph);
            Ranking head = reRanker.ReRank(query, gallery, top);
            for (int q = 0; q < head.QueryCount; q++)
            {
                Assert.Equal(full.GetIndices(q)[..top], head.GetIndices(q));
                Assert.Equal(full.GetScores(q)[..top], head.GetScores(q));
            }
        }
    }

    [Fact]
    public void RefusesWhatItCannotWalkOn()
    {
        FeatureMatrix rows = MadeFeatures.Random(30, 3, seed: 1);
        Assert.Equal("GraphTooShallow", Refused(
            () => new DiffusionReRanker(s_small).ReRank(NeighborSearch.Build(rows, rows, 9))));
        Assert.Equal("CamerasNeeded", Refused(
            () => new DiffusionReRanker(s_small with { UseCameras = true }).ReRank(rows, rows)));
        Assert.Equal("InvalidRestart", Refused(() => new DiffusionReRanker(s_small with { Restart = 1.5 })));
        Assert.Equal("InvalidDistanceWeight", Refused(() => new DiffusionReRanker(s_small with { DistanceWeight = 1e-30 })));
        Assert.Equal("InvalidSteps", Refused(() => new DiffusionReRanker(s_small with { Steps = 0 })));
    }

    [Fact]
    public void SaysItsParametersAndFitsThemToFewRows()
    {
        Assert.Equal(
            "Diffusion k=5 restart=0.1 steps=12", new DiffusionSettings().ToString());
        Assert.Equal(
            "Diffusion k=5 restart=0.1 steps=12 scale=30 width=0.2 b=1.5 c=2",
            new DiffusionSettings { ScaleNeighbors = 30, EdgeWidth = 0.2, DistanceWeight = 1.5, Floor = 2 }.ToString());
        Assert.EndsWith("cameras own=2 other=4 factor=2", new DiffusionSettings { UseCameras = true }.ToString());
        DiffusionSettings fitted = (DiffusionSettings)new DiffusionSettings().FitTo(4);
        Assert.Equal((3, 3), (fitted.Neighbors, fitted.ScaleNeighbors));
        fitted = (DiffusionSettings)new DiffusionSettings { OwnCameraNeighbors = int.MaxValue, OtherCameraNeighbors = int.MaxValue }.FitTo(4);
        Assert.Equal((3, 3), (fitted.OwnCameraNeighbors, fitted.OtherCameraNeighbors));
    }

    private static string Refused(Action action) => Assert.Throws<GnnReRankException>(action).ErrorId;

    private static FeatureMatrix WithCameras(FeatureMatrix matrix) => new(
        [.. Enumerable.Range(0, matrix.RowCount).SelectMany(matrix.GetRow)], matrix.RowCount, matrix.Dimension,
        cameras: Enumerable.Range(0, matrix.RowCount).Select(row => row * 7 % 3));

    private static void AssertAgrees(DiffusionSettings settings, FeatureMatrix query, FeatureMatrix gallery)
    {
        DiffusionSettings fitted = (DiffusionSettings)settings.FitTo(query.RowCount + gallery.RowCount);
        int neighbors = 1 + Math.Max(fitted.Neighbors, fitted.ScaleNeighbors);
        AssertAgrees(fitted, NeighborSearch.Build(WithCameras(query), WithCameras(gallery), neighbors));
    }

    private static void AssertAgrees(DiffusionSettings settings, NeighborGraph graph, IComputeBackend? backend = null)
    {
        double[,] exact = WalkOracle.Scores(graph, settings, DenseOracle.Similarities(graph.Query, graph.Gallery));
        Ranking ranking = new DiffusionReRanker(settings, backend ?? CpuBackend.Default).ReRank(graph);
        Assert.Equal(settings, ranking.Settings);
        for (int q = 0; q < ranking.QueryCount; q++)
        {
            double[] row = [.. Enumerable.Range(0, ranking.GalleryCount).Select(g => exact[q, g])];
            NearTies.AssertTopList(row, ranking.GetIndexSpan(q), ranking.GetScoreSpan(q));
        }
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
