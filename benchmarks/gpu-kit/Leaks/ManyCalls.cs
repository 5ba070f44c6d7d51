using System.Globalization;
using GnnReRank.GpuKit.Cuda;
using GnnReRank.GpuKit.Running;
using GnnReRank.Tests.Compute;
using GnnReRank.Tests.Compute.Gpu.Driver;

namespace GnnReRank.GpuKit.Leaks;

/// <summary>A hundred calls, and what is free before and after.</summary>
internal sealed class ManyCalls(KitContext context, int step)
{
    private const int UsualCalls = 100;

    // Memory that the engine keeps for its next call is steady after a few.
    private const int WarmCalls = 5;

    private const long Allowance = 4 << 20;
    private const double Mebi = 1024 * 1024;

    public void Run()
    {
        // A driver that is played is some thousand times slower than any.
        int calls = DriverSetUp.IsThere ? 2 : UsualCalls;
        int scale = context.IsSmall ? 1 : 20;
        FeatureMatrix query = MadeFeatures.Clustered(20 * scale, 32, 6, seed: 1);
        FeatureMatrix gallery = MadeFeatures.Clustered(90 * scale, 32, 6, seed: 2);
        GnnReRanker reRanker = new(new GnnReRankSettings { K1 = 8, K2 = 4 }, context.Backend);
        Call(WarmCalls);
        (long managed, long? device) = (GC.GetTotalMemory(forceFullCollection: true), FreeOnDevice());
        Call(calls);
        long grown = GC.GetTotalMemory(forceFullCollection: true) - managed;
        Add(
            $"managed memory after {calls} calls", grown <= Allowance, grown / Mebi,
            string.Create(CultureInfo.InvariantCulture, $"grown by {grown:N0} bytes; at most {Allowance:N0} are allowed"));
        if (device is long before && FreeOnDevice() is long after)
        {
            Add(
                $"device memory after {calls} calls", after >= before - Allowance, (before - after) / Mebi,
                string.Create(CultureInfo.InvariantCulture, $"{before:N0} bytes were free before, {after:N0} after"));
        }

        void Call(int times)
        {
            for (int call = 0; call < times; call++)
            {
                _ = reRanker.ReRank(query, gallery);
                NeighborGraph graph = NeighborSearch.Build(query, gallery, 8, null, context.Backend);
                _ = reRanker.ReRank(graph, 5);
            }
        }
    }

    private long? FreeOnDevice()
    {
        if (context.Emulates)
        {
            return null;
        }

        lock (context.Device.Gate)
        {
            context.Device.Accelerator.Bind();
            CudaDriver.Check(CudaDriver.GetMemory(out nuint free, out _), "The memory");
            return (long)free;
        }
    }

    private void Add(string what, bool passes, double mebi, string note) => context.Report.Add(
        new KitLine(step, what, passes ? KitVerdict.Passed : KitVerdict.Failed, mebi, "MiB", Note: note));
}
