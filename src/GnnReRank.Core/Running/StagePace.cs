namespace GnnReRank;

/// <summary>Makes of the reports of a call how fast its stage goes and how long it will take; from one thread at a time.</summary>
/// <param name="clock">What the time is taken from; null takes the system's.</param>
public sealed class StagePace(TimeProvider? clock = null)
{
    // Before this, a rate says more of how the stage began than of how it will go on.
    private static readonly TimeSpan s_firstEstimate = TimeSpan.FromSeconds(1);

    // The rate is that of the last seconds: caches fill, other programs come and go.
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(0.25);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly Queue<(long Time, long Done)> _passed = new();
    private StageProgress _latest;
    private long _time;
    private long _lastPassed;

    /// <summary>Units a second, of late; null where it is too early to say.</summary>
    public double? PerSecond
    {
        get
        {
            if (!_passed.TryPeek(out (long Time, long Done) first))
            {
                return null;
            }

            TimeSpan elapsed = _clock.GetElapsedTime(first.Time, _time);
            return elapsed >= s_firstEstimate && _latest.Done > first.Done ? (_latest.Done - first.Done) / elapsed.TotalSeconds : null;
        }
    }

    /// <summary>The time left that was reported, or else to the stage's end at this pace; null where it is not known.</summary>
    public TimeSpan? Remaining => _latest.Remaining is TimeSpan known ? known
        : PerSecond is double rate && _latest.Total > 0
        ? TimeSpan.FromSeconds(Math.Max(0, _latest.Total - _latest.Done) / rate)
        : null;

    /// <summary>Takes a report of the call; another stage, or the same from its start, begins anew.</summary>
    public void Add(StageProgress report)
    {
        _time = _clock.GetTimestamp();
        if (report.Stage != _latest.Stage || report.Unit != _latest.Unit || report.Total != _latest.Total || report.Done < _latest.Done)
        {
            _passed.Clear();
        }

        _latest = report;
        if (_passed.Count == 0 || _clock.GetElapsedTime(_lastPassed, _time) >= s_step)
        {
            _passed.Enqueue((_time, report.Done));
            _lastPassed = _time;
        }

        while (_passed.Count > 1 && _clock.GetElapsedTime(_passed.Peek().Time, _time) > s_window)
        {
            _passed.Dequeue();
        }
    }

    /// <summary>Stage, amount and pace, such as "Ranking: 1,200 of 3,368 queries, 350 a second".</summary>
    public override string ToString() => PerSecond is double rate ? $"{_latest}, {_latest.Rate(rate)}" : $"{_latest}";
}
