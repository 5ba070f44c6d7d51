using System.Collections.Concurrent;
using System.Management.Automation;

namespace GnnReRank.Abstractions;

/// <summary>Carries what a worker thread reports to the pipeline thread, the only one that may write to the pipeline.</summary>
internal sealed class PipelineRelay(PSCmdlet command) : IProgress<StageProgress>
{
    // Hosts redraw for every record: five a second are enough for people and cost nothing.
    private static readonly TimeSpan s_progressInterval = TimeSpan.FromMilliseconds(200);

    // The engine checks its token far more often than this; a worker that is still busy then (in the runtime, or in the
    // operating system) is left to end by itself, so that a stop stays under 500 ms.
    private static readonly TimeSpan s_stopGrace = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentQueue<(string Text, bool IsWarning)> _lines = new();
    private readonly Lock _progressLock = new();
    private StagePace _pace = new();
    private StageProgress? _latest;
    private ProgressRecord? _shown;

    /// <summary>What the progress is of; the command's name, unless something tells more.</summary>
    public string? Activity { get; set; }

    /// <summary>Called on any thread: only the newest report is shown, and all of them say how fast it goes.</summary>
    public void Report(StageProgress value)
    {
        lock (_progressLock)
        {
            _latest = value;
            _pace.Add(value);
        }
    }

    /// <summary>Called on any thread: every line is kept, in order.</summary>
    public void Log(string line) => _lines.Enqueue((DisplayText.Of(line), false));

    /// <summary>Called on any thread: as above, for a warning.</summary>
    public void Warn(string line) => _lines.Enqueue((line, true));

    /// <summary>Passes reports on until the call has ended, and takes the progress display away: what comes after it may not come back here.</summary>
    /// <exception cref="OperationCanceledException">The pipeline is stopping.</exception>
    public void PumpUntil(Task call, CancellationToken stopping)
    {
        try
        {
            while (Task.WaitAny([call], (int)s_progressInterval.TotalMilliseconds, stopping) < 0)
            {
                WriteLines();
                WriteProgress();
            }
        }
        catch (OperationCanceledException)
        {
            Task.WaitAny([call], s_stopGrace);
            throw;
        }

        WriteLines();
        Complete();
    }

    private void WriteLines()
    {
        while (_lines.TryDequeue(out (string Text, bool IsWarning) line))
        {
            if (line.IsWarning)
            {
                command.WriteWarning(line.Text);
            }
            else
            {
                command.WriteVerbose(line.Text);
            }
        }
    }

    private ProgressRecord? TakeLatest()
    {
        lock (_progressLock)
        {
            ProgressRecord? record = _latest is not StageProgress progress ? null
                : new ProgressRecord(0, DisplayText.Of(Activity ?? command.MyInvocation.MyCommand.Name), DisplayText.Of(_pace.ToString()))
                {
                    PercentComplete = progress.Percent,
                    SecondsRemaining = _pace.Remaining is TimeSpan left ? (int)Math.Min(int.MaxValue, Math.Ceiling(left.TotalSeconds)) : -1,
                };
            _latest = null;
            return record;
        }
    }

    private void Complete()
    {
        // A report that came too late to be shown is no word on the next call.
        lock (_progressLock)
        {
            _latest = null;
            _pace = new StagePace();
        }

        if (_shown is not null)
        {
            _shown.RecordType = ProgressRecordType.Completed;
            command.WriteProgress(_shown);
            _shown = null;
        }
    }

    private void WriteProgress()
    {
        if (TakeLatest() is ProgressRecord record)
        {
            _shown = record;
            command.WriteProgress(record);
        }
    }
}
