using GnnReRank.Compute.Cpu;
using GnnReRank.Compute.Jobs;
using GnnReRank.Tests.Compute;
using GnnReRank.Tests.Oracle;

namespace GnnReRank.Tests.ReRanking.Overlaps;

/// <summary>k-reciprocal encoding, sparse contextual activation and camera-aware Jaccard against their definitions in float64.</summary>
public sealed class OverlapReRankerTests
{
    private static readonly KReciprocalSettings s_reciprocal = new() { NeighborCount = 8, ExpansionCount = 3 };
    private static readonly ContextualActivationSettings s_activation = new();
    private static readonly CameraJaccardSettings s_cameras = new() { OwnCameraCount = 3, OtherCamerasCount = 6 };

    public static TheoryData<string> Backends => TestBackends.ProcessorNames;

    public static TheoryData<MethodSettings> OneEach => [s_reciprocal, s_activation, s_cameras];

    /// <summary>Settings that differ from a plain case in one or two parameters each.</summary>
    public static TheoryData<MethodSettings> Cases =>
    [
        s_reciprocal,
        .. ((int[])[1, 2, 3, 5, 20]).Select(k1 => s_reciprocal with { NeighborCount = k1 }),
        .. ((int[])[1, 2, 12]).Select(k2 => s_reciprocal with { ExpansionCount = k2 }),
        .. ((double[])[0, 1]).Select(lambda => s_reciprocal with { CosineWeight = lambda }),
        s_activation,
        s_activation with { NeighborCount = 1, ExpansionCount = 1 },
        s_activation with { NeighborCount = 3, ExpansionCount = 7, CosineWeight = 0.3 },
        s_activation with { NeighborCount = 20, ExpansionCount = 6 },
        s_cameras,
        s_cameras with { OwnCameraCount = 0, OtherCamerasExpansion = 0 },
        s_cameras with { OtherCamerasCount = 0, OwnCameraExpansion = 5, CosineWeight = 0 },
        s_cameras with { OwnCameraExpansion = 1, OtherCamerasExpansion = 0, CosineWeight = 1 },
        s_cameras with { OwnCameraCount = 300, OtherCamerasCount = 300, OtherCamerasExpansion = 9 },
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheOracle(MethodSettings settings)
    {
        AssertAgrees(settings, MadeFeatures.Clustered(23, 17, 9, seed: 1), MadeFeatures.Clustered(90, 17, 9, seed: 2));
        AssertAgrees(settings, MadeFeatures.Random(20, 3, seed: 3), MadeFeatures.Random(70, 3, seed: 4));
        AssertAgrees(settings, MadeFeatures.WithDuplicatesAndZeros(21, 6, seed: 5), MadeFeatures.WithDuplicatesAndZeros(77, 6, seed: 5));
        AssertAgrees(settings, MadeFeatures.ExactlyTied(15, 7, seed: 6), MadeFeatures.ExactlyTied(60, 7, seed: 7));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheOracleOnTheSmallestInputs(MethodSettings settings)
    {
        foreach ((int queries, int rows) in ((int, int)[])[(1, 1), (1, 2), (2, 1), (3, 7)])
        {
            foreach (int dimension in (int[])[1, 3, 17])
            {
                AssertAgrees(
                    settings, MadeFeatures.Random(queries, dimension, seed: dimension), MadeFeatures.Random(rows, dimension, seed: 100 + dimension));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void RowsThatAreAllTheSameAreAllAsGood(MethodSettings settings)
    {
        float[] row = [0.3f, -1.7f, 2.9f, 0.1f, 0.77f];
        foreach (bool isZero in (bool[])[false, true])
        {
            float[] values = [.. Enumerable.Range(0, 12).SelectMany(_ => isZero ? new float[5] : row)];
            AssertAgrees(settings, new FeatureMatrix([.. values.Take(15)], 3, 5), new FeatureMatrix([.. values.Take(45)], 9, 5));
        }
    }

    // Six cameras of which one has a single row and one has two; then one camera alone.
    [Theory]
    [InlineData(40)]
    [InlineData(1)]
    public void AgreesWithTheOracleWhereACameraHasFewRows(int cameras)
    {
        FeatureMatrix query = MadeFeatures.Clustered(21, 17, 9, seed: 1);
        FeatureMatrix gallery = MadeFeatures.Clustered(66, 17, 9, seed: 2);
        Func<int, int> few = row => row < 3 ? (row + 1) / 2 % cameras : (3 + (row % 4)) % cameras;
        AssertAgrees(
            new CameraJaccardSettings(), MadeFeatures.WithCameras(query, row => few(row + 3)), MadeFeatures.WithCameras(gallery, few));
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void AgreesWithTheOracleOnEveryKernel(string backend)
    {
        FeatureMatrix query = MadeFeatures.Clustered(43, 33, 12, seed: 12);
        FeatureMatrix gallery = MadeFeatures.Clustered(297, 33, 12, seed: 13);
        foreach (MethodSettings settings in (MethodSettings[])[new KReciprocalSettings(), s_activation, new CameraJaccardSettings()])
        {
            AssertAgrees(settings, query, gallery, TestBackends.Named(backend));
        }
    }

    [Theory]
    [MemberData(nameof(OneEach))]
    public void GivesTheSameBitsOnEveryKernelAndNumberOfThreads(MethodSettings settings)
    {
        (FeatureMatrix query, FeatureMatrix gallery) = Seen(
            MadeFeatures.Clustered(210, 20, 30, seed: 16), MadeFeatures.Clustered(400, 20, 30, seed: 17));
        Ranking expected = settings.CreateReRanker().ReRank(query, gallery, null, new ComputeOptions { ThrottleLimit = 1 });
        NeighborGraph graph = NeighborSearch.Build(query, gallery, 30);
        foreach (string backend in TestBackends.ProcessorNames.Select(row => row.Data))
        {
            foreach (int threads in (int[])[1, 2, 5])
            {
                ComputeOptions options = new() { ThrottleLimit = threads };
                IReRanker reRanker = settings.CreateReRanker(TestBackends.Named(backend));
                AssertSameBits(expected, reRanker.ReRank(query, gallery, null, options), 400);
                AssertSameBits(expected, reRanker.ReRank(graph, null, options), 400);
                AssertSameBits(expected, reRanker.ReRank(graph, 17, options), 17);
            }
        }
    }

    [Fact]
    public void LeavesPaddingOfShortListsOut()
    {
        NeighborGraph graph = GnnReRankerTests.Padded(NeighborSearch.Build(
            MadeFeatures.Clustered(15, 6, 5, seed: 10), MadeFeatures.Clustered(40, 6, 5, seed: 11), 12));
        int[][] lists = [.. Enumerable.Range(0, graph.VertexCount).Select(graph.GetNeighbors)];
        OverlapOracle oracle = new(DenseOracle.Similarities(graph.Query, graph.Gallery), 15);
        AssertAgrees(oracle.Scores(lists, s_reciprocal), s_reciprocal.CreateReRanker().ReRank(graph));
        AssertAgrees(oracle.Scores(lists, s_activation), s_activation.CreateReRanker().ReRank(graph));
    }

    [Fact]
    public void RefusesAGraphThatHasNoMoreThanK1Neighbors()
    {
        NeighborGraph graph = NeighborSearch.Build(MadeFeatures.Random(9, 3, seed: 1), MadeFeatures.Random(9, 3, seed: 2), 8);
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => s_reciprocal.CreateReRanker().ReRank(graph));
        Assert.Equal("GraphTooShallow", error.ErrorId);
        Assert.Contains("has 8 neighbours", error.Message);
        Assert.Contains("NeighborCount is 8.", error.Message);
        Assert.Contains("-NeighborCount 9", error.Message);
    }

    [Fact]
    public void RefusesRowsWithoutCamerasWhereTheyAreCompared()
    {
        FeatureMatrix matrix = MadeFeatures.Random(9, 3, seed: 1);
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => s_cameras.CreateReRanker().ReRank(MadeFeatures.WithCameras(matrix, row => row), matrix));
        Assert.Equal("CamerasNeeded", error.ErrorId);
        Assert.Contains("gallery", error.Message);
    }

    [Fact]
    public void FitsTheNeighborsToTheRowsThatThereAre()
    {
        Assert.Equal(new KReciprocalSettings { NeighborCount = 4, ExpansionCount = 5 }, new KReciprocalSettings().FitTo(5));
        Assert.Equal(new KReciprocalSettings { NeighborCount = 20 }, new KReciprocalSettings().FitTo(21));
        Assert.Equal(new ContextualActivationSettings { NeighborCount = 2 }, new ContextualActivationSettings().FitTo(2));
        Assert.Equal(1, new KReciprocalSettings { NeighborCount = int.MaxValue, ExpansionCount = int.MaxValue }.FitTo(2).NeighborCount);
    }

    [Fact]
    public void NamesItsMemoryWhereThatIsNotThere()
    {
        CpuBackend backend = new(GnnReRank.Compute.Cpu.Tiles.CpuKernels.ForThisProcessor, new GnnReRank.Running.MemoryBudget(1_000));
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => s_reciprocal.CreateReRanker(backend).ReRank(
            MadeFeatures.Random(20, 3, seed: 1), MadeFeatures.Random(90, 3, seed: 2)));
        Assert.Equal("NeighborhoodsTooLarge", error.ErrorId);
        Assert.Contains("smaller k1 or k2", error.Message);
    }

    private static void AssertAgrees(MethodSettings settings, FeatureMatrix query, FeatureMatrix gallery, IComputeBackend? backend = null)
    {
        (query, gallery) = Seen(query, gallery);
        int count = query.RowCount + gallery.RowCount;
        settings = settings.FitTo(count);
        double[,] similarities = DenseOracle.Similarities(query, gallery);
        OverlapOracle oracle = new(similarities, query.RowCount);
        int[][] lists = [.. ListOracle.Others(similarities).Select((list, vertex) => ListOracle.WithItself(vertex, list, count))];
        double[,] exact = settings switch
        {
            KReciprocalSettings reciprocal => oracle.Scores(lists, reciprocal),
            ContextualActivationSettings activation => oracle.Scores(lists, activation),
            _ => oracle.Scores([.. query.Cameras!, .. gallery.Cameras!], (CameraJaccardSettings)settings),
        };
        Ranking ranking = settings.CreateReRanker(backend ?? CpuBackend.Default).ReRank(query, gallery);
        Assert.Equal(settings, ranking.Settings);
        AssertAgrees(exact, ranking);
    }

    private static void AssertAgrees(double[,] exact, Ranking ranking)
    {
        for (int q = 0; q < ranking.QueryCount; q++)
        {
            double[] row = [.. Enumerable.Range(0, ranking.GalleryCount).Select(g => exact[q, g])];
            NearTies.AssertTopList(row, ranking.GetIndexSpan(q), ranking.GetScoreSpan(q));
        }
    }

    /// <summary>The matrices with four cameras, unless they have cameras.</summary>
    private static (FeatureMatrix Query, FeatureMatrix Gallery) Seen(FeatureMatrix query, FeatureMatrix gallery) => query.HasCameras
        ? (query, gallery)
        : (MadeFeatures.WithCameras(query, row => row / 2 % 4), MadeFeatures.WithCameras(gallery, row => row * 7 / 3 % 4));

    private static void AssertSameBits(Ranking expected, Ranking actual, int depth)
    {
        Assert.Equal(depth, actual.Depth);
        for (int q = 0; q < expected.QueryCount; q++)
        {
            Assert.Equal(expected.GetIndices(q)[..depth], actual.GetIndices(q));
            Assert.Equal(
                expected.GetScores(q)[..depth].Select(BitConverter.SingleToInt32Bits), actual.GetScores(q).Select(BitConverter.SingleToInt32Bits));
        }
    }
}
