using GnnReRank.Cluster.Stages;
using GnnReRank.Cluster.Stages.Lists;
using GnnReRank.Cluster.Stages.Near;
using GnnReRank.Compute.Cpu.Clusters;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Tests.Jobs;

/// <summary>Approximate lists made in items against those of one process, to the bit.</summary>
public sealed class NearListTests
{
    private const int Neighbors = 9;

    // One shard a side, several, queries in several; half of the rows equal, whose clusters are cut; few and many near
    // ties in int16; and memory for a few clusters at a time.
    [Theory]
    [InlineData(70, 430, 24, 1_000, 0, 1L << 30)]
    [InlineData(70, 430, 24, 128, 0, 1L << 30)]
    [InlineData(70, 430, 24, 61, 0, 60_000L)]
    [InlineData(60, 640, 24, 200, 2, 1L << 30)]
    [InlineData(60, 640, 128, 100, 2, 1L << 30)]
    [InlineData(60, 740, 128, 200, 14, 200_000L)]
    public void ListsAreThoseOfOneProcess(
        int queries, int gallery, int dimension, int shardRows, int equalEvery, long memory)
    {
        using SmallJob job = Made(queries, gallery, dimension, shardRows, equalEvery, memory);
        job.Run(ShardLists.Stage);
        NeighborGraph expected = OneProcess(job)!;
        using StageContext context = new(job.Plan, job.Directory, SmallJob.Options);
        RequireEqual(expected, context);
        Assert.Equal(expected.Approximation, NearListStages.ApproximationOf(context));
    }

    // All rows are equal, or of zeros: most meet their own cluster and the first alone, fewer than a list has.
    [Fact]
    public void RowsThatMeetTooFewAreComparedWithAll()
    {
        using SmallJob job = new(
            new DiffusionSettings(), equalEvery: 1, change: plan => plan with
            {
                NeighborCount = 60, Recall = 0.05, ShardRows = 200,
            });
        job.Run(ShardLists.Stage);
        NeighborGraph exact = NeighborSearch.Build(job.Query, job.Gallery, 60, SmallJob.Options);
        using StageContext context = new(job.Plan, job.Directory, SmallJob.Options);
        RequireEqual(exact, context);
        RequireEqual(OneProcess(job)!, context);
    }

    [Fact]
    public void ItemsInAnyOrderAndAgainLeaveTheSameFiles()
    {
        using SmallJob job = Made(70, 430, 128, 128, equalEvery: 10, memory: 200_000);
        job.Run(ShardLists.Stage);
        Dictionary<string, byte[]> first = Files(job);
        foreach (IJobStage stage in NearListStages.All)
        {
            using StageContext context = new(job.Plan, job.Directory, SmallJob.Options with { ThrottleLimit = 3 });
            for (int item = stage.CountItems(job.Plan) - 1; item >= 0; item--)
            {
                stage.Run(context, item);
            }
        }

        Dictionary<string, byte[]> second = Files(job);
        Assert.Equal(first.Keys.Order(), second.Keys.Order());
        Assert.All(first, file => Assert.True(file.Value.AsSpan().SequenceEqual(second[file.Key]), file.Key));
    }

    // A list of two thirds of the rows: their neighbours lie in every cluster, rows of zeros among them. One process
    // finds no reach and turns to all pairs; the job has its stages, and visits all clusters.
    [Fact]
    public void WhereNoReachGivesTheRecallRowsVisitAllClusters()
    {
        using SmallJob job = new(
            new DiffusionSettings(), queryCount: 30, galleryCount: 90, change: plan => plan with
            {
                NeighborCount = 80, Recall = 1, ShardRows = 50,
            });
        job.Run(ShardLists.Stage);
        Assert.Null(OneProcess(job));
        using StageContext context = new(job.Plan, job.Directory, SmallJob.Options);
        Assert.InRange(NearListStages.ApproximationOf(context).Recall, 0.97, 1);
    }

    [Fact]
    public void RowsOfZerosAloneHaveTheFirstAsNeighbors()
    {
        FeatureMatrix zeros = new(new float[60 * 4], 60, 4);
        NeighborGraph graph = ClusterStage.Run(
            null, zeros, 3, new ApproximateSearchSettings(), CpuKernels.ForThisProcessor, SmallJob.Options,
            isForced: true)!;
        Assert.Equal([0, 1, 2], graph.GetNeighbors(0));
        Assert.Equal([40, 0, 1], graph.GetNeighbors(40));
        Assert.Equal(1, graph.Approximation!.Recall);
    }

    private static SmallJob Made(
        int queries, int gallery, int dimension, int shardRows, int equalEvery, long memory) => new(
        new DiffusionSettings(), queries, gallery, dimension, equalEvery, plan => plan with
        {
            NeighborCount = Neighbors, Recall = 0.9, Seed = 3, ShardRows = shardRows, MemoryPerTask = memory,
        });

    private static NeighborGraph? OneProcess(SmallJob job) => ClusterStage.Run(
        job.Query, job.Gallery, job.Plan.NeighborCount,
        new ApproximateSearchSettings { Recall = job.Plan.Recall!.Value, Seed = job.Plan.Seed },
        CpuKernels.ForThisProcessor, SmallJob.Options, isForced: true);

    private static Dictionary<string, byte[]> Files(SmallJob job) =>
        Directory.EnumerateFiles(job.Directory.Path, "*.part", SearchOption.AllDirectories)
            .ToDictionary(path => path, File.ReadAllBytes);

    private static void RequireEqual(NeighborGraph expected, StageContext context)
    {
        ShardLists lists = new(context);
        for (int vertex = 0; vertex < expected.VertexCount; vertex++)
        {
            Assert.Equal(expected.GetNeighborSpan(vertex), lists.Neighbors(vertex));
            Assert.Equal(
                expected.GetScoreSpan(vertex).ToArray().Select(BitConverter.SingleToInt32Bits),
                lists.ScoresOf(vertex).ToArray().Select(BitConverter.SingleToInt32Bits));
        }
    }
}
