using System.Management.Automation;

namespace GnnReRank.Shell.Execution;

/// <summary>Ctrl+C stops the pipeline that runs; a second one, while that is still stopping, ends the program.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly Lock _lock = new();
    private PowerShell? _running;
    private volatile bool _stopping;

    /// <summary>Whether the pipeline that began last was stopped. The pipeline itself may still say that it is running.</summary>
    public bool IsStopping => _stopping;

    public Interruption() => Console.CancelKeyPress += OnCancelKeyPress;

    public void Begin(PowerShell pipeline)
    {
        lock (_lock)
        {
            _running = pipeline;
            _stopping = false;
        }
    }

    public void End()
    {
        lock (_lock)
        {
            _running = null;
            _stopping = false;
        }
    }

    public void Dispose() => Console.CancelKeyPress -= OnCancelKeyPress;

    private void OnCancelKeyPress(object? sender, ConsoleCancelEventArgs arguments)
    {
        lock (_lock)
        {
            arguments.Cancel = !_stopping;
            if (_running is not null && !_stopping)
            {
                _stopping = true;
                _running.BeginStop(null, null);
            }
        }
    }
}
