using System.Collections.Concurrent;
using System.Management.Automation;

namespace GnnReRank.Abstractions;

/// <summary>Carries what a worker thread reports to the pipeline thread, the only one that may write to the pipeline.</summary>
internal sealed class PipelineRelay(PSCmdlet command) : IProgress<StageProgress>
{
    // Hosts redraw for every record: five a second are enough for people and cost nothing.
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(200);

    // The engine checks its token far more often than this; a worker that is still busy then (in the runtime, or in the
    // operating system) is left to end by itself, so that a stop stays under 500 ms.
    private static readonly TimeSpan StopGrace = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentQueue<(string Text, bool IsWarning)> _lines = new();
    private readonly Lock _progressLock = new();
    private StageProgress? _latest;
    private ProgressRecord? _shown;

    /// <summary>Called on any thread: only the newest report is kept.</summary>
    public void Report(StageProgress value)
    {
        lock (_progressLock)
        {
            _latest = value;
        }
    }

    /// <summary>Called on any thread: every line is kept, in order.</summary>
    public void Log(string line) => _lines.Enqueue((line, false));

    /// <summary>Called on any thread: as above, for a warning.</summary>
    public void Warn(string line) => _lines.Enqueue((line, true));

    /// <summary>Passes reports on until the call has ended, and takes the progress display away: what comes after it may not come back here.</summary>
    /// <exception cref="OperationCanceledException">The pipeline is stopping.</exception>
    public void PumpUntil(Task call, CancellationToken stopping)
    {
        try
        {
            while (Task.WaitAny([call], (int)ProgressInterval.TotalMilliseconds, stopping) < 0)
            {
                WriteLines();
                WriteProgress();
            }
        }
        catch (OperationCanceledException)
        {
            Task.WaitAny([call], StopGrace);
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

    private StageProgress? TakeLatest()
    {
        lock (_progressLock)
        {
            StageProgress? taken = _latest;
            _latest = null;
            return taken;
        }
    }

    private void Complete()
    {
        // A report that came too late to be shown is no word on the next call.
        TakeLatest();
        if (_shown is not null)
        {
            _shown.RecordType = ProgressRecordType.Completed;
            command.WriteProgress(_shown);
            _shown = null;
        }
    }

    private void WriteProgress()
    {
        if (TakeLatest() is StageProgress progress)
        {
            _shown = new ProgressRecord(0, command.MyInvocation.MyCommand.Name, progress.Stage)
            {
                PercentComplete = progress.Percent,
            };
            command.WriteProgress(_shown);
        }
    }
}
