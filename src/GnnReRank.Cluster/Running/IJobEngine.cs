using GnnReRank.Cluster.Marks;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;

namespace GnnReRank.Cluster.Running;

/// <summary>What runs a job's tasks.</summary>
internal interface IJobEngine
{
    /// <summary>Starts the stages that are left, and leaves a <see cref="StartRecord"/>.</summary>
    /// <exception cref="GnnReRankException">It cannot.</exception>
    void Start(JobPlan plan, JobDirectory directory, IReadOnlyList<IJobStage> stages, ClusterStartOptions options);

    EngineState Ask(JobPlan plan, JobDirectory directory, StartRecord record);

    /// <summary>Ends all tasks.</summary>
    /// <exception cref="GnnReRankException">It cannot.</exception>
    void Stop(JobPlan plan, JobDirectory directory, StartRecord record);
}
