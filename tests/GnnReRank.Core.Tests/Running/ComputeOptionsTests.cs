using GnnReRank.Compute.Cpu.Messages;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;
using GnnReRank.Tests.Compute;

namespace GnnReRank.Tests.Running;

public sealed class ComputeOptionsTests
{
    private static readonly FeatureMatrix s_query = MadeFeatures.Clustered(300, 40, 50, seed: 1);
    private static readonly FeatureMatrix s_gallery = MadeFeatures.Clustered(900, 40, 50, seed: 2);

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
        Assert.ThrowsAny<OperationCanceledException>(() => WholeJob(options));
        Assert.DoesNotContain(finished, line => line.StartsWith(stage, StringComparison.Ordinal));
    }

    [Fact]
    public void DoesNotBeginOnceCancelled()
    {
        ComputeOptions options = new() { CancellationToken = new CancellationToken(canceled: true) };
        Assert.ThrowsAny<OperationCanceledException>(() => NeighborSearch.Build(s_query, s_gallery, 8, options));
        Assert.ThrowsAny<OperationCanceledException>(() => CosineRanker.Rank(s_query, s_gallery, null, options));
    }

    [Fact]
    public void ReportsEachStageFromNothingToAllOfItsWork()
    {
        List<StageProgress> reports = [];
        WholeJob(new ComputeOptions { Progress = new ProgressCallback(reports.Add) });

        // Processors with a kernel for int16 score its candidates again.
        Assert.Equal(
            ["Nearest neighbours pairs", "Message passing layer rows", "Ranking queries"],
            reports.Where(report => report.Stage != "Nearest neighbours, exact scores").Select(report => $"{report.Stage} {report.Unit}").Distinct());
        foreach (IGrouping<string, StageProgress> stage in reports.GroupBy(report => report.Stage))
        {
            Assert.Equal(0, stage.First().Done);
            Assert.Equal(stage.Last().Total, stage.Last().Done);
            Assert.All(stage, report => Assert.InRange(report.Done, 0, report.Total));
        }
    }

    [Fact]
    public void LogsALineAStageWithItsSizes()
    {
        List<string> lines = [];
        WholeJob(new ComputeOptions { Log = lines.Add });
        lines.RemoveAll(line => line.StartsWith("Memory:", StringComparison.Ordinal) || line.StartsWith("Device:", StringComparison.Ordinal));
        Assert.Equal(3, lines.Count);
        Assert.Matches("^Nearest neighbours: 1,200 vertices x 40, 8 neighbours each, .* threads, [0-9,]+ ms$", lines[0]);
        Assert.Matches("^Message passing: 1,200 vertices, 2 layers, .* ms$", lines[1]);
        Assert.Matches("^Ranking: 300 queries x 900 gallery rows, 900 kept, .* ms$", lines[2]);
    }

    [Fact]
    public void PassesOnAnErrorOfACallback() => Assert.Throws<InvalidTimeZoneException>(() => NeighborSearch.Build(
        s_query, s_gallery, 8, new ComputeOptions { Progress = new ProgressCallback(_ => throw new InvalidTimeZoneException()) }));

    [Theory]
    [InlineData(1000)]
    [InlineData(int.MaxValue)]
    public void TakesAnyNumberOfThreads(int threads)
    {
        Assert.InRange(new ComputeOptions { ThrottleLimit = threads }.ThreadCount, 1, 16 * Environment.ProcessorCount);
        WholeJob(new ComputeOptions { ThrottleLimit = threads });
    }

    [Fact]
    public void StopsWhileGraphMatricesAreMade()
    {
        NeighborGraph graph = NeighborSearch.Build(s_query, s_gallery, 8);
        MemoryBudget budget = new(long.MaxValue);
        Assert.Throws<OperationCanceledException>(() => GraphMatrices.Adjacency(graph, 8, budget, new ComputeOptions { CancellationToken = Cancelled }));
        Assert.Throws<OperationCanceledException>(() => GraphMatrices.Edges(
            graph, 4, 2, isMean: false, budget, new ComputeOptions { CancellationToken = Cancelled }));
    }

    [Fact]
    public void StopsWhileQueriesAreScored()
    {
        NeighborGraph graph = NeighborSearch.Build(s_query, s_gallery, 8);
        MessageRecipe recipe = new(StartNeighbors: 8, EdgeNeighbors: 4, LayerCount: 2, EdgeExponent: 2, IsResidual: true);
        using FinalLayer layer = MessagePassingStage.Run(
            graph, s_query.RowCount, recipe, new MemoryBudget(long.MaxValue), ComputeOptions.Default);
        using IQueryScorer scorer = layer.CreateScorer();
        Assert.Throws<OperationCanceledException>(() => scorer.Score(0, 8, Cancelled));
    }

    private static CancellationToken Cancelled => new(canceled: true);

    private static void WholeJob(ComputeOptions options) =>
        new GnnReRanker(new GnnReRankSettings { K1 = 8, K2 = 4 }).ReRank(NeighborSearch.Build(s_query, s_gallery, 8, options), null, options);
}
