using GnnReRank.Cluster.Marks;
using GnnReRank.Cluster.Running;
using GnnReRank.Tests.Jobs;

namespace GnnReRank.Tests.Running;

/// <summary>The worker's exit codes, as Slurm's scripts and the coordinator read them.</summary>
public sealed class WorkerProgramTests : IDisposable
{
    private readonly SmallJob _small = new(new CosineSettings());

    public void Dispose() => _small.Dispose();

    [Theory]
    [InlineData(64, "fly")]
    [InlineData(64, "run --job X")]
    [InlineData(64, "run --job X --stage import --element -1 --elements 1")]
    [InlineData(75, "run --job X --stage import --element 0 --elements 1")]
    [InlineData(0, "--version")]
    public void WordsThatAreNoneAreRefused(int code, string words) =>
        Assert.Equal(
            code, WorkerProgram.Run(words.Replace("X", _small.Directory.Path, StringComparison.Ordinal).Split(' ')));

    [Theory]
    [InlineData("\"version\": \"0.1.0\"", "\"version\": \"0.0.9\"", 69, "version 0.0.9, format 1")]
    [InlineData("\"format\": 1", "\"format\": 2", 69, "version 0.1.0, format 2")]
    [InlineData("\"kernel\": null", "\"kernel\": \"1024-bit\"", 69, "asks for 1024-bit vectors")]
    [InlineData("\"dimension\": 24", "\"dimension\": \"many\"", 65, "plan.json' is broken")]
    public void AWorkerOfAnotherPlanRefusesAndSaysWhy(string written, string changed, int code, string message)
    {
        ReRankClusterJob job = ReRankClusterJob.Create(
            _small.Directory.Path, PlannedJob.OptionsOf(_small, new CosineSettings()));
        string plan = File.ReadAllText(_small.Directory.Plan);
        Assert.Contains(written, plan, StringComparison.Ordinal);
        File.WriteAllText(_small.Directory.Plan, plan.Replace(written, changed, StringComparison.Ordinal));
        Assert.Equal(code, Run("import", element: 1, elements: 2));
        FailedMark mark = new ItemMarks(_small.Directory, job.Id).Failed("import", 1)!;
        Assert.True(mark.IsPermanent);
        Assert.Contains(message, mark.Message, StringComparison.Ordinal);
        ClusterJobFailure failure = Assert.Single(job.GetStatus().Failures);
        Assert.Equal(("import", 1), (failure.Stage, failure.Item));
    }

    [Fact]
    public void AWorkerRunsOfItsOwnJobOnly()
    {
        _ = ReRankClusterJob.Create(_small.Directory.Path, PlannedJob.OptionsOf(_small, new CosineSettings()));
        Assert.Equal(69, Run("import", 0, 1, "--id", "000000000000"));
        Assert.False(Directory.Exists(_small.Directory.In("failed")));
        Assert.Equal(75, WorkerProgram.Run(
            ["coordinate", "--job", _small.Directory.Path, "--id", "000000000000", "--tasks", "1"]));
        Assert.False(File.Exists(_small.Directory.StartFile));
        Assert.Equal(65, Run("flight", 0, 1));
        Assert.Equal(0, Run("import", 0, 1));
    }

    private int Run(string stage, int element, int elements, params string[] more) => WorkerProgram.Run(
        [
            "run", "--job", _small.Directory.Path, "--stage", stage, "--element", $"{element}",
            "--elements", $"{elements}", .. more,
        ]);
}
