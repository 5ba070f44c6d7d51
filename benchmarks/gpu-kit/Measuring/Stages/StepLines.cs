using System.Diagnostics;
using GnnReRank.GpuKit.Running;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>The lines of a step, and the time that it has left.</summary>
/// <param name="context">What the step works with.</param>
/// <param name="number">The step's number; 0 for what is beside the steps.</param>
/// <param name="limit">The step's limit.</param>
internal sealed class StepLines(KitContext context, int number, TimeSpan limit)
{
    private static readonly TimeSpan s_spare = TimeSpan.FromSeconds(5);

    private readonly long _started = Stopwatch.GetTimestamp();

    public KitContext Context => context;

    /// <summary>Null where the card is not known.</summary>
    public CardPeaks? Peaks { get; } = CardPeaks.Of(context.Device.Name);

    /// <summary>Runs of one measurement: none has a meaning where there is no GPU.</summary>
    public int Runs => context.IsSmall ? 1 : 7;

    /// <summary>What is left of the step's limit, with some seconds to spare.</summary>
    public TimeSpan Left
    {
        get
        {
            TimeSpan own = limit - Stopwatch.GetElapsedTime(_started);
            return (own < context.Left ? own : context.Left) - s_spare;
        }
    }

    /// <summary>A time beside the least that it could be.</summary>
    public void Time(string what, StageTimes times, double? floor = null, string note = "") => Add(
        new KitLine(number, what, KitVerdict.Measured, times.Median, KitLine.Milliseconds, floor, Joined(times.Spread, note)));

    public void Number(string what, double value, string unit, string note = "", double? floor = null) =>
        Add(new KitLine(number, what, KitVerdict.Measured, value, unit, floor, note));

    public void Check(string what, bool passes, string note, double? value = null, string unit = "") =>
        Add(new KitLine(number, what, passes ? KitVerdict.Passed : KitVerdict.Failed, value, unit, Note: note));

    public void Skip(string what, string why) => Add(new KitLine(number, what, KitVerdict.Skipped, Note: why));

    /// <summary>A peer's line.</summary>
    public void Add(PeerLine line) => Add(new KitLine(
        number, line.What, Enum.TryParse(line.Verdict, out KitVerdict verdict) ? verdict : KitVerdict.Failed,
        line.Value, line.Unit ?? "", line.Floor, line.Note ?? ""));

    /// <summary>Runs one part; where it fails, a line says so, and the next part runs all the same.</summary>
    public void Try(string what, Action part)
    {
        if (Left <= TimeSpan.Zero)
        {
            Skip(what, KitLine.NoTime);
            return;
        }

        try
        {
            part();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Add(new KitLine(number, what, KitVerdict.Failed, Note: $"{error.GetType().Name}: {error.Message}"));
        }
    }

    private void Add(KitLine line) => context.Report.Add(line.Checked());

    private static string Joined(string first, string second) => second.Length == 0 ? first : $"{first}; {second}";
}
