namespace GnnReRank.Tuning;

/// <summary>Settings that are being tried.</summary>
internal sealed class Contestant(MethodSettings settings)
{
    public MethodSettings Settings { get; } = settings;

    public double? Score { get; set; }

    public int QueryCount { get; set; }

    public int Round { get; set; }

    public double Seconds { get; set; }

    public string? Reason { get; set; }

    /// <summary>What the judging queries say; known of those that are tried to the end.</summary>
    public RetrievalAccuracy? Judged { get; set; }
}
