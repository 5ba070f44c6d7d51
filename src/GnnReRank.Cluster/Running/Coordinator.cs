using System.Globalization;
using System.Runtime.InteropServices;
using GnnReRank.Cluster.Marks;
using GnnReRank.Cluster.Planning;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;

namespace GnnReRank.Cluster.Running;

/// <summary>
/// Runs a job's stages on this machine, each by worker processes, and outlives the session that started it.
/// </summary>
internal sealed partial class Coordinator(JobPlan plan, JobDirectory directory, int tasks, TextWriter log)
{
    /// <summary>What it prints when it has taken over.</summary>
    public const string Ready = "ready";

    /// <exception cref="FormatException">The words are not those of a coordinator.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static int Run(WorkerArguments words, CancellationToken cancellationToken)
    {
        LeaveTerminal();
        JobDirectory directory = new(Path.GetFullPath(words.Text(WorkerArguments.Job)));
        int tasks = words.Number(WorkerArguments.Tasks, 1);
        JobPlan plan = PlanFile.Read(directory);
        if (words.Has(WorkerArguments.Id) && words.Text(WorkerArguments.Id) is string id && id != plan.Id)
        {
            throw EngineErrors.Replaced(plan.Id, id);
        }

        Directory.CreateDirectory(directory.Logs);
        using StreamWriter log = TextWriterOf(Path.Combine(directory.Logs, "coordinator.log"));
        StartRecord record = new()
        {
            Id = plan.Id,
            Options = new ClusterStartOptions { Engine = ClusterEngine.Local, LocalTasks = tasks },
            Host = Environment.MachineName,
            Directory = directory.Path,
            ProcessId = Environment.ProcessId,
            ProcessStart = LocalEngine.StartOf(Environment.ProcessId) ?? DateTime.UtcNow,
        };
        ItemMarks.Write(directory.StartFile, record, MarkJson.Default.StartRecord);
        Console.WriteLine(Ready);
        TextWriter safeLog = TextWriter.Synchronized(log);
        Coordinator coordinator = new(plan, directory, tasks, safeLog);
        try
        {
            return coordinator.RunStages(cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            WorkerProcess.Write(safeLog, TextOf(fault));
            return ExitCodes.Again;
        }
        finally
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                NoteEnd(directory, record, safeLog);
            }
        }
    }

    /// <summary>What to say of a fault: a trace only where it is one of ours.</summary>
    public static string TextOf(Exception fault) => fault switch
    {
        AggregateException several => string.Join(
            Environment.NewLine, several.Flatten().InnerExceptions.Select(TextOf).Distinct()),
        GnnReRankException or IOException or UnauthorizedAccessException => fault.Message,
        _ => fault.ToString(),
    };

    private static void NoteEnd(JobDirectory directory, StartRecord record, TextWriter log)
    {
        try
        {
            directory.RequireThere();
            ItemMarks.Write(directory.StartFile, record with { HasEnded = true }, MarkJson.Default.StartRecord);
        }
        catch (Exception fault) when (fault is GnnReRankException or IOException or UnauthorizedAccessException)
        {
            // Its status sees that the process is gone, and looks at the disk.
            WorkerProcess.Write(log, $"The end could not be noted: {fault.Message}");
        }
    }

    private static StreamWriter TextWriterOf(string path) =>
        new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };

    private int RunStages(CancellationToken cancellationToken)
    {
        ItemMarks marks = new(directory, plan.Id);
        foreach (IJobStage stage in StageList.Of(plan))
        {
            int items = stage.CountItems(plan);
            if (Enumerable.Range(0, items).All(item => marks.Done(stage.Name, item) is not null))
            {
                continue;
            }

            int code = RunStage(stage.Name, Math.Min(items, tasks), cancellationToken);
            if (code != ExitCodes.Done)
            {
                WorkerProcess.Write(log, FormattableString.Invariant(
                    $"Stage {stage.Name} failed with exit code {code}; what needs it is not run."));
                return code;
            }
        }

        return ExitCodes.Done;
    }

    private int RunStage(string stage, int elements, CancellationToken cancellationToken)
    {
        int[] codes = new int[elements];
        Parallel.For(
            0, elements,
            new ParallelOptions { MaxDegreeOfParallelism = tasks, CancellationToken = cancellationToken },
            element => codes[element] = RunElement(stage, element, elements, cancellationToken));
        return codes.FirstOrDefault(code => code != ExitCodes.Done);
    }

    private int RunElement(string stage, int element, int elements, CancellationToken cancellationToken)
    {
        using TextWriter taskLog = TextWriter.Synchronized(TextWriterOf(directory.Log(stage, element)));
        for (int retries = 0; ; retries++)
        {
            using WorkerProcess worker = new([.. plan.Worker, .. Words(stage, element, elements)], taskLog);
            int code = worker.WaitForExit(cancellationToken);
            if (ExitCodes.IsFinal(code) || retries == ExitCodes.MostRetries)
            {
                return code;
            }

            WorkerProcess.Write(log, string.Create(
                CultureInfo.InvariantCulture,
                $"Stage {stage}, element {element}: exit code {code}, tried again, " +
                $"{retries + 1} of {ExitCodes.MostRetries}."));
        }
    }

    private IEnumerable<string> Words(string stage, int element, int elements)
    {
        int threads = plan.ThreadsPerTask > 0 ? plan.ThreadsPerTask : Math.Max(1, Environment.ProcessorCount / tasks);
        return
        [
            WorkerArguments.RunVerb, WorkerArguments.Job, directory.Path, WorkerArguments.Id, plan.Id,
            WorkerArguments.Stage, stage, WorkerArguments.Element, element.ToString(CultureInfo.InvariantCulture),
            WorkerArguments.Elements, elements.ToString(CultureInfo.InvariantCulture),
            WorkerArguments.Threads, threads.ToString(CultureInfo.InvariantCulture), WorkerArguments.Lifeline,
        ];
    }

    // A terminal that closes, or Ctrl+C in it, ends all processes of its session.
    private static void LeaveTerminal()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetSession();
        }
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int SetSession();
}
