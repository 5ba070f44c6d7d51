using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;

namespace GnnReRank.Cluster.Planning;

/// <summary>How long the items of a stage take, guessed.</summary>
internal static class StageNeeds
{
    // A worker that starts the runtime, and reads the plan: measured on a local disk.
    private const double StartSeconds = 0.3;

    // What one task gets of a shared file system: networks of 10 Gbit/s and parallel file systems do about that.
    private const double BytesPerSecond = 1e9;

    /// <summary>Threads that a task of the plan is taken to have.</summary>
    public static int Threads(JobPlan plan) =>
        plan.ThreadsPerTask > 0 ? plan.ThreadsPerTask : Environment.ProcessorCount;

    /// <summary>
    /// The seconds of all items, one after the other: products, reads and writes, and the starts of the processes that
    /// share them.
    /// </summary>
    /// <param name="plan">The job.</param>
    /// <param name="item">What an item takes.</param>
    /// <param name="items">Items.</param>
    public static double Seconds(JobPlan plan, ItemEstimate item, int items)
    {
        double products = item.Operations * plan.SecondsPerOperation / Threads(plan);
        double files = ((double)item.ReadBytes + item.WrittenBytes) / BytesPerSecond;
        return (items * (products + files)) + (Math.Min(items, plan.Tasks) * StartSeconds);
    }
}
