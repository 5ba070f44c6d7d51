using GnnReRank.Cluster.Plans;

namespace GnnReRank.Cluster.Stages;

/// <summary>How a task's memory is shared between the program and the item that it runs.</summary>
internal static class TaskMemory
{
    /// <summary>What a worker holds before it does anything: the runtime, its code, its buffers.</summary>
    public const long ProgramBytes = 50 << 20;

    /// <summary>What an item may plan with.</summary>
    public static long ForItems(JobPlan plan) =>
        Math.Max(plan.MemoryPerTask - ProgramBytes, plan.MemoryPerTask / 2);

    /// <summary>The bytes of a process that runs an item.</summary>
    public static long Of(ItemEstimate item) => item.MemoryBytes + ProgramBytes;
}
