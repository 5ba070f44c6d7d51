using GnnReRank.Cluster.Marks;
using GnnReRank.Cluster.Planning;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Cluster.Running;

/// <summary>A worker's run of one element of a stage's array.</summary>
internal static class StageTask
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <exception cref="FormatException">The words are not those of a run.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static int Run(WorkerArguments words, CancellationTokenSource cancellation)
    {
        JobDirectory directory = new(Path.GetFullPath(words.Text(WorkerArguments.Job)));
        string stage = words.Text(WorkerArguments.Stage);
        int elements = words.Number(WorkerArguments.Elements, 1);
        int element = words.Number(WorkerArguments.Element, 0);
        if (words.HasLifeline)
        {
            EndWithInput(cancellation);
        }

        JobPlan plan;
        IJobStage found;
        try
        {
            plan = PlanFile.Read(directory);
            Require(plan, words);
            found = StageList.Find(plan, stage);
        }
        catch (GnnReRankException refused) when (refused.Kind is not ErrorKind.NotFound)
        {
            Console.Error.WriteLine(refused.Message);
            string? own = words.Has(WorkerArguments.Id) ? words.Text(WorkerArguments.Id) : null;
            MarkRefused(directory, own, stage, element, elements, refused.Message);
            return refused.Kind == ErrorKind.NotSupported ? ExitCodes.Refused : ExitCodes.Permanent;
        }

        ComputeOptions options = new()
        {
            ThrottleLimit = Threads(plan, words),
            Device = StageList.IsSearch(found) ? plan.Device : "Cpu",
            CancellationToken = cancellation.Token,
            Log = Console.WriteLine,
            Warn = Console.Error.WriteLine,
        };
        return new ItemRunner(plan, directory, options, Console.Out).Run(found, element, elements);
    }

    private static void Require(JobPlan plan, WorkerArguments words)
    {
        if (words.Has(WorkerArguments.Id) && words.Text(WorkerArguments.Id) is string id && id != plan.Id)
        {
            throw EngineErrors.Replaced(plan.Id, id);
        }

        string own = CpuKernels.ForThisProcessor.Exact.Name;
        if (plan.Kernel is string kernel && kernel != own)
        {
            throw new GnnReRankException(
                "WorkerKernel", ErrorKind.NotSupported,
                $"The plan asks for {kernel} vectors, and {Environment.MachineName} has {own} ones. Keep such " +
                "machines out with -SbatchArgument --constraint=NAME, or plan the job without -SameProcessor: " +
                "results are the same bits.");
        }
    }

    /// <summary>The threads that the plan, the call or Slurm says; 0 takes all cores.</summary>
    private static int Threads(JobPlan plan, WorkerArguments words) =>
        words.Has(WorkerArguments.Threads) ? words.Number(WorkerArguments.Threads, 0)
        : plan.ThreadsPerTask > 0 ? plan.ThreadsPerTask
        : int.TryParse(Environment.GetEnvironmentVariable("SLURM_CPUS_ON_NODE"), out int given) ? given : 0;

    /// <summary>
    /// Marks the first item of the element that is not done: of the plan, nothing but its head may be readable.
    /// </summary>
    private static void MarkRefused(
        JobDirectory directory, string? own, string stage, int element, int elements, string message)
    {
        if (ItemMarks.Read(directory.Plan, PlanJson.Default.PlanHead)?.Id is not string id ||
            (own is not null && own != id))
        {
            return;
        }

        ItemMarks marks = new(directory, id);
        int item = element;
        while (marks.Done(stage, item) is not null)
        {
            item += elements;
        }

        int attempts = (marks.Failed(stage, item)?.Attempts ?? 0) + 1;
        marks.MarkFailed(stage, item, new FailedMark(
            id, Environment.MachineName, element, attempts, IsPermanent: true, message));
    }

    // Whoever reads the input of this process holds its other end: when that is killed, nobody would end this one.
    private static void EndWithInput(CancellationTokenSource cancellation)
    {
        Stream input = Console.OpenStandardInput();
        Thread watch = new(() =>
        {
            while (input.Read(new byte[1]) > 0)
            {
            }

            cancellation.Cancel();
            Thread.Sleep(s_patience);
            Environment.Exit(ExitCodes.Again);
        })
        {
            IsBackground = true,
        };
        watch.Start();
    }
}
