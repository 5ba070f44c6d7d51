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

    /// <summary>The median of the wall seconds.</summary>
    public double Wall => Medians.Of(_wall);

    /// <summary>The median of the processor seconds.</summary>
    public double Cpu => Medians.Of(_cpu);

    public override string ToString() => $"{name,-28}{Wall,10:0.000}{Cpu,10:0.000}";
}
