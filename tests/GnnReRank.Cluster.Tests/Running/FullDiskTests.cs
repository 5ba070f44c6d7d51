using System.Diagnostics;
using GnnReRank.Cluster.Marks;
using GnnReRank.Cluster.Running;
using GnnReRank.Tests.Jobs;

namespace GnnReRank.Tests.Running;

/// <summary>Jobs on a disk of some pages, where the system lets one be mounted.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly SmallJob _small = new(new CosineSettings());

    private string Disk => _small.Directory.Path;

    public void Dispose()
    {
        // What is mapped lets the disk go when its memory is collected.
        Ask("umount", "--lazy", Disk);
        _small.Dispose();
    }

    [Fact]
    public void AFullDiskIsSaidAndLosesNothing()
    {
        Mount("size=64k");
        ReRankClusterJob job = ReRankClusterJob.Create(Disk, PlannedJob.OptionsOf(_small, new CosineSettings()));
        Assert.Equal(ExitCodes.Again, Run("import"));
        int done = job.GetStatus().Done;
        Assert.InRange(done, 1, 4);
        Assert.Empty(Directory.GetFiles(Disk, "*.tmp", SearchOption.AllDirectories));

        Assert.True(Ask("mount", "-o", "remount,size=16m", Disk));
        Assert.Equal(ExitCodes.Done, Run("import"));
        Assert.Equal(ExitCodes.Done, Run("score"));
        Assert.Equal(ExitCodes.Done, Run("final"));
        Assert.Equal(ClusterJobState.Completed, job.GetStatus().State);
        PlannedJob.RequireSameBits(job, _small, new CosineSettings());
    }

    [Fact]
    public void APlanThatDoesNotFitOnTheDiskLeavesNothing()
    {
        Mount("nr_inodes=1");
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => ReRankClusterJob.Create(Disk, PlannedJob.OptionsOf(_small, new CosineSettings())));
        Assert.Equal("JobDirectoryNotWritable", error.ErrorId);
        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Disk));
    }

    [Theory]
    [InlineData("remount,nr_inodes=2", "No space left")]
    [InlineData("remount,ro", "Read-only file system")]
    public void ADiskThatTakesNothingIsNamedByStartAndStop(string options, string why)
    {
        Mount("size=1m");
        ReRankClusterJob job = ReRankClusterJob.Create(Disk, PlannedJob.OptionsOf(_small, new CosineSettings()));
        Assert.True(Ask("mount", "-o", options, Disk));
        foreach (Action call in new Action[] { () => job.Start(new ClusterStartOptions()), job.Stop })
        {
            GnnReRankException error = Assert.Throws<GnnReRankException>(call);
            Assert.Equal("JobDirectoryNotUsable", error.ErrorId);
            Assert.Contains(why, error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(ClusterJobState.Planned, job.GetStatus().State);
    }

    [Fact]
    public void ALocalJobThatEndedOnAFullDiskSaysSo()
    {
        Mount("size=64k");
        ReRankClusterJob job = ReRankClusterJob.Create(Disk, PlannedJob.OptionsOf(_small, new CosineSettings()));
        StartRecord record = new()
        {
            Id = job.Id,
            Options = new ClusterStartOptions { Engine = ClusterEngine.Local },
            Host = Environment.MachineName,
        };
        ItemMarks.Write(
            Path.Combine(Disk, "start.json"), record with { ProcessId = int.MaxValue }, MarkJson.Default.StartRecord);
        Assert.Equal(ExitCodes.Again, Run("import"));
        ClusterJobStatus status = job.GetStatus();
        Assert.Equal(ClusterJobState.Stopped, status.State);
        Assert.Contains("No space is left", status.Note, StringComparison.Ordinal);
        Assert.Contains("then resume", status.Note, StringComparison.Ordinal);
    }

    private int Run(string stage) =>
        WorkerProgram.Run(["run", "--job", Disk, "--stage", stage, "--element", "0", "--elements", "1"]);

    private void Mount(string options)
    {
        Directory.CreateDirectory(Disk);
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Ask("mount", "-t", "tmpfs", "-o", options, "none", Disk),
            "No disk can be mounted here.");
    }

    private static bool Ask(string program, params string[] words)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        using Process process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
