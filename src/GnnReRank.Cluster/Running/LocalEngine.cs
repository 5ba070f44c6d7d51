using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using GnnReRank.Cluster.Marks;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;

namespace GnnReRank.Cluster.Running;

/// <summary>Runs a job's tasks on this machine, by a process that outlives this one.</summary>
internal sealed class LocalEngine : IJobEngine
{
    // A start is told in ticks since the system's own, whose time is measured anew by each process that asks.
    private static readonly TimeSpan s_startTolerance = TimeSpan.FromSeconds(2);

    /// <summary>When a process started; null where it is gone.</summary>
    public static DateTime? StartOf(int processId)
    {
        try
        {
            using Process process = Process.GetProcessById(processId);
            return process.HasExited ? null : process.StartTime.ToUniversalTime();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Tasks at a time.</summary>
    public static int TasksOf(JobPlan plan, ClusterStartOptions options) => options.LocalTasks > 0
        ? options.LocalTasks
        : Math.Clamp(Environment.ProcessorCount / Math.Max(1, plan.ThreadsPerTask), 1, plan.Tasks);

    public void Start(
        JobPlan plan, JobDirectory directory, IReadOnlyList<IJobStage> stages, ClusterStartOptions options)
    {
        string[] words =
        [
            .. plan.Worker.Skip(1), WorkerArguments.CoordinateVerb, WorkerArguments.Job, directory.Path,
            WorkerArguments.Id, plan.Id,
            WorkerArguments.Tasks, TasksOf(plan, options).ToString(CultureInfo.InvariantCulture),
        ];
        using Process coordinator = new()
        {
            StartInfo = new ProcessStartInfo(plan.Worker[0], words)
            {
                UseShellExecute = false,
                CreateNoWindow = true,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        try
        {
            coordinator.Start();
        }
        catch (Win32Exception fault)
        {
            throw EngineErrors.WorkerNotStarted(plan.Worker[0], fault);
        }

        // It says one line when it has taken over; nothing is read of it afterwards, and it writes nothing more.
        if (coordinator.StandardOutput.ReadLine() != Coordinator.Ready)
        {
            string said = coordinator.StandardError.ReadToEnd();
            coordinator.WaitForExit();
            throw EngineErrors.WorkerEnded(plan.Worker, coordinator.ExitCode, said);
        }
    }

    public EngineState Ask(JobPlan plan, JobDirectory directory, StartRecord record)
    {
        if (record.IsStopped || record.HasEnded)
        {
            return new EngineState(IsAlive: false, [], Note: null);
        }

        return record.Host == Environment.MachineName
            ? new EngineState(IsAlive(record), [], Note: null)
            : new EngineState(
                IsAlive: null, [],
                $"It was started on {record.Host}, which alone knows whether it runs: ask there. " +
                EngineErrors.WayOut(directory.StartFile));
    }

    public void Stop(JobPlan plan, JobDirectory directory, StartRecord record)
    {
        if (record.HasEnded || record.IsStopped)
        {
            return;
        }

        if (record.Host != Environment.MachineName)
        {
            throw EngineErrors.OtherHost(record.Host, directory.StartFile);
        }

        try
        {
            using Process process = Process.GetProcessById(record.ProcessId);
            if (IsAlive(record))
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            // It ended meanwhile.
        }
    }

    private static bool IsAlive(StartRecord record) =>
        StartOf(record.ProcessId) is DateTime start &&
        (start - record.ProcessStart).Duration() < s_startTolerance;
}
