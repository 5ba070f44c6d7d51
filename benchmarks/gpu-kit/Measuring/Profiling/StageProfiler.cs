using System.Diagnostics;
using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.GpuKit.Running;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>Where the time of one stage goes, kernel by kernel, at Market's shape.</summary>
internal sealed class StageProfiler : IKitProfiler
{
    private const string Job = "job";
    private const int Runs = 5;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    /// <summary>What can be looked at: a stage, or a whole job.</summary>
    public static IReadOnlyList<string> StageNames { get; } =
        ["upload", "search", "messages", "scores", "cosines", "order", Job];

    public void Run(KitContext context, string stage)
    {
        StepLines lines = new(context, 0, s_limit);
        if (StageNames.Contains(stage))
        {
            lines.Try($"profile of {stage}", () => Profile(lines, stage));
        }
        else
        {
            lines.Skip($"profile of {stage}", $"there is no such stage: {string.Join(", ", StageNames)}");
        }
    }

    private static void Profile(StepLines lines, string stage)
    {
        GpuDevice device = lines.Context.Device;
        KitShape shape = lines.Context.IsSmall ? KitShape.Market.Tiny() : KitShape.Market;
        JobFeatures features = JobFeatures.Of(shape);
        lock (device.Gate)
        {
            device.Accelerator.Bind();
            using StageBench bench = new(device, features);

            // Each stage stands on those before it, and a first run compiles.
            foreach (Action each in bench.Stages.Values)
            {
                each();
            }

            WholeJobs jobs = new(lines, features);
            Action work = stage == Job ? () => jobs.Rank("Paper", ComputePrecision.Exact, null) : bench.Stages[stage];
            work();
            using KernelClock clock = new();
            long began = Stopwatch.GetTimestamp();
            device.Observer = clock;
            try
            {
                for (int run = 0; run < Runs; run++)
                {
                    work();
                }

                device.Synchronize();
            }
            finally
            {
                device.Observer = null;
            }

            Tell(lines, stage, clock.Read(device), Stopwatch.GetElapsedTime(began).TotalMilliseconds / Runs);
        }
    }

    private static void Tell(StepLines lines, string stage, IReadOnlyList<KernelLaunch> launches, double wall)
    {
        double all = launches.Sum(launch => launch.Milliseconds) / Runs;
        foreach (IGrouping<string, KernelLaunch> kernel in launches
            .GroupBy(launch => launch.Kernel)
            .OrderByDescending(kernel => kernel.Sum(launch => launch.Milliseconds)))
        {
            double time = kernel.Sum(launch => launch.Milliseconds) / Runs;
            double count = kernel.Count() / (double)Runs;
            double groups = kernel.Average(launch => (double)launch.Groups);
            lines.Number($"{stage}: {kernel.Key}", time, "ms", FormattableString.Invariant(
                $"{100 * time / all:0.0} %, {count:0.#} launches of {groups:N0} x {kernel.First().GroupSize} threads"));
        }

        lines.Number($"{stage}: all kernels", all, "ms", FormattableString.Invariant(
            $"{wall - all:0.000} ms of {wall:0.000} in copies, waits and the host"));
    }
}
