using System.Globalization;
using System.Text.RegularExpressions;
using GnnReRank.Cluster.Planning;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;
using GnnReRank.Cluster.Stages.Lists;
using GnnReRank.Cluster.Stages.Scores;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Tests.Plans;

/// <summary>Sizes of large plans, of which no file is read.</summary>
public sealed class PlanFitTests
{
    private const int ManyRows = 100_000_000;

    [Theory]
    [InlineData(100_000, 64, 391)]
    [InlineData(1_000, 64, 16)]
    [InlineData(10, 64, 10)]
    public void AnItemScoresAGroupOfQueriesAtLeast(int queries, int tasks, int expected) =>
        Assert.Equal(expected, ScoreItems.Usual(queries, tasks));

    [Fact]
    public void QueriesAreNotCutFinerThanAGroup()
    {
        // Keeping all gallery rows, 400 queries take 300 GB, and 16 take more than there is still.
        JobPlan plan = Large(new CosineSettings()) with { Top = ManyRows, QueriesPerItem = 400 };
        Assert.Equal(16, ScoreItems.Fit(plan).QueriesPerItem);
        Assert.Equal(400, ScoreItems.Fit(plan with { Top = 100 }).QueriesPerItem);
    }

    [Fact]
    public void OneNoteHasTheNumbersThatMakeAllStagesFit()
    {
        JobPlan plan = Large(new DiffusionSettings { Neighbors = 30 }) with
        {
            ShardRows = ManyRows, MemoryPerTask = 32L << 30,
        };
        Assert.True(PlanFit.TooLarge(plan).Count > 1);
        string note = Assert.Single(
            PlanNotes.Of(plan), note => note.Contains("-ShardSize", StringComparison.Ordinal));
        Assert.All(
            PlanFit.TooLarge(plan), stage => Assert.Contains($"{stage.Stage} (", note, StringComparison.Ordinal));
        int rows = Number(note, "-ShardSize ([0-9]+)");
        int gigabytes = Number(note, "-MemoryPerTask ([0-9]+)GB");
        Assert.Empty(PlanFit.TooLarge(plan with { ShardRows = rows }));
        Assert.NotEmpty(PlanFit.TooLarge(plan with { ShardRows = (int)(1.2 * rows) }));
        Assert.Empty(PlanFit.TooLarge(plan with { MemoryPerTask = (long)gigabytes << 30 }));
        Assert.NotEmpty(PlanFit.TooLarge(plan with { MemoryPerTask = (gigabytes - 1L) << 30 }));
        Assert.True(PlanFit.ItemsOfShards(plan, rows) <= 10_000);
    }

    [Fact]
    public void WhereNoShardSizeFitsMoreMemoryIsTold()
    {
        // Shards of this size make 9,900 items: half of it would make four times as many.
        JobPlan plan = Large(new DiffusionSettings()) with { ShardRows = 720_000, MemoryPerTask = 1L << 30 };
        string note = Assert.Single(
            PlanNotes.Of(plan), note => note.Contains("No shard size", StringComparison.Ordinal));
        Assert.Empty(PlanFit.TooLarge(
            plan with { MemoryPerTask = (long)Number(note, "-MemoryPerTask ([0-9]+)GB") << 30 }));
    }

    [Fact]
    public void WhatCannotRunIsRefusedWithTheMemoryThatDoes()
    {
        JobPlan plan = Large(new DiffusionSettings());
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => PlanChecks.RequireMemory(plan));
        Assert.Equal("TaskMemoryTooSmall", error.ErrorId);
        Assert.Contains("stage score", error.Message, StringComparison.Ordinal);
        int gigabytes = Number(error.Message, "-MemoryPerTask ([0-9]+)GB");
        JobPlan enough = plan with { MemoryPerTask = (long)gigabytes << 30, ThreadsPerTask = 1 };
        PlanChecks.RequireMemory(enough);
        new ScoreMemory(enough, ScoreMemory.ShapeOf(enough, 0), 1, CpuKernels.ForThisProcessor).Require();
        Assert.Throws<GnnReRankException>(
            () => PlanChecks.RequireMemory(plan with { MemoryPerTask = (gigabytes - 1L) << 30 }));
    }

    [Fact]
    public void FewQueriesAPassAreNotedWithTheMemoryForMore()
    {
        JobPlan plan = Large(new CosineSettings());
        string note = Assert.Single(
            PlanNotes.Of(plan), note => note.Contains("share a pass", StringComparison.Ordinal));
        int gigabytes = Number(note, "-MemoryPerTask ([0-9]+)GB");
        Assert.True(ScorePasses.Of(plan).QueriesAtATime < 64);
        Assert.True(ScorePasses.Of(plan with { MemoryPerTask = (long)gigabytes << 30 }).QueriesAtATime >= 64);
    }

    [Fact]
    public void TooManyItemsAreRefusedWithTheLeastShardSize()
    {
        // 50 rows a shard: 1 + 1,400 shards, and 1,401 x 1,402 / 2 pairs; 49 give 1 + 1,429, and 1,023,165 pairs.
        JobPlan plan = Of(new DiffusionSettings(), 4, 70_000) with { ShardRows = 1 };
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => PlanChecks.RequireItems(plan));
        Assert.Equal("TooManyItems", error.ErrorId);
        Assert.Contains("-ShardSize 50,", error.Message, StringComparison.Ordinal);
        Assert.Equal(982_101, PlanFit.ItemsOfShards(plan, 50));
        PlanChecks.RequireItems(plan with { ShardRows = 50 });

        JobPlan queries = Of(new CosineSettings(), 3_000_000, 10) with { QueriesPerItem = 1 };
        error = Assert.Throws<GnnReRankException>(() => PlanChecks.RequireItems(queries));
        Assert.Contains("-QueriesPerItem 3,", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TimeHasProductsFilesAndStarts()
    {
        JobPlan plan = Of(new CosineSettings(), 10, 10) with
        {
            Tasks = 3, ThreadsPerTask = 4, SecondsPerOperation = 1e-9,
        };
        ItemEstimate item = new(0, 1_500_000_000, 500_000_000, 8e9);

        // Each of 5 items: 8 s on 4 threads, and 2 GB at 1 GB/s; 3 processes.
        Assert.Equal((5 * (2 + 2)) + (3 * 0.3), StageNeeds.Seconds(plan, item, 5), 1e-9);
        Assert.Equal(0.3, StageNeeds.Seconds(plan, default, 1), 1e-9);
    }

    [Fact]
    public void HalvesAreReadAndWrittenAsHalves()
    {
        JobPlan plan = Of(new CosineSettings(), 10, 1000) with { ElementBytes = 2 };
        ItemEstimate item = new ImportStage().Estimate(plan);
        Assert.Equal(1000 * 256 * 2, item.ReadBytes);
        Assert.Equal((1000 * 256 * 2) + (1000 * 4), item.WrittenBytes);
    }

    [Fact]
    public void NotesTellOfThreadsNeighboursAndHubs()
    {
        Assert.Equal(
            (true, true, false),
            Told(Of(new DiffusionSettings(), 10, 90_000) with { ThreadsPerTask = 0, Recall = 0.9 }));
        Assert.Equal((false, false, false), Told(Of(new DiffusionSettings(), 10, 90_000)));
        Assert.Equal(
            (false, false, true),
            Told(Of(new GnnReRankSettings { K1 = 20 }, 10, 2_000_000) with { Recall = 0.9 }));

        static (bool Threads, bool Neighbors, bool Hubs) Told(JobPlan plan)
        {
            string notes = string.Join(' ', PlanNotes.Of(plan));
            return (Has("for Slurm"), Has("keeps to clusters"), Has("hubs"));

            bool Has(string text) => notes.Contains(text, StringComparison.Ordinal);
        }
    }

    private static int Number(string text, string pattern)
    {
        Match match = Regex.Match(text, pattern);
        Assert.True(match.Success, text);
        return int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static JobPlan Large(MethodSettings settings) => Of(settings, 100_000, ManyRows);

    private static JobPlan Of(MethodSettings settings, int queries, int gallery) => new()
    {
        Version = "test",
        Id = "test",
        Query = new SourcePlan(["query.npy"], [queries]),
        Gallery = new SourcePlan(["gallery.npy"], [gallery]),
        Dimension = 256,
        SettingsPack = JobPlan.Pack(settings),
        Method = settings.ToString(),
        Top = Math.Min(100, gallery),
        NeighborCount = settings.CreateReRanker(null).NeighborCount,
        ShardRows = 1_000_000,
        QueriesPerItem = Math.Min(391, queries),
        Tasks = 64,
        ThreadsPerTask = 2,
        MemoryPerTask = 16L << 30,
        Worker = ["none"],
    };
}
