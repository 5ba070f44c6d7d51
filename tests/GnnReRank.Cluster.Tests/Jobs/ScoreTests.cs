using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Planning;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;
using GnnReRank.Cluster.Stages.Scores;
using GnnReRank.Cluster.Stages.Walks;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Tests.Jobs;

/// <summary>Rankings made in items against those of one process, to the bit.</summary>
public sealed class ScoreTests
{
    public static TheoryData<MethodSettings, int, int, int> Jobs => new()
    {
        { new DiffusionSettings(), 128, 30, 50 },
        { new DiffusionSettings { DistanceWeight = 0 }, 128, 30, 50 },
        { new DiffusionSettings { DistanceWeight = 0, Steps = 2 }, 110, 25, 430 },
        { new DiffusionSettings { Restart = 0.4, Steps = 3, Neighbors = 9, ScaleNeighbors = 5 }, 61, 70, 50 },
        { new DiffusionSettings { Restart = 1, Steps = 1, Neighbors = 1, ScaleNeighbors = 1, Floor = 3 }, 500, 69, 1 },
        { new DiffusionSettings { Restart = 0, Steps = 5 }, 150, 41, 430 },
        { new GnnReRankSettings { K1 = 9, K2 = 4 }, 128, 30, 50 },
        { new GnnReRankSettings { K1 = 9, K2 = 4, Layers = 3, Lambda = 0.3 }, 61, 17, 430 },
        { new GnnReRankSettings { K1 = 9, K2 = 4, Variant = GnnVariant.Reference }, 200, 70, 50 },
        { new GnnReRankSettings { K1 = 9, K2 = 1, Variant = GnnVariant.Reference, Lambda = 0 }, 128, 30, 430 },
        { new CosineSettings(), 128, 30, 50 },
        { new CosineSettings(), 200, 33, 430 },
    };

    [Theory]
    [MemberData(nameof(Jobs))]
    public void RankingsAreThoseOfOneProcess(MethodSettings settings, int shardRows, int queriesPerItem, int top)
    {
        using SmallJob job = new(
            settings, change: plan => plan with { ShardRows = shardRows, QueriesPerItem = queriesPerItem, Top = top });
        job.RunAfterLists();
        RequireRanking(job, settings);
    }

    [Fact]
    public void AWholeJobGivesTheRankingOfOneProcess()
    {
        using SmallJob job = new(new DiffusionSettings(), change: plan => plan with { ShardRows = 200 });
        job.Run();
        RequireRanking(job, new DiffusionSettings());
    }

    [Fact]
    public void ShardsOfOneRowDo()
    {
        DiffusionSettings settings = new() { Neighbors = 3, ScaleNeighbors = 6 };
        using SmallJob job = new(
            settings, queryCount: 18, galleryCount: 20,
            change: plan => plan with { ShardRows = 1, QueriesPerItem = 1, Top = 20 });
        job.RunAfterLists();
        RequireRanking(job, settings);
    }

    [Fact]
    public void LittleMemoryTakesMorePassesForTheSame()
    {
        // Room for a thread, and 16 queries a pass of the 70.
        DiffusionSettings settings = new();
        using SmallJob job = new(
            settings, change: plan => plan with { QueriesPerItem = 70, MemoryPerTask = 540_000 });
        ScoreMemory memory = new(
            job.Plan, ScoreMemory.ShapeOf(job.Plan, 0), threads: 2, CpuKernels.ForThisProcessor);
        Assert.Equal(1, memory.Room.Threads);
        Assert.InRange(memory.Ranking.QueriesAtATime, 16, 69);
        job.RunAfterLists();
        RequireRanking(job, settings);
    }

    [Fact]
    public void TooLittleMemoryIsSaidWithNumbers()
    {
        using SmallJob job = new(new DiffusionSettings(), change: plan => plan with { MemoryPerTask = 200_000 });
        job.RunAfterLists(WalkParts.ValuesStage);
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => job.Run(new ScoreStage()));
        Assert.Equal("TaskMemoryTooSmall", error.ErrorId);
        Assert.Contains("500 rows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheMatrixIsThatOfItsLists()
    {
        DiffusionSettings settings = new() { Neighbors = 4, ScaleNeighbors = 7, Restart = 0.25 };
        using SmallJob job = new(
            settings, queryCount: 30, galleryCount: 90, change: plan => plan with { ShardRows = 25 });
        job.RunAfterLists(WalkParts.ValuesStage);
        double[,] expected = DenseWalk.Of(
            NeighborSearch.Build(job.Query, job.Gallery, 8, SmallJob.Options), settings, job.Query.RowCount);
        using StageContext context = new(job.Plan, job.Directory, SmallJob.Options);
        double[,] found = DenseWalk.Read(new MappedWalkRows(context), job.Plan.VertexCount);
        for (int row = 0; row < job.Plan.VertexCount; row++)
        {
            for (int column = 0; column < job.Plan.VertexCount; column++)
            {
                Assert.Equal(expected[row, column], found[row, column], 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(WalkParts.EdgesStage, "rows")]
    [InlineData(WalkParts.RowsStage, "values")]
    [InlineData(WalkParts.RowsStage, "score")]
    [InlineData(WalkParts.ValuesStage, "score")]
    [InlineData(ScoreParts.Stage, "final")]
    public void APartCutShortIsSaid(string stage, string next)
    {
        using SmallJob job = new(new DiffusionSettings());
        IJobStage reader = StageList.Find(job.Plan, next);
        job.RunAfterLists(last: StageList.Of(job.Plan).TakeWhile(before => before.Name != next).Last().Name);
        string path = job.Directory.Part(stage, 1);
        using (FileStream stream = File.OpenWrite(path))
        {
            stream.SetLength(stream.Length / 2);
        }

        GnnReRankException error = Assert.Throws<GnnReRankException>(() => job.Run(reader));
        Assert.Equal("JobFileCutShort", error.ErrorId);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        File.Delete(path);
        Assert.Equal("JobFileMissing", Assert.Throws<GnnReRankException>(() => job.Run(reader)).ErrorId);
    }

    [Fact]
    public void AnImpossibleRowIsFound()
    {
        using SmallJob job = new(new CosineSettings(), change: plan => plan with { Top = 2 });
        job.RunAfterLists(ScoreParts.Stage);
        using (PartFileWriter writer = new(job.Directory.Part(ScoreParts.Stage, 0), job.Plan.Id))
        {
            writer.Append<int>(ScoreParts.Indices, [.. Enumerable.Repeat(430, 60)]);
            writer.Append<float>(ScoreParts.Scores, new float[60]);
            writer.Commit();
        }

        GnnReRankException error = Assert.Throws<GnnReRankException>(() => job.Run(new FinalStage()));
        Assert.Equal("JobFileBroken", error.ErrorId);
        Assert.Contains("gallery row 430", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheDigestDoesNotDependOnTheItems()
    {
        Assert.Equal(DigestOf(queriesPerItem: 70), DigestOf(queriesPerItem: 13));
    }

    private static unsafe ulong[] DigestOf(int queriesPerItem)
    {
        using SmallJob job = new(new CosineSettings(), change: plan => plan with { QueriesPerItem = queriesPerItem });
        job.RunAfterLists();
        using StageContext context = new(job.Plan, job.Directory, SmallJob.Options);
        ulong* digest = context.Part(FinalParts.Stage, 0).Pointer<ulong>(FinalParts.Digest, 2);
        return [digest[0], digest[1]];
    }

    private static unsafe void RequireRanking(SmallJob job, MethodSettings settings)
    {
        JobPlan plan = job.Plan;
        Ranking expected = settings.CreateReRanker().ReRank(job.Query, job.Gallery, plan.Top, SmallJob.Options);
        using StageContext context = new(plan, job.Directory, SmallJob.Options);
        for (int item = 0; item < ScoreParts.CountItems(plan); item++)
        {
            (int first, int end) = ScoreParts.QueriesOf(plan, item);
            PartFile part = context.Part(ScoreParts.Stage, item);
            int* indices = ScoreParts.IndicesOf(plan, part, item);
            float* scores = ScoreParts.ScoresOf(plan, part, item);
            for (int query = first; query < end; query++)
            {
                int place = (query - first) * plan.Top;
                Assert.Equal(expected.GetIndices(query), new ReadOnlySpan<int>(indices + place, plan.Top).ToArray());
                Assert.Equal(
                    expected.GetScores(query).Select(BitConverter.SingleToInt32Bits),
                    new ReadOnlySpan<float>(scores + place, plan.Top).ToArray().Select(BitConverter.SingleToInt32Bits));
            }
        }
    }
}
