using System.Diagnostics;
using System.Globalization;
using GnnReRank.Cluster.Marks;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;

namespace GnnReRank.Cluster.Running;

/// <summary>Runs the items of a stage that fall to one element of its array.</summary>
/// <param name="plan">The job.</param>
/// <param name="directory">Where it lies.</param>
/// <param name="options">How items run.</param>
/// <param name="log">What happened, for people.</param>
internal sealed class ItemRunner(JobPlan plan, JobDirectory directory, ComputeOptions options, TextWriter log)
{
    /// <summary>What the line of an item that is done ends with.</summary>
    public const string DoneWords = " s of processor time";

    private readonly ItemMarks _marks = new(directory, plan.Id);

    /// <summary>
    /// Runs items element, element + elements, ... that are not done. One that fails does not keep the others from
    /// running.
    /// </summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public int Run(IJobStage stage, int element, int elements)
    {
        int code = ExitCodes.Done;
        using StageContext context = new(plan, directory, options);
        for (int item = element; item < stage.CountItems(plan); item += elements)
        {
            if (_marks.Done(stage.Name, item) is not null)
            {
                continue;
            }

            directory.RequireThere();
            int outcome = Run(context, stage, item, element);
            code = code == ExitCodes.Again || outcome == ExitCodes.Done ? code : outcome;
        }

        return code;
    }

    private int Run(StageContext context, IJobStage stage, int item, int element)
    {
        FailedMark begun = new(
            plan.Id, Environment.MachineName, element, (_marks.Failed(stage.Name, item)?.Attempts ?? 0) + 1,
            IsPermanent: false, Message: null);
        _marks.MarkFailed(stage.Name, item, begun);
        long started = Stopwatch.GetTimestamp();
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        try
        {
            stage.Run(context, item);
        }
        catch (OperationCanceledException) when (options.CancellationToken.IsCancellationRequested)
        {
            _marks.Forget(stage.Name, item);
            throw;
        }
        catch (Exception fault)
        {
            return Fail(stage, item, begun, fault);
        }

        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double processorSeconds = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
        _marks.MarkDone(stage.Name, item, new DoneMark(
            plan.Id, Environment.MachineName, seconds, processorSeconds, PeakMemory(), begun.Attempts));
        Say($"{stage.Name} {item}: done in {seconds:0.0} s, {processorSeconds:0.0}{DoneWords}");
        return ExitCodes.Done;
    }

    private int Fail(IJobStage stage, int item, FailedMark begun, Exception fault)
    {
        bool isPermanent = IsPermanent(fault);
        bool isKnown = fault is GnnReRankException or IOException or UnauthorizedAccessException;
        Say($"{stage.Name} {item}: attempt {begun.Attempts} failed: {(isKnown ? fault.Message : fault.ToString())}");
        _marks.MarkFailed(stage.Name, item, begun with
        {
            IsPermanent = isPermanent,
            Message = isKnown ? fault.Message : $"{fault.GetType().Name}: {fault.Message}",
        });
        return isPermanent ? ExitCodes.Permanent : ExitCodes.Again;
    }

    /// <summary>
    /// A file that is missing may only be late on a shared file system, and another machine may have the memory.
    /// </summary>
    private static bool IsPermanent(Exception fault) =>
        fault is GnnReRankException { Kind: not (ErrorKind.NotFound or ErrorKind.TooLarge) };

    private static long PeakMemory()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private void Say(FormattableString line) => log.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
