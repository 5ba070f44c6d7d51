using GnnReRank.Compute.Cpu;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;
using GnnReRank.Tests.Compute;
using GnnReRank.Tests.Oracle;

namespace GnnReRank.Tests.ReRanking;

/// <summary>
/// The expanded cross neighbourhood, the published diffusion and the list methods against slow statements of each.
/// </summary>
public sealed class SparseMethodsTests
{
    private static readonly CrossNeighborhoodSettings s_cross =
        new() { Neighbors = 9, ExpansionCount = 2, SecondExpansionCount = 4 };

    private static readonly ManifoldDiffusionSettings s_manifold =
        new() { Neighbors = 8, StartCount = 3, TruncationSize = 30 };

    private static readonly RankDiffusionSettings s_rank = new() { Neighbors = 5, ListLength = 14, Rounds = 4 };
    private static readonly HypergraphSettings s_hyper = new() { Neighbors = 6, ListLength = 30 };
    private static readonly CartesianProductSettings s_product = new() { Neighbors = 6, ListLength = 30 };

    /// <summary>Settings that differ from a plain case in one or two parameters each.</summary>
    public static TheoryData<MethodSettings> Cases =>
    [
        s_cross,
        s_cross with { Neighbors = 3 },
        s_cross with { ExpansionCount = 7, SecondExpansionCount = 1 },
        s_cross with { SecondExpansionCount = 0 },
        s_cross with { Form = CrossNeighborhoodForm.Cosine },
        s_cross with { Form = CrossNeighborhoodForm.Cosine, ExpansionCount = 6, SecondExpansionCount = 11 },
        new CrossNeighborhoodSettings(),
        s_manifold,
        s_manifold with { Neighbors = 40, EdgeExponent = 0 },
        s_manifold with { TruncationSize = 5, Damping = 0.5 },
        s_manifold with { TruncationSize = 1 },
        s_manifold with { Damping = 0 },
        s_manifold with { Form = DiffusionForm.Gallery },
        s_manifold with { Form = DiffusionForm.Gallery, StartCount = 12, TruncationSize = 9, EdgeExponent = 1 },
        new ManifoldDiffusionSettings(),
        s_rank,
        s_rank with { Neighbors = 40, Damping = 1 },
        s_rank with { ReferenceDecay = 0.99, ListDecay = 0.5, Rounds = 1 },
        s_rank with { ListLength = 1 },
        new RankDiffusionSettings(),
        s_hyper,
        s_hyper with { Variant = HypergraphVariant.Reference, Rounds = 3 },
        s_hyper with { Neighbors = 2, Rounds = 1 },
        s_hyper with { Neighbors = 40, ListLength = 12 },
        new HypergraphSettings(),
        s_product,
        s_product with { Rounds = 1 },
        s_product with { Neighbors = 40, ListLength = 12, Rounds = 4 },
        s_product with { Neighbors = 1 },
        new CartesianProductSettings(),
    ];

    /// <summary>One case a scoring.</summary>
    public static TheoryData<MethodSettings> Plain =>
    [
        s_cross, s_cross with { Form = CrossNeighborhoodForm.Cosine },
        s_manifold, s_manifold with { Form = DiffusionForm.Gallery },
        s_rank, s_hyper, s_hyper with { Variant = HypergraphVariant.Reference }, s_product,
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheOracle(MethodSettings settings)
    {
        AssertAgrees(settings, MadeFeatures.Clustered(23, 17, 9, seed: 1), MadeFeatures.Clustered(90, 17, 9, seed: 2));
        AssertAgrees(settings, MadeFeatures.Random(20, 3, seed: 3), MadeFeatures.Random(70, 3, seed: 4));
        AssertAgrees(
            settings,
            MadeFeatures.WithDuplicatesAndZeros(21, 6, seed: 5), MadeFeatures.WithDuplicatesAndZeros(77, 6, seed: 5));
        AssertAgrees(settings, MadeFeatures.ExactlyTied(15, 7, seed: 6), MadeFeatures.ExactlyTied(60, 7, seed: 7));
        AssertAgrees(settings, MadeFeatures.Random(9, 1, seed: 8), MadeFeatures.Random(11, 1, seed: 9));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheOracleOnTheSmallestInputs(MethodSettings settings)
    {
        foreach ((int queries, int rows) in ((int, int)[])[(1, 1), (1, 2), (2, 1), (3, 7)])
        {
            AssertAgrees(
                settings,
                MadeFeatures.Random(queries, 3, seed: rows), MadeFeatures.Random(rows, 3, seed: 100 + queries));
            AssertAgrees(settings, Zeros(queries), Zeros(rows));
        }
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void LeavesPaddingOfShortListsOut(MethodSettings settings)
    {
        settings = settings switch
        {
            ManifoldDiffusionSettings manifold => manifold with { TruncationSize = 12 },
            RankDiffusionSettings rank => rank with { ListLength = 6 },
            HypergraphSettings hypergraph => hypergraph with { ListLength = 12 },
            CartesianProductSettings product => product with { ListLength = 12 },
            _ => settings,
        };
        NeighborGraph graph = GnnReRankerTests.Padded(NeighborSearch.Build(
            MadeFeatures.Clustered(15, 6, 5, seed: 10), MadeFeatures.Clustered(40, 6, 5, seed: 11), 12));
        AssertAgrees(settings, graph, settings.CreateReRanker(CpuBackend.Default).ReRank(graph));
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void GivesTheSameBitsOnEveryKernelAndNumberOfThreads(MethodSettings settings)
    {
        FeatureMatrix query = MadeFeatures.Clustered(130, 20, 30, seed: 16);
        FeatureMatrix gallery = MadeFeatures.Clustered(300, 20, 30, seed: 17);
        Ranking expected = Ranked(settings, CpuBackend.Default, 1);
        foreach (string backend in TestBackends.ProcessorNames.Select(row => row.Data))
        {
            AssertSameBits(expected, Ranked(settings, TestBackends.Named(backend), 2));
        }

        AssertSameBits(expected, Ranked(settings, CpuBackend.Default, 5));
        NeighborGraph graph = NeighborSearch.Build(query, gallery, 60);
        AssertSameBits(expected, settings.CreateReRanker(CpuBackend.Default).ReRank(graph));

        Ranking Ranked(MethodSettings of, IComputeBackend backend, int threads) =>
            of.CreateReRanker(backend).ReRank(query, gallery, null, new ComputeOptions { ThrottleLimit = threads });
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void KeepsTheHeadOfTheFullRanking(MethodSettings settings)
    {
        FeatureMatrix query = MadeFeatures.WithDuplicatesAndZeros(30, 4, seed: 20);
        FeatureMatrix gallery = MadeFeatures.WithDuplicatesAndZeros(300, 4, seed: 20);
        IReRanker reRanker = settings.CreateReRanker(CpuBackend.Default);
        Ranking full = reRanker.ReRank(query, gallery);
        foreach (int top in (int[])[1, 10, 299])
        {
            Ranking head = reRanker.ReRank(query, gallery, top);
            for (int q = 0; q < head.QueryCount; q++)
            {
                Assert.Equal(full.GetIndices(q)[..top], head.GetIndices(q));
                Assert.Equal(full.GetScores(q)[..top], head.GetScores(q));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void StopsInTheStageInWhichItIsCancelled(MethodSettings settings)
    {
        using CancellationTokenSource source = new();
        List<string> finished = [];
        string stage = settings switch
        {
            CrossNeighborhoodSettings => "Expanded neighbourhoods",
            ManifoldDiffusionSettings => "Diffusion",
            _ => "Lists",
        };
        ComputeOptions options = new()
        {
            Progress = new ProgressCallback(progress =>
            {
                if (progress.Stage == stage)
                {
                    source.Cancel();
                }
            }),
            Log = finished.Add,
            CancellationToken = source.Token,
        };
        Assert.ThrowsAny<OperationCanceledException>(() => settings.CreateReRanker(CpuBackend.Default).ReRank(
            MadeFeatures.Random(90, 3, seed: 6), MadeFeatures.Random(300, 3, seed: 7), null, options));
        Assert.DoesNotContain(finished, line => line.StartsWith(stage, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void SaysWhenItOutgrowsMemory(MethodSettings settings)
    {
        CpuBackend backend = new(CpuKernels.ForThisProcessor, new MemoryBudget(20_000));
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => settings.CreateReRanker(backend).ReRank(
            MadeFeatures.Random(200, 4, seed: 21), MadeFeatures.Random(800, 4, seed: 22)));
        string id = settings switch
        {
            CrossNeighborhoodSettings => "ExpansionTooLarge",
            ManifoldDiffusionSettings => "DiffusionTooLarge",
            _ => "ListsTooLarge",
        };
        Assert.Equal((id, ErrorKind.TooLarge), (error.ErrorId, error.Kind));
    }

    [Fact]
    public void FitsParametersToTheRowsThatThereAre()
    {
        Assert.Equal(s_cross with { Neighbors = 5, ExpansionCount = 2, SecondExpansionCount = 4 }, s_cross.FitTo(5));
        Assert.Equal(s_cross with { Neighbors = 2, ExpansionCount = 1, SecondExpansionCount = 1 }, s_cross.FitTo(2));
        Assert.Equal(s_manifold with { Neighbors = 7, TruncationSize = 7 }, s_manifold.FitTo(7));
        Assert.Equal(s_rank with { ListLength = 4 }, s_rank.FitTo(9));
        Assert.Equal(s_hyper with { Neighbors = 4, ListLength = 4 }, s_hyper.FitTo(4));
        Assert.Equal(s_product with { Neighbors = 4, ListLength = 4 }, s_product.FitTo(4));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void RefusesParametersOutOfRange(MethodSettings settings, string errorId) =>
        Assert.Equal(errorId, Assert.Throws<GnnReRankException>(() => settings.CreateReRanker()).ErrorId);

    /// <summary>A parameter below, above or beyond all numbers.</summary>
    public static TheoryData<MethodSettings, string> Refused => new()
    {
        { s_cross with { Neighbors = 0 }, "InvalidNeighbors" },
        { s_cross with { ExpansionCount = 0 }, "InvalidExpansionCount" },
        { s_cross with { SecondExpansionCount = -1 }, "InvalidSecondExpansionCount" },
        { s_cross with { Form = (CrossNeighborhoodForm)7 }, "InvalidForm" },
        { s_manifold with { Damping = 1 }, "InvalidDamping" },
        { s_manifold with { EdgeExponent = double.NaN }, "InvalidEdgeExponent" },
        { s_manifold with { TruncationSize = 0 }, "InvalidTruncationSize" },
        { s_rank with { Rounds = 0 }, "InvalidRounds" },
        { s_rank with { ListLength = int.MaxValue }, "InvalidListLength" },
        { s_hyper with { Neighbors = 1 }, "InvalidNeighbors" },
        { s_product with { ListLength = 0 }, "InvalidListLength" },
    };

    private static void AssertAgrees(MethodSettings settings, FeatureMatrix query, FeatureMatrix gallery)
    {
        MethodSettings fitted = settings.FitTo(query.RowCount + gallery.RowCount);
        IReRanker reRanker = fitted.CreateReRanker(CpuBackend.Default);
        int neighborCount = Math.Max(1, reRanker.NeighborCount);
        NeighborGraph graph = NeighborSearch.Build(query, gallery, neighborCount, null, CpuBackend.Default);
        Ranking ranking = reRanker.ReRank(query, gallery);
        Assert.Equal(fitted, ranking.Settings);
        AssertAgrees(fitted, graph, ranking);
    }

    private static void AssertAgrees(MethodSettings settings, NeighborGraph graph, Ranking ranking)
    {
        Ranking cosines = CosineRanker.Rank(graph.Query!, graph.Gallery!);
        double[,] exact = settings switch
        {
            CrossNeighborhoodSettings cross => CrossNeighborhoodOracle.Scores(
                graph, cross, DenseOracle.Similarities(graph.Query, graph.Gallery)),
            ManifoldDiffusionSettings { Form: DiffusionForm.Joint } joint => ManifoldOracle.Joint(graph, joint),
            ManifoldDiffusionSettings manifold => ManifoldOracle.Gallery(
                NeighborSearch.Build(null, graph.Gallery!, graph.Gallery!.RowCount), cosines, manifold),
            RankDiffusionSettings rank => ListMethodOracle.RankDiffusion(graph, rank),
            HypergraphSettings hypergraph => ListMethodOracle.Hypergraph(graph, hypergraph),
            _ => ListMethodOracle.CartesianProduct(graph, (CartesianProductSettings)settings),
        };
        bool isList = settings is RankDiffusionSettings or HypergraphSettings or CartesianProductSettings;
        for (int q = 0; q < ranking.QueryCount; q++)
        {
            double[] row = [.. Enumerable.Range(0, ranking.GalleryCount).Select(g => exact[q, g])];

            // Scores of lists span decades, and each has to be right to a part of itself: the least becomes 1.
            double unit = isList ? row.Where(score => score > ListMethodOracle.Unlike).DefaultIfEmpty(1).Min() : 1;
            NearTies.AssertTopList(
                [.. row.Select(score => score / unit)], ranking.GetIndexSpan(q),
                [.. ranking.GetScores(q).Select(score => (float)(score / unit))]);
            double[] unlike =
                [.. ranking.GetIndices(q).Select(g => row[g]).Where(score => isList && score < ListMethodOracle.Unlike)];
            Assert.Equal(unlike.OrderDescending(), unlike);
            AssertTiesGoByCosine(ranking, cosines, q);
        }
    }

    private static FeatureMatrix Zeros(int rows) => new(new float[rows * 2], rows, 2);

    private static void AssertTiesGoByCosine(Ranking ranking, Ranking cosines, int query)
    {
        Dictionary<int, int> places = cosines.GetIndices(query).Select((row, place) => (row, place)).ToDictionary();
        int[] rows = ranking.GetIndices(query);
        float[] scores = ranking.GetScores(query);
        Assert.Equal(
            rows, rows.Select((row, rank) => (row, score: scores[rank])).OrderByDescending(pair => pair.score)
                .ThenBy(pair => places[pair.row]).Select(pair => pair.row));
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
