namespace GnnReRank;

/// <summary>How near to the exact neighbours the lists of a graph come; a graph of exact lists has none.</summary>
/// <param name="Recall">
/// The share of the exact neighbours that the lists hold, 0 to 1, measured on a sample of rows.
/// </param>
/// <param name="SampledRows">Rows that were compared with their exact neighbours, at least 1.</param>
/// <param name="Origin">What made the lists: "clusters", or the file they were read from.</param>
public sealed record GraphApproximation(double Recall, int SampledRows, string Origin)
{
    /// <summary>A line for people.</summary>
    public override string ToString() => DisplayText.Of(
        FormattableString.Invariant($"recall {Recall:0.000} on {SampledRows:N0} rows ({Origin})"));
}
