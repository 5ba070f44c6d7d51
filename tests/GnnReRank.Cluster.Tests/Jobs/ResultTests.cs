using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Marks;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Results;
using GnnReRank.Cluster.Stages;
using GnnReRank.Cluster.Stages.Scores;
using GnnReRank.Compute.Cpu.Clusters;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Tests.Jobs;

/// <summary>Rankings as they are taken out of a job that is done.</summary>
public sealed class ResultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheRankingIsThatOfOneProcess()
    {
        DiffusionSettings settings = new();
        using SmallJob job = Done(settings);
        Ranking expected = new DiffusionReRanker(settings).ReRank(job.Query, job.Gallery, 50, SmallJob.Options);

        // 1 and 4 shards: a matrix that stays mapped, and one that is put together.
        Ranking own = Receive(job);
        RequireSame(expected, own);
        RequireSameRows(job.Query, own.Query);
        RequireSameRows(job.Gallery, own.Gallery);
        Assert.Equal((FeatureRole.Query, FeatureRole.Gallery), (own.Query.Role, own.Gallery.Role));
        Assert.Equal(settings, own.Settings);

        Ranking given = Receive(job, job.Query, job.Gallery);
        RequireSame(expected, given);
        Assert.Same(job.Query, given.Query);
        Assert.Same(job.Gallery, given.Gallery);
    }

    [Fact]
    public void AnApproximateGraphIsSaid()
    {
        using SmallJob job = new(
            new CosineSettings(),
            change: plan => plan with { Recall = 0.9, Seed = 3, NeighborCount = 9, QueriesPerItem = 70 });
        job.Run();
        MarkDone(job);
        GraphApproximation one = ClusterStage.Run(
            job.Query, job.Gallery, 9, new ApproximateSearchSettings { Recall = 0.9, Seed = 3 },
            CpuKernels.ForThisProcessor, SmallJob.Options, isForced: true)!.Approximation!;
        Assert.Equal(one, Receive(job).Settings.Approximation);
    }

    [Fact]
    public void AJobThatIsNotDoneHasNoRanking()
    {
        using SmallJob job = Done(new CosineSettings());
        File.Delete(job.Directory.Done("final", 0));
        Assert.Equal("JobNotDone", Assert.Throws<GnnReRankException>(() => Receive(job)).ErrorId);
        Assert.Equal("JobNotDone", Assert.Throws<GnnReRankException>(() => Export(job, "lists")).ErrorId);
    }

    [Fact]
    public void OtherMatricesAreRefused()
    {
        using SmallJob job = Done(new CosineSettings());
        Refused(job.Gallery, null, "430 x 24", "70 x 24");
        Refused(null, job.Query, "70 x 24", "430 x 24");
        int[] order = [.. Enumerable.Range(0, 70)];
        (order[0], order[40]) = (40, 0);
        Refused(FeatureMatrix.FromRows([.. order.Select(job.Query.GetRow)]), null, "Row 0");
        float[][] rows = [.. Enumerable.Range(0, 430).Select(job.Gallery.GetRow)];
        rows[429][3] += 1;
        Refused(null, FeatureMatrix.FromRows(rows), "Row 429");

        void Refused(FeatureMatrix? query, FeatureMatrix? gallery, params string[] said)
        {
            GnnReRankException error = Assert.Throws<GnnReRankException>(() => Receive(job, query, gallery));
            Assert.Equal("JobMatrixMismatch", error.ErrorId);
            Assert.All(said, words => Assert.Contains(words, error.Message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void AMatrixThatIsTooLargeIsSaid()
    {
        using SmallJob job = new(new CosineSettings());
        JobPlan plan = job.Plan with
        {
            Gallery = new SourcePlan(job.Plan.Gallery.Paths, [100_000_000]), ShardRows = 40_000_000,
        };
        using StageContext context = new(plan, job.Directory, SmallJob.Options);
        GnnReRankException error =
            Assert.Throws<GnnReRankException>(() => JobMatrices.Of(context, isQuery: false, given: null));
        Assert.Equal("JobMatrixTooLarge", error.ErrorId);
        Assert.Contains("100,000,000 x 24", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatChangedOrIsCutShortIsFound()
    {
        using SmallJob job = Done(new CosineSettings());
        string path = job.Directory.Part(ScoreParts.Stage, 1);
        using (FileStream stream = new(path, FileMode.Open, FileAccess.ReadWrite))
        {
            stream.Position = PartHeader.Alignment;
            int first = stream.ReadByte();
            stream.Position = PartHeader.Alignment;
            stream.WriteByte((byte)(first ^ 1));
        }

        Assert.Equal("JobFileBroken", Assert.Throws<GnnReRankException>(() => Receive(job)).ErrorId);
        Assert.Equal("JobFileBroken", Assert.Throws<GnnReRankException>(() => Export(job, "lists")).ErrorId);
        Assert.Equal("JobFileBroken", Assert.Throws<GnnReRankException>(() => job.Run(new FinalStage())).ErrorId);
        Assert.False(Directory.Exists(_folder["lists"]));
        using (FileStream stream = File.OpenWrite(path))
        {
            stream.SetLength(stream.Length / 2);
        }

        Assert.Equal("JobFileCutShort", Assert.Throws<GnnReRankException>(() => Receive(job)).ErrorId);
        Assert.Equal("JobFileCutShort", Assert.Throws<GnnReRankException>(() => Export(job, "lists")).ErrorId);
    }

    [Fact]
    public void FilesHaveTheListsOfTheirQueries()
    {
        using SmallJob job = Done(new DiffusionSettings());
        Ranking expected = Receive(job);
        IReadOnlyList<string> paths = Export(job, "lists");
        string[] names = ["ranking-00000.parquet", "ranking-00001.parquet", "ranking-00002.parquet"];
        Assert.Equal(names, paths.Select(Path.GetFileName));
        Assert.Equal(paths, Directory.GetFiles(_folder["lists"]).Order(StringComparer.Ordinal));
        for (int item = 0; item < paths.Count; item++)
        {
            // What reads runs finds the queries by their numbers, and no list of the others.
            Ranking read = RankingFile.Read(paths[item], job.Query, job.Gallery);
            for (int query = 0; query < 70; query++)
            {
                bool isHere = query / 30 == item;
                Assert.Equal(isHere ? expected.GetIndices(query) : [], read.GetIndices(query));
                Assert.Equal(isHere ? expected.GetScores(query) : [], read.GetScores(query));
            }
        }

        GnnReRankException error = Assert.Throws<GnnReRankException>(() => Export(job, "lists"));
        Assert.Equal("ExportFolderTaken", error.ErrorId);
    }

    private static SmallJob Done(MethodSettings settings)
    {
        SmallJob job = new(settings);
        job.RunAfterLists();
        MarkDone(job);
        return job;
    }

    private static void MarkDone(SmallJob job)
    {
        Directory.CreateDirectory(job.Directory.In("done"));
        ItemMarks.Write(
            job.Directory.Done(FinalParts.Stage, 0), new DoneMark(job.Plan.Id, "host", 1, 1, 1, 1),
            MarkJson.Default.DoneMark);
    }

    private static Ranking Receive(SmallJob job, FeatureMatrix? query = null, FeatureMatrix? gallery = null) =>
        ClusterResults.Receive(job.Plan, job.Directory, query, gallery, SmallJob.Options);

    private IReadOnlyList<string> Export(SmallJob job, string folder) =>
        ClusterResults.Export(job.Plan, job.Directory, _folder[folder], SmallJob.Options);

    private static void RequireSame(Ranking expected, Ranking found)
    {
        Assert.Equal((70, 430, 50), (found.QueryCount, found.GalleryCount, found.Depth));
        for (int query = 0; query < expected.QueryCount; query++)
        {
            Assert.Equal(expected.GetIndices(query), found.GetIndices(query));
            Assert.Equal(
                expected.GetScores(query).Select(BitConverter.SingleToInt32Bits),
                found.GetScores(query).Select(BitConverter.SingleToInt32Bits));
        }
    }

    private static void RequireSameRows(FeatureMatrix expected, FeatureMatrix found)
    {
        for (int row = 0; row < expected.RowCount; row++)
        {
            Assert.Equal(expected.GetRow(row), found.GetRow(row));
        }
    }
}
