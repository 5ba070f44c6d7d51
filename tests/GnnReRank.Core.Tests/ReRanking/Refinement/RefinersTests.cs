using GnnReRank.Compute.Cpu;
using GnnReRank.Running;
using GnnReRank.Tests.Compute;

namespace GnnReRank.Tests.ReRanking.Refinement;

/// <summary>What holds of all methods that refine rows or correct scores.</summary>
public sealed class RefinersTests
{
    public static TheoryData<MethodSettings> Cases =>
    [
        new QueryExpansionSettings { Neighbors = 5 },
        new QueryExpansionSettings { Neighbors = 5, DatabaseNeighbors = 4 },
        new QueryExpansionSettings { Neighbors = 6, Joint = true },
        new GraphConvolutionSettings { Neighbors = 7, Rounds = 2 },
        new GraphConvolutionSettings { Neighbors = 7, Rounds = 2, CrossCamera = true, Ridge = 10 },
        new SuperGlobalSettings { Candidates = 40, Neighbors = 4 },
        new NeighborNormalizationSettings { Neighbors = 9 },
        new NeighborNormalizationSettings { Neighbors = 9, Bank = NormalizationBank.Gallery },
    ];

    private static FeatureMatrix Query { get; } = RefinerCase.WithCameras(MadeFeatures.Clustered(70, 100, 20, seed: 1), 3);

    private static FeatureMatrix Gallery { get; } = RefinerCase.WithCameras(MadeFeatures.Clustered(260, 100, 20, seed: 2), 3);

    [Theory]
    [MemberData(nameof(Cases))]
    public void GivesTheSameBitsOnEveryKernelAndNumberOfThreads(MethodSettings settings)
    {
        ComputeOptions One(int threads) => new() { ThrottleLimit = threads, Device = "Cpu" };
        Ranking expected = settings.CreateReRanker(CpuBackend.Default).ReRank(Query, Gallery, null, One(1));
        foreach (int threads in (int[])[2, 5])
        {
            RefinerCase.AssertSameBits(expected, settings.CreateReRanker(CpuBackend.Default).ReRank(Query, Gallery, null, One(threads)));
        }

        foreach (string backend in TestBackends.ProcessorNames.Select(row => row.Data))
        {
            RefinerCase.AssertSameBits(expected, settings.CreateReRanker(TestBackends.Named(backend)).ReRank(Query, Gallery, null, One(2)));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void GivesTheBitsOfTheSearchWhereAGraphIsGiven(MethodSettings settings)
    {
        Ranking expected = settings.CreateReRanker(CpuBackend.Default).ReRank(Query, Gallery);

        // Of 200 neighbours some are enough for lists of one side; 3 are too few for any.
        foreach (int neighbors in (int[])[3, 12, 200])
        {
            NeighborGraph graph = NeighborSearch.Build(Query, Gallery, neighbors);
            RefinerCase.AssertSameBits(expected, settings.CreateReRanker(CpuBackend.Default).ReRank(graph));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void GivesTheSameBitsForRowsKeptAsFloat16(MethodSettings settings)
    {
        (FeatureMatrix query, FeatureMatrix gallery) = (As(Query, FeatureElementType.Float16), As(Gallery, FeatureElementType.Float16));
        RefinerCase.AssertSameBits(
            settings.CreateReRanker(CpuBackend.Default).ReRank(As(query, FeatureElementType.Float32), As(gallery, FeatureElementType.Float32)),
            settings.CreateReRanker(CpuBackend.Default).ReRank(query, gallery));

        static FeatureMatrix As(FeatureMatrix matrix, FeatureElementType type) => FeatureMatrix.Adopt(
            matrix.Storage.As(type), null, [.. matrix.Cameras!], null, FeatureRole.None, null, null);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void IsNotChangedByTheNormsOfRows(MethodSettings settings)
    {
        // Powers of two change no digit, so the bits stay, however extreme the norm.
        RefinerCase.AssertSameBits(
            settings.CreateReRanker(CpuBackend.Default).ReRank(Query, Gallery),
            settings.CreateReRanker(CpuBackend.Default).ReRank(Scaled(Query), Scaled(Gallery)));

        static FeatureMatrix Scaled(FeatureMatrix matrix)
        {
            int[] exponents = [0, 3, -20, 90, -90];
            return FeatureMatrix.FromRows(
                [.. Enumerable.Range(0, matrix.RowCount).Select(row =>
                    matrix.GetRow(row).Select(value => MathF.ScaleB(value, exponents[row % exponents.Length])).ToArray())],
                cameras: matrix.Cameras);
        }
    }

    [Theory]
    [InlineData(StageNames.Neighbors, 4)]
    [InlineData(StageNames.Mixing, 4)]
    [InlineData(StageNames.Whitening, 4)]
    [InlineData(StageNames.Heads, 5)]
    [InlineData(StageNames.RankingLists, 6)]
    public void StopsInTheStageInWhichItIsCancelled(string stage, int settings)
    {
        using CancellationTokenSource source = new();
        List<string> finished = [];
        ComputeOptions options = new()
        {
            Device = "Cpu",
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
        IReRanker reRanker = Cases.ElementAt(settings).Data.CreateReRanker();
        Assert.ThrowsAny<OperationCanceledException>(() => reRanker.ReRank(Query, Gallery, null, options));
        Assert.DoesNotContain(finished, line => line.StartsWith(stage, StringComparison.Ordinal));
    }
}
