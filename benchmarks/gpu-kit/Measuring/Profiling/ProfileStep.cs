using System.Diagnostics;
using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.GpuKit.Running;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>Where the time of one stage goes, kernel by kernel, at Market's shape.</summary>
/// <param name="stage">One of <see cref="StageNames"/>.</param>
internal sealed class ProfileStep(string stage) : IKitStep
{
    private const string Job = "job";
    private const int Runs = 5;

    /// <summary>What can be looked at: a stage, or a whole job.</summary>
    public static IReadOnlyList<string> StageNames { get; } =
        ["upload", "search", "messages", "scores", "cosines", "order", Job];

    public int Number => 7;

    public string Name => $"profile of {stage}";

    public TimeSpan Limit { get; } = TimeSpan.FromMinutes(3);

    public void Run(KitContext context)
    {
        StepLines lines = new(context, this);
        lines.Try(Name, () => Profile(lines));
    }

    private void Profile(StepLines lines)
    {
        GpuDevice device = lines.Context.Device;
        KitShape shape = lines.Context.Emulates ? KitShape.Market.Tiny() : KitShape.Market;
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

            Tell(lines, clock.Read(device), Stopwatch.GetElapsedTime(began).TotalMilliseconds / Runs);
        }
    }

    private void Tell(StepLines lines, IReadOnlyList<KernelLaunch> launches, double wall)
    {
        double all = launches.Sum(launch => launch.Milliseconds) / Runs;
        foreach (IGrouping<string, KernelLaunch> kernel in launches
            .GroupBy(launch => launch.Kernel)
            .OrderByDescending(kernel => kernel.Sum(launch => launch.Milliseconds)))
        {
            double time = kernel.Sum(launch => launch.Milliseconds) / Runs;
            double count = kernel.Count() / (double)Runs;
            double groups = kernel.Average(launch => (double)launch.Groups);
            lines.Number(
                $"{stage}: {kernel.Key}", time, "ms",
                FormattableString.Invariant($"{100 * time / all:0.0} %, {count:0.#} launches of {groups:N0} x {kernel.First().GroupSize} threads"));
        }

        lines.Number($"{stage}: all kernels", all, "ms", FormattableString.Invariant(
            $"{wall - all:0.000} ms of {wall:0.000} in copies, waits and the host"));
    }
}
