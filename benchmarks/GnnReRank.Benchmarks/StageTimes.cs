using System.Diagnostics;

namespace GnnReRank.Benchmarks;

/// <summary>Wall and processor seconds of a stage, run by run.</summary>
internal sealed class StageTimes(string name)
{
    private readonly List<double> _wall = [];
    private readonly List<double> _cpu = [];

    public T Time<T>(Func<T> stage)
    {
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        T result = stage();
        _wall.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        _cpu.Add((Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
        return result;
    }

    public override string ToString() => $"{name,-28}{Median(_wall),10:0.000}{Median(_cpu),10:0.000}";

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
