namespace GnnReRank;

/// <summary>A percentile interval of a figure, or of a difference of figures, over bootstrap samples of the queries.</summary>
/// <param name="Lower">Its lower end, a fraction in [0, 1]; a difference may be negative.</param>
/// <param name="Upper">Its upper end, a fraction in [0, 1].</param>
/// <param name="Level">The share of samples it holds: 0.95.</param>
public sealed record ConfidenceInterval(double Lower, double Upper, double Level)
{
    /// <summary>The interval in percent: "84.12-86.77 %", or "-1.20 to 0.40 %" where an end is negative.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{100 * Lower:F2}{(Lower < 0 ? " to " : "-")}{100 * Upper:F2} %");
}
