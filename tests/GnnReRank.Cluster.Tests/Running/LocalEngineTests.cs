using GnnReRank.Cluster.Running;

namespace GnnReRank.Tests.Running;

public sealed class LocalEngineTests
{
    private static readonly ClusterStartOptions s_here = new() { Engine = ClusterEngine.Local, LocalTasks = 2 };

    [Fact]
    public void AJobIsTheSameBitsAsOneProcess()
    {
        using PlannedJob job = new(new DiffusionSettings());
        Assert.Equal(ClusterJobState.Planned, job.Job.GetStatus().State);
        job.Job.Start(s_here);
        ClusterJobStatus status = job.Job.Wait();
        Assert.Empty(status.Failures);
        Assert.Equal(ClusterJobState.Completed, status.State);
    }
}
