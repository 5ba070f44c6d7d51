using System.Diagnostics;

namespace GnnReRank.Benchmarks;

/// <summary>Times a call's stages by their reports of begin and end, which are finer than the lines of the log.</summary>
internal sealed class StageClock : IProgress<StageProgress>
{
    private readonly Dictionary<string, long> _started = [];
    private readonly Lock _lock = new();

    /// <summary>Seconds of each stage, in the order they ended.</summary>
    public Dictionary<string, double> Seconds { get; } = [];

    public void Report(StageProgress value)
    {
        long now = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            if (value.Done == 0)
            {
                _started[value.Stage] = now;
            }
            else if (value.Done >= value.Total)
            {
                // A stage may say more than once that all is done: the last time counts.
                double more = Stopwatch.GetElapsedTime(_started[value.Stage], now).TotalSeconds;
                Seconds[value.Stage] = Seconds.GetValueOrDefault(value.Stage) + more;
                _started[value.Stage] = now;
            }
        }
    }
}
