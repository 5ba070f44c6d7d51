using System.Diagnostics;
using GnnReRank.Cluster.Marks;
using GnnReRank.Cluster.Planning;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Running;
using GnnReRank.Cluster.Stages;
using GnnReRank.Tests.Jobs;

namespace GnnReRank.Tests.Running;

public sealed class SlurmScriptsTests
{
    private static readonly ClusterStartOptions s_options = new()
    {
        Partition = "long",
        Account = "re-id",
        TimeLimit = new TimeSpan(1, 2, 3, 4),
        Gres = "gpu:1",
        SbatchArguments = ["--constraint=avx512", "--comment=two words"],
    };

    public static bool HasBash => File.Exists("/bin/bash");

    [Fact]
    public void AScriptSaysWhatItsStageNeeds()
    {
        using PlannedJob job = new(new DiffusionSettings());
        IReadOnlyDictionary<string, string> scripts = job.Job.GetScripts(s_options);
        Assert.Equal(job.Job.GetStatus().Stages.Select(stage => $"{stage.Stage}.sh"), scripts.Keys);
        Assert.False(Directory.Exists(job.Directory.Scripts));
        string[] expected =
        [
            $"#SBATCH --job-name=gnnrerank-{job.Job.Id}-pairs", "#SBATCH --array=0-1", "#SBATCH --requeue",
            "#SBATCH --kill-on-invalid-dep=yes", "#SBATCH --cpus-per-task=1", "#SBATCH --mem=256M",
            "#SBATCH --time=1-02:03:04", "#SBATCH --partition=long", "#SBATCH --account=re-id", "#SBATCH --gres=gpu:1",
            $"#SBATCH --output={job.Directory.Logs}/pairs-%a.log",
            "#SBATCH --constraint=avx512 \"--comment=two words\"",
        ];
        Assert.Equal(expected, expected.Intersect(scripts["pairs.sh"].Split('\n')));
        Assert.DoesNotContain("--gres", scripts["score.sh"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, 2, 1001, 2)]
    [InlineData(5, 16, 1001, 5)]
    [InlineData(5, 16, 3, 3)]
    public void AnArrayIsNoLongerThanItemsTasksAndWhatSlurmTakes(int items, int tasks, int most, int elements)
    {
        using SmallJob job = new(new CosineSettings());
        IJobStage import = StageList.Of(job.Plan)[0];
        Assert.Equal(items, import.CountItems(job.Plan));
        Assert.Equal(elements, SlurmScripts.ElementsOf(job.Plan with { Tasks = tasks }, import, most));
    }

    [Theory]
    [InlineData("--array=0")]
    [InlineData("-a0")]
    [InlineData("-a")]
    [InlineData("--job-name=mine")]
    [InlineData("--dependency=singleton")]
    public void WhatAJobSetsItselfIsRefused(string word)
    {
        using PlannedJob job = new(new CosineSettings());
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => job.Job.GetScripts(new ClusterStartOptions { SbatchArguments = ["--account=x", word] }));
        Assert.Equal("SlurmWordTaken", error.ErrorId);
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheMostMemoryIsNotNegative()
    {
        using SmallJob job = new(new CosineSettings());
        JobPlan plan = job.Plan with { MemoryPerTask = long.MaxValue };
        Assert.Contains("--mem=8796093022208M\n", SlurmScripts.Of(
            plan, job.Directory, StageList.Of(plan)[0], 1001, new ClusterStartOptions()), StringComparison.Ordinal);
    }

    /// <summary>Programs that say what they were given: a number in start.json may be another's job by now.</summary>
    [Fact(Skip = "It needs bash.", SkipUnless = nameof(HasBash))]
    public void AStopCancelsOnlyWhatBearsTheNameOfTheJob()
    {
        using PlannedJob job = new(new CosineSettings());
        using TemporaryFolder folder = new();
        Program(folder["squeue"], $"[ -e '{folder["asked"]}' ] || echo '12|RUNNING|None'");
        Program(folder["scancel"], $"echo \"$*\" >> '{folder["asked"]}'");
        ReRankClusterJob here = new(job.Plan, job.Directory, new SlurmCommands(folder.Path));

        // As in a copy of a directory whose job runs.
        Assert.Equal("JobRuns", Assert.Throws<GnnReRankException>(() => here.Start(new())).ErrorId);
        ItemMarks.Write(
            job.Directory.StartFile,
            new StartRecord
            {
                Id = job.Plan.Id, Options = new ClusterStartOptions(), Host = "here", SlurmJobs = ["12", "99"],
            },
            MarkJson.Default.StartRecord);
        here.Stop();
        Assert.Equal("12", File.ReadAllText(folder["asked"]).Trim());
    }

    private static void Program(string path, string commands)
    {
        File.WriteAllText(path, $"#!/bin/bash\n{commands}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void ALineBreakInAWordIsRefused()
    {
        using PlannedJob job = new(new CosineSettings());
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => job.Job.GetScripts(new ClusterStartOptions { Partition = "a\n#SBATCH --uid=0" }));
        Assert.Equal("SlurmWordBroken", error.ErrorId);
    }

    /// <summary>Bash, with a worker and a scontrol that say what they were given.</summary>
    [Theory(Skip = "It needs bash.", SkipUnless = nameof(HasBash))]
    [InlineData(0, "", 0, "")]
    [InlineData(65, "", 65, "")]
    [InlineData(69, "1", 69, "")]
    [InlineData(75, "", 75, "requeue 12_1")]
    [InlineData(137, "2", 137, "requeue 12_1")]
    [InlineData(137, "3", 137, "")]
    public void AScriptRequeuesWhatMayBeTriedAgain(int workerCode, string restarts, int code, string asked)
    {
        using TemporaryFolder folder = new();
        using SmallJob small = new(new CosineSettings());
        string directory = folder["it's a $job"];
        string worker = folder["worker's.sh"];
        File.WriteAllText(worker, $"printf '%s|' \"$@\" > '{folder["words"]}'; exit {workerCode}");
        File.WriteAllText(folder["scontrol"], $"#!/bin/bash\necho \"$*\" > '{folder["asked"]}'");
        File.WriteAllText(folder["sleep"], "#!/bin/bash\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder["scontrol"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
            File.SetUnixFileMode(folder["sleep"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        JobPlan plan = small.Plan with { Worker = ["/bin/bash", worker] };
        File.WriteAllText(folder["script.sh"], SlurmScripts.Of(
            plan, new JobDirectory(directory), StageList.Of(plan)[0], 1001, new ClusterStartOptions()));
        ProcessStartInfo start = new("/bin/bash", [folder["script.sh"]]);
        start.Environment["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["SLURM_ARRAY_JOB_ID"] = "12";
        start.Environment["SLURM_ARRAY_TASK_ID"] = "1";
        start.Environment["SLURM_RESTART_COUNT"] = restarts;
        using Process bash = Process.Start(start)!;
        bash.WaitForExit();
        Assert.Equal(code, bash.ExitCode);
        Assert.Equal(
            $"run|--job|{directory}|--id|test|--stage|import|--element|1|--elements|2|",
            File.ReadAllText(folder["words"]));
        Assert.Equal(asked, File.Exists(folder["asked"]) ? File.ReadAllText(folder["asked"]).Trim() : string.Empty);
    }

    [Fact]
    public void WithoutSlurmTheErrorSaysSo()
    {
        using PlannedJob job = new(new CosineSettings());
        ReRankClusterJob elsewhere = new(job.Plan, job.Directory, new SlurmCommands(job.Directory.In("nothing")));
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => elsewhere.Start(new ClusterStartOptions()));
        Assert.Equal("SlurmMissing", error.ErrorId);
        Assert.Equal(ClusterJobState.Planned, elsewhere.GetStatus().State);
        Assert.NotEmpty(elsewhere.GetScripts(new ClusterStartOptions()));
    }
}
