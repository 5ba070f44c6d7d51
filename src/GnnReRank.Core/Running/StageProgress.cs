using System.Globalization;

namespace GnnReRank;

/// <summary>How far a named stage of a long call has come.</summary>
/// <param name="Stage">The stage's name, such as "Nearest neighbours".</param>
/// <param name="Done">Work done, in the stage's own unit.</param>
/// <param name="Total">All of the stage's work; 0 where it is not known.</param>
/// <param name="Unit">What is counted, such as "rows"; each costs about as much as any other.</param>
public readonly record struct StageProgress(string Stage, long Done, long Total, string Unit)
{
    /// <summary>The unit that is told in MB or GB.</summary>
    public const string Bytes = "bytes";

    // Nobody reads nine digits that change five times a second.
    private const long ManyCounted = 10_000_000;
    private const double Million = 1_000_000;
    private const long Megabyte = 1 << 20;
    private const long Gigabyte = 1 << 30;

    /// <summary>Whole percent done, 0 to 100; -1 where the total is not known.</summary>
    public int Percent => WholePercent ?? (Total > 0 ? (int)Math.Clamp(100.0 * Done / Total, 0, 100) : -1);

    /// <summary>Percent done of all stages, where whoever reports knows it; null takes this stage's.</summary>
    public int? WholePercent { get; init; }

    /// <summary>The time left, where whoever reports knows it; null leaves it to the pace of the reports.</summary>
    public TimeSpan? Remaining { get; init; }

    // What was counted and what was planned may differ by a part of the last step.
    private long Shown => Total > 0 ? Math.Min(Done, Total) : Done;

    /// <summary>What is done of all, such as "12,000 of 19,732 rows" or "84.0 of 194.7 million pairs".</summary>
    public string Amount
    {
        get
        {
            (double scale, string format, string unit) = Scale(Math.Max(Done, Total), ManyCounted);
            string done = Told(Shown / scale, format);
            return Total > 0 ? $"{done} of {Told(Total / scale, format)} {unit}" : $"{done} {unit}";
        }
    }

    /// <summary>A rate of this stage, such as "3,500 a second".</summary>
    /// <param name="perSecond">Units a second.</param>
    public string Rate(double perSecond)
    {
        (double scale, string format, string unit) = Scale(perSecond, Million);
        string rate = Told(perSecond / scale, scale == 1 && perSecond < 10 ? "0.0#" : format);
        return unit == Unit ? $"{rate} a second" : $"{rate} {unit.Replace($" {Unit}", string.Empty, StringComparison.Ordinal)} a second";
    }

    /// <summary>The stage and what is done.</summary>
    public override string ToString() => $"{Stage}: {Amount}";

    private (double Scale, string Format, string Unit) Scale(double largest, double many) => Unit switch
    {
        Bytes when largest >= Gigabyte => (Gigabyte, "N2", "GB"),
        Bytes => (Megabyte, "N1", "MB"),
        _ when largest >= many => (Million, "N1", $"million {Unit}"),
        _ => (1, "N0", Unit),
    };

    private static string Told(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
