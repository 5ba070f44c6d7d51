using System.Diagnostics;

namespace GnnReRank;

/// <summary>How one method did on one data set: a row of the table that compares methods.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed record MethodResult
{
    internal MethodResult()
    {
    }

    /// <summary>The data set.</summary>
    public required string DataSet { get; init; }

    /// <summary>The method and its parameters, as far as so many rows allow.</summary>
    public required MethodSettings Settings { get; init; }

    /// <summary>The name of the method: "Cosine", "GNN".</summary>
    public string Method => Settings.Method;

    /// <summary>How it was measured; null where it was not.</summary>
    public EvaluationProtocol? Protocol => Accuracy?.Protocol;

    /// <summary>The setup of the revisited benchmarks; null for other protocols.</summary>
    public Difficulty? Difficulty => Accuracy?.Difficulty;

    /// <summary>"mAP" for full lists, "mAP@N" for lists cut at N; null where nothing was measured.</summary>
    public string? MeanName => Accuracy?.MeanName;

    /// <summary>Mean average precision, in [0, 1].</summary>
    public double? Mean => Accuracy?.mAP ?? Accuracy?.mAPAtDepth;

    /// <summary>The lower end of its 95 % bootstrap interval.</summary>
    public double? MeanLower => Accuracy?.MeanInterval?.Lower;

    /// <summary>The upper end of its 95 % bootstrap interval.</summary>
    public double? MeanUpper => Accuracy?.MeanInterval?.Upper;

    /// <summary>CMC at rank 1.</summary>
    public double? Rank1 => Accuracy?.Rank1;

    /// <summary>Mean inverse negative penalty.</summary>
    public double? mINP => Accuracy?.mINP;

    /// <summary>How much more the mean average precision is than that of the cosine; null for the cosine itself.</summary>
    public double? Difference => Comparison?.MeanDifference;

    /// <summary>The lower end of the difference's 95 % bootstrap interval.</summary>
    public double? DifferenceLower => Comparison?.DifferenceInterval.Lower;

    /// <summary>The upper end of the difference's 95 % bootstrap interval.</summary>
    public double? DifferenceUpper => Comparison?.DifferenceInterval.Upper;

    /// <summary>The two-sided p-value of the difference.</summary>
    public double? PValue => Comparison?.PValue;

    /// <summary>A gain, a loss, or noise; null for the cosine itself.</summary>
    public RetrievalVerdict? Verdict => Comparison?.Verdict;

    /// <summary>The time of the whole job in seconds, from the matrices on, the search for neighbours in it; of one run.</summary>
    public double? Seconds { get; init; }

    /// <summary>
    /// How many bytes more than before the process held at most during the job, as the system counts them, managed and native; seen
    /// fifty times a second.
    /// </summary>
    public long? PeakMemory { get; init; }

    /// <summary>Why there are no figures; null where there are.</summary>
    public string? Reason { get; init; }

    /// <summary>All figures.</summary>
    public RetrievalAccuracy? Accuracy { get; init; }

    /// <summary>The comparison with the cosine; null for the cosine itself.</summary>
    public RetrievalComparison? Comparison { get; init; }

    /// <summary>The ranking, where it was to be kept.</summary>
    public Ranking? Ranking { get; init; }

    /// <summary>A line for people.</summary>
    public override string ToString() => $"{DataSet}: {(Accuracy is null ? $"{Settings}: {Reason}" : Accuracy.ToString())}";
}
