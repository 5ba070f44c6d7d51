using System.Diagnostics;

namespace GnnReRank.Compute;

/// <summary>Counts a stage's work over all threads, reports it at most five times a second, and logs a line at the end.</summary>
internal sealed class StageReporter
{
    private const int ReportsPerSecond = 5;

    private readonly string _stage;
    private readonly long _total;
    private readonly string _unit;
    private readonly ComputeOptions _options;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Lock _reporting = new();
    private long _lastReport;
    private long _done;

    /// <param name="stage">The stage's name.</param>
    /// <param name="total">All of its work.</param>
    /// <param name="unit">What is counted.</param>
    /// <param name="options">Who is told.</param>
    public StageReporter(string stage, long total, string unit, ComputeOptions options)
    {
        _stage = stage;
        _total = total;
        _unit = unit;
        _options = options;
        _lastReport = _started;
        options.CancellationToken.ThrowIfCancellationRequested();
        options.Progress?.Report(new StageProgress(stage, 0, total, unit));
    }

    /// <summary>Adds finished work; safe from any thread.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public void Advance(long work)
    {
        long done = Interlocked.Add(ref _done, work);
        if (_options.Progress is not null && _reporting.TryEnter())
        {
            try
            {
                ReportIfDue(done);
            }
            finally
            {
                _reporting.Exit();
            }
        }

        _options.CancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Reports the stage as done.</summary>
    public void Complete() => _options.Progress?.Report(new StageProgress(_stage, _total, _total, _unit));

    /// <summary>Reports the stage as done and logs its sizes and time.</summary>
    public void Complete(string sizes)
    {
        Complete();
        double milliseconds = Stopwatch.GetElapsedTime(_started).TotalMilliseconds;
        _options.Log?.Invoke(FormattableString.Invariant($"{_stage}: {sizes}, {milliseconds:N0} ms"));
    }

    private void ReportIfDue(long done)
    {
        long now = Stopwatch.GetTimestamp();
        if (now - _lastReport >= Stopwatch.Frequency / ReportsPerSecond)
        {
            _lastReport = now;
            _options.Progress!.Report(new StageProgress(_stage, done, _total, _unit));
        }
    }
}
