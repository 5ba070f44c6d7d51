using GnnReRank.Cluster.Planning;
using GnnReRank.Cluster.Plans;
using GnnReRank.Tests.Jobs;
using GnnReRank.Tests.Running;

namespace GnnReRank.Tests.Plans;

public sealed class PlanMakerTests : IDisposable
{
    private readonly SmallJob _small = new(new DiffusionSettings());
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _small.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void APlanHoldsWhatWasAskedAndComesBackFromItsFile()
    {
        float[] values = [.. Enumerable.Range(1, 4_000 * 24).Select(value => value % 97f)];
        FeatureFile.Write(_folder["more.npy"], [new FeatureMatrix(values, 4_000, 24)]);
        JobPlan made = PlanMaker.Make(Options(new DiffusionSettings { ScaleNeighbors = 9 }) with
        {
            Gallery = [_folder["more.npy"], _small.Plan.Query.Paths[0]],
            Top = 10_000,
            QueriesPerItem = null,
            Tasks = 3,
            Approximation = new ApproximateSearchSettings { Recall = 0.9, Seed = 5 },
        });
        Assert.Equal([4000, 70], made.Gallery.RowCounts);
        Assert.Equal((70, 24, 4070, 10), (made.Query.RowCount, made.Dimension, made.Top, made.NeighborCount));
        Assert.Equal((0.9, 5), (made.Recall, made.Seed));
        Assert.Equal(9, ((DiffusionSettings)made.ReadSettings()).ScaleNeighbors);
        Assert.Equal(16, made.QueriesPerItem);
        Assert.InRange(made.SecondsPerOperation, 1e-13, 1e-6);
        Assert.True(File.Exists(made.Worker[0]));
        Assert.True(File.Exists(made.Worker[1]));

        JobDirectory directory = new(_folder["a", "job"]);
        NewJobFolder.Write(directory, made);
        JobPlan read = PlanFile.Read(directory);
        Assert.Equivalent(made, read, strict: true);
    }

    [Fact]
    public void CountsAreFittedToTheRows()
    {
        JobPlan made = PlanMaker.Make(Options(new GnnReRankSettings { K1 = 900, K2 = 700 }));
        Assert.Equal(500, made.NeighborCount);
        Assert.Equal(0, PlanMaker.Make(Options(new CosineSettings())).NeighborCount);
        Assert.Null(PlanMaker.Make(Options(new DiffusionSettings()) with
        {
            Approximation = new ApproximateSearchSettings { Recall = 1 },
        }).Recall);
    }

    public static TheoryData<string, string> Unsupported => new()
    {
        { "cameras", "UseCamera" }, { "automatic", "-K1 and -K2" }, { "centred", "Convert-FeatureMatrix" },
        { "single", "New-ReRankIndex" }, { "other", "Choose Diffusion, GNN or Cosine" },
    };

    [Theory]
    [MemberData(nameof(Unsupported))]
    public void WhatAJobDoesNotComputeIsRefused(string what, string advice)
    {
        MethodSettings settings = what switch
        {
            "cameras" => new DiffusionSettings { UseCameras = true },
            "automatic" => new GnnReRankSettings { IsAutomatic = true },
            "centred" => new DiffusionSettings { CenterCamera = true },
            "single" => new DiffusionSettings { QueryMode = QueryMode.Independent },
            _ => new QueryExpansionSettings(),
        };
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => PlanMaker.Make(Options(settings)));
        Assert.Equal("MethodNotForCluster", error.ErrorId);
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersAndFilesThatDoNotFitAreRefused()
    {
        ClusterJobOptions options = Options(new CosineSettings());
        FeatureFile.Write(_folder["narrow.npy"], [new FeatureMatrix([1, 2, 3, 4], 2, 2)]);
        Refuse("DimensionMismatch", options with { Gallery = [_small.Plan.Gallery.Paths[0], _folder["narrow.npy"]] });
        Refuse("FileNotFound", options with { Query = [_folder["none.npy"]] });
        Refuse("NoSourceFile", options with { Query = [] });
        Refuse("InvalidJobNumber", options with { Tasks = 0 });
        Refuse("InvalidJobNumber", options with { ShardSize = 0 });
        Refuse("InvalidJobNumber", options with { Top = 0 });
        Refuse("InvalidDevice", options with { Device = "Toaster" });
        Refuse("InvalidJobMemory", options with { MemoryPerTask = 1 });
        Refuse("InvalidRecall", options with { Approximation = new ApproximateSearchSettings { Recall = 2 } });
    }

    [Fact]
    public void ASourceCutShortIsRefusedAndHalvesAreSeen()
    {
        ClusterJobOptions options = Options(new CosineSettings());
        Assert.Equal(4, PlanMaker.Make(options).ElementBytes);
        FeatureMatrix halves = FeatureMatrix.Adopt(
            _small.Gallery.Storage.As(FeatureElementType.Float16), null, null, null, FeatureRole.None, null, null);
        FeatureFile.Write(_folder["half.npy"], [halves]);
        Assert.Equal(2, PlanMaker.Make(options with { Query = [_folder["half.npy"]], Gallery = [_folder["half.npy"]] })
            .ElementBytes);
        using (FileStream stream = File.OpenWrite(_folder["half.npy"]))
        {
            stream.SetLength(stream.Length - 1);
        }

        Refuse("CorruptFile", options with { Gallery = [_folder["half.npy"]] });
    }

    [Fact]
    public void ADirectoryIsOneJobsAlone()
    {
        ClusterJobOptions options = Options(new CosineSettings());
        ReRankClusterJob job = ReRankClusterJob.Create(_folder["job"], options);
        Assert.Equal(job.Id, ReRankClusterJob.Open(_folder["job"]).Id);
        Assert.Contains("has a job in it", Taken(_folder["job"]), StringComparison.Ordinal);
        Directory.CreateDirectory(_folder["full"]);
        File.WriteAllText(_folder["full", "thesis.tex"], "mine");
        Assert.Contains("other files", Taken(_folder["full"]), StringComparison.Ordinal);
        Assert.Equal(["thesis.tex"], Directory.GetFiles(_folder["full"]).Select(Path.GetFileName));
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => ReRankClusterJob.Open(_folder["full"]));
        Assert.Equal("JobNotFound", error.ErrorId);

        string Taken(string path)
        {
            GnnReRankException error = Assert.Throws<GnnReRankException>(() => ReRankClusterJob.Create(path, options));
            Assert.Equal("JobDirectoryTaken", error.ErrorId);
            return error.Message;
        }
    }

    [Fact]
    public void WhereNothingCanBeWrittenNothingIsLeft()
    {
        File.WriteAllText(_folder["file"], "no folder");
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => ReRankClusterJob.Create(_folder["file", "job"], Options(new CosineSettings())));
        Assert.Equal("JobDirectoryNotWritable", error.ErrorId);
        Assert.Equal(["file"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void DotNetIsSoughtOnThePathInItsRootAndAsThisProgram()
    {
        string name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        Directory.CreateDirectory(_folder["one"]);
        Directory.CreateDirectory(_folder["two"]);
        File.WriteAllText(_folder["two", name], string.Empty);
        string path = $"{_folder["none"]}{Path.PathSeparator}{_folder["one"]}";
        string longer = $"{path}{Path.PathSeparator}{_folder["two"]}";
        Assert.Equal(_folder["two", name], WorkerCommand.FindHost(longer, null, null));
        Assert.Equal(_folder["two", name], WorkerCommand.FindHost(path, _folder["two"], null));
        Assert.Equal(_folder["two", name], WorkerCommand.FindHost(path, null, _folder["two", name]));
        Assert.Null(WorkerCommand.FindHost(path, null, _folder["two", "pwsh"]));
        Assert.Null(WorkerCommand.FindHost(null, null, null));
    }

    private ClusterJobOptions Options(MethodSettings settings) => PlannedJob.OptionsOf(_small, settings);

    private static void Refuse(string errorId, ClusterJobOptions options) =>
        Assert.Equal(errorId, Assert.Throws<GnnReRankException>(() => PlanMaker.Make(options)).ErrorId);
}
