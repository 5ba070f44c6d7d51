using GnnReRank.Cluster.Plans;

namespace GnnReRank.Cluster.Stages;

/// <summary>
/// A step of a job that is cut in items. An item reads what earlier stages left, and writes its own part files alone, so
/// it may run twice, or on two machines at once.
/// </summary>
internal interface IJobStage
{
    /// <summary>Short and lower case: the folder of its part files, and what marks, logs and people call it.</summary>
    string Name { get; }

    /// <summary>The number of its items, which the plan alone tells.</summary>
    int CountItems(JobPlan plan);

    /// <summary>What its largest item needs.</summary>
    ItemEstimate Estimate(JobPlan plan);

    /// <summary>Runs an item.</summary>
    /// <exception cref="GnnReRankException">What it reads is broken or missing, or does not fit in memory.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    void Run(StageContext context, int item);
}
