using System.Diagnostics;
using GnnReRank.Benchmarks;
using GnnReRank.Compute.Gpu.Hardware;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>Milliseconds of some runs, the device waited for before and after each.</summary>
internal sealed record StageTimes(double Median, double Least, double Most, int Runs)
{
    /// <summary>How far the runs lie apart, for people.</summary>
    public string Spread => FormattableString.Invariant($"{Least:0.###}-{Most:0.###}, {Runs} runs");

    /// <summary>Times work: as often as asked, but no further run begins after the budget.</summary>
    /// <param name="device">The device.</param>
    /// <param name="runs">The most runs.</param>
    /// <param name="budget">The time after which no run begins.</param>
    /// <param name="work">What is timed.</param>
    /// <param name="before">What comes before each run, untimed.</param>
    public static StageTimes Of(GpuDevice device, int runs, TimeSpan budget, Action work, Action? before = null)
    {
        List<double> times = [];
        long began = Stopwatch.GetTimestamp();
        while (times.Count == 0 || (times.Count < runs && Stopwatch.GetElapsedTime(began) < budget))
        {
            before?.Invoke();
            device.Synchronize();
            long start = Stopwatch.GetTimestamp();
            work();
            device.Synchronize();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return new StageTimes(Medians.Of(times), times.Min(), times.Max(), times.Count);
    }
}
