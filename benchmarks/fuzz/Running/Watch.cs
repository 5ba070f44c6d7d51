using System.Diagnostics;
using System.Management.Automation;

namespace GnnReRank.Fuzz.Running;

/// <summary>Stops a call that takes too long, as Ctrl+C does, and ends the process where even that does not help.</summary>
internal sealed class Watch
{
    public const int StuckExit = 86;

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly PowerShell _shell;
    private long _deadline = long.MaxValue;
    private long _stopped;

    public Watch(PowerShell shell)
    {
        _shell = shell;
        new Thread(Look) { IsBackground = true, Priority = ThreadPriority.AboveNormal }.Start();
    }

    /// <summary>How long the call went on after it was stopped; null where it ended by itself.</summary>
    public TimeSpan? StopTime { get; private set; }

    public void Begin(TimeSpan limit)
    {
        Volatile.Write(ref _stopped, 0);
        Volatile.Write(ref _deadline, Stopwatch.GetTimestamp() + (long)(limit.TotalSeconds * Stopwatch.Frequency));
    }

    public void End()
    {
        Volatile.Write(ref _deadline, long.MaxValue);
        long stopped = Interlocked.Exchange(ref _stopped, 0);
        StopTime = stopped == 0 ? null : Stopwatch.GetElapsedTime(stopped);
    }

    private void Look()
    {
        while (true)
        {
            Thread.Sleep(s_interval);
            if (Stopwatch.GetTimestamp() < Volatile.Read(ref _deadline))
            {
                continue;
            }

            long since = Stopwatch.GetTimestamp();
            Volatile.Write(ref _deadline, long.MaxValue);
            Volatile.Write(ref _stopped, since);
            _shell.BeginStop(null, null);
            while (Volatile.Read(ref _stopped) != 0)
            {
                Thread.Sleep(s_interval);
                if (Stopwatch.GetElapsedTime(since) > s_patience)
                {
                    Environment.Exit(StuckExit);
                }
            }
        }
    }
}
