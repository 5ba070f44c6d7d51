using System.Diagnostics;
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
        Ask("umount", Disk);
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
