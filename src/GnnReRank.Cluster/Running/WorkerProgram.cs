using System.Runtime.InteropServices;
using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Cluster.Running;

/// <summary>The worker's entry.</summary>
internal static class WorkerProgram
{
    private const string Usage =
        $"Usage: {WorkerArguments.RunVerb} {WorkerArguments.Job} DIR {WorkerArguments.Stage} NAME " +
        $"{WorkerArguments.Element} I {WorkerArguments.Elements} N [{WorkerArguments.Id} ID] " +
        $"[{WorkerArguments.Threads} T] [{WorkerArguments.Lifeline}]\n" +
        $"       {WorkerArguments.CoordinateVerb} {WorkerArguments.Job} DIR {WorkerArguments.Tasks} N\n" +
        "       --version";

    public static int Run(string[] arguments)
    {
        if (arguments is ["--version"])
        {
            Console.WriteLine(
                $"GnnReRank.Worker {PlanFile.OwnVersion}, {CpuKernels.ForThisProcessor.Exact.Name} vectors");
            return ExitCodes.Done;
        }

        using CancellationTokenSource cancellation = new();
        using PosixSignalRegistration terminated = OnSignal(PosixSignal.SIGTERM, cancellation);
        using PosixSignalRegistration interrupted = OnSignal(PosixSignal.SIGINT, cancellation);
        try
        {
            WorkerArguments words = new(arguments);
            return words.Verb switch
            {
                WorkerArguments.RunVerb => StageTask.Run(words, cancellation),
                WorkerArguments.CoordinateVerb => Coordinator.Run(words, cancellation.Token),
                _ => throw new FormatException($"'{words.Verb}' is no verb."),
            };
        }
        catch (FormatException wrong)
        {
            Console.Error.WriteLine($"{wrong.Message}\n{Usage}");
            return ExitCodes.Usage;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Cancelled.");
            return ExitCodes.Again;
        }
        catch (Exception fault)
        {
            Console.Error.WriteLine(Coordinator.TextOf(fault));
            return ExitCodes.Again;
        }
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, CancellationTokenSource cancellation) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            cancellation.Cancel();
        });
}
