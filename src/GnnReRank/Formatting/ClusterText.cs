using System.Collections;
using System.Globalization;
using System.Text;

namespace GnnReRank.Formatting;

/// <summary>
/// How the module's views show cluster jobs: sizes, times, and tables of stages that fit a screen of 80 columns.
/// </summary>
public static class ClusterText
{
    private const double Kilo = 1024;
    private const int FailureWidth = 66;

    private static readonly string[] s_units = ["KB", "MB", "GB", "TB", "PB"];

    /// <summary>A number of bytes: "3.4 GB".</summary>
    /// <param name="bytes">The bytes.</param>
    public static string Bytes(long bytes)
    {
        double size = bytes / Kilo;
        int unit = 0;
        while (size >= Kilo && unit < s_units.Length - 1)
        {
            size /= Kilo;
            unit++;
        }

        return string.Create(CultureInfo.CurrentCulture, $"{size:N1} {s_units[unit]}");
    }

    /// <summary>A time, as exact as one needs it: "2.5 h".</summary>
    /// <param name="time">The time; null where it is not known.</param>
    public static string Time(TimeSpan? time) => time switch
    {
        null => "not known",
        { TotalDays: >= 2 } => string.Create(CultureInfo.CurrentCulture, $"{time.Value.TotalDays:N1} d"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.CurrentCulture, $"{time.Value.TotalHours:N1} h"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.CurrentCulture, $"{time.Value.TotalMinutes:N1} min"),
        _ => string.Create(CultureInfo.CurrentCulture, $"{time.Value.TotalSeconds:N1} s"),
    };

    /// <summary>What a task is given: "4 threads, 64.0 GB".</summary>
    /// <param name="threads">Its threads; 0 for all that there are.</param>
    /// <param name="memory">Its memory in bytes.</param>
    public static string Task(int threads, long memory) => string.Create(
        CultureInfo.CurrentCulture,
        $"{(threads == 0 ? "all" : $"{threads:N0}")} {(threads == 1 ? "thread" : "threads")}" +
        $"{(threads == 0 ? " that it is given" : string.Empty)}, {Bytes(memory)}");

    /// <summary>What was asked of the lists of neighbours.</summary>
    /// <param name="recall">The recall; null for exact lists.</param>
    public static string Recall(double? recall) => recall is double share
        ? string.Create(CultureInfo.CurrentCulture, $"recall {share:0.####} asked")
        : "exact";

    /// <summary>What the stages read from the shared file system and write to it: what goes over the network.</summary>
    /// <param name="stages">The stages of a plan.</param>
    public static long Network(IEnumerable stages) => Of(stages).Sum(stage => stage.ReadBytes + stage.ScratchBytes);

    /// <summary>What the stages need, a line each.</summary>
    /// <param name="stages">The stages of a plan.</param>
    public static string Plan(IEnumerable stages) => Table(
        [-10, 7, 5, 9, 9, 9, 8],
        ["Stage", "Items", "Tasks", "Memory", "Writes", "Reads", "Estimate"],
        Of(stages).Select(stage => new[]
        {
            ViewText.Short(stage.Stage, 10)!, Count(stage.Items), Count(stage.Tasks), Bytes(stage.MemoryBytes),
            Bytes(stage.ScratchBytes), Bytes(stage.ReadBytes), Time(stage.EstimatedTimeOnTasks),
        }));

    /// <summary>How far the stages are, a line each, with what their items took.</summary>
    /// <param name="stages">The stages of a job.</param>
    public static string Progress(IEnumerable stages) => Table(
        [-10, 7, 7, 6, 8, 9, 9],
        ["Stage", "Items", "Done", "Failed", "Elapsed", "Processor", "Peak"],
        Of(stages).Select(stage => new[]
        {
            ViewText.Short(stage.Stage, 10)!, Count(stage.Items), Count(stage.Done), Count(stage.Failed),
            IfAny(stage, Time(stage.Elapsed)), IfAny(stage, Time(stage.ProcessorTime)),
            IfAny(stage, Bytes(stage.PeakMemoryBytes)),
        }));

    /// <summary>What failed, a paragraph each.</summary>
    /// <param name="failures">The failures of a job.</param>
    public static string Failures(IEnumerable failures) => string.Join(
        '\n', failures.Cast<ClusterJobFailure>().Select(failure => ViewText.Wrap($"{failure}", FailureWidth)));

    private static IEnumerable<ClusterStageStatus> Of(IEnumerable stages) => stages.Cast<ClusterStageStatus>();

    private static string Count(long count) => count.ToString("N0", CultureInfo.CurrentCulture);

    private static string IfAny(ClusterStageStatus stage, string text) => stage.Done > 0 ? text : string.Empty;

    private static string Table(int[] widths, string[] heads, IEnumerable<string[]> rows)
    {
        StringBuilder table = new();
        foreach (string[] row in rows.Prepend(heads))
        {
            table.Append(table.Length > 0 ? "\n" : string.Empty);
            table.Append(string.Join(' ', row.Zip(widths, Aligned)).TrimEnd());
        }

        return table.ToString();
    }

    private static string Aligned(string text, int width) => width < 0 ? text.PadRight(-width) : text.PadLeft(width);
}
