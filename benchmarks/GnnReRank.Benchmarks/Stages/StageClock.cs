using System.Diagnostics;

namespace GnnReRank.Benchmarks;

/// <summary>Times a call's stages by their reports of begin and end, which are finer than the lines of the log.</summary>
internal sealed class StageClock : IProgress<StageProgress>
{
    private readonly Dictionary<string, (long Time, TimeSpan Cpu)> _started = [];
    private readonly Lock _lock = new();

    /// <summary>Seconds of each stage, in the order they ended.</summary>
    public Dictionary<string, double> Seconds { get; } = [];

    /// <summary>Processor seconds of the whole process in each stage.</summary>
    public Dictionary<string, double> CpuSeconds { get; } = [];

    public void Report(StageProgress value)
    {
        (long Time, TimeSpan Cpu) now = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        lock (_lock)
        {
            if (value.Done == 0)
            {
                _started[value.Stage] = now;
            }
            else if (value.Done >= value.Total)
            {
                // A stage may say more than once that all is done: the last time counts.
                (long time, TimeSpan cpu) = _started[value.Stage];
                Seconds[value.Stage] = Seconds.GetValueOrDefault(value.Stage) + Stopwatch.GetElapsedTime(time, now.Time).TotalSeconds;
                CpuSeconds[value.Stage] = CpuSeconds.GetValueOrDefault(value.Stage) + (now.Cpu - cpu).TotalSeconds;
                _started[value.Stage] = now;
            }
        }
    }
}
