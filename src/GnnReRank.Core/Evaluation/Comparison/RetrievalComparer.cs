using GnnReRank.Evaluation.Comparison;
using GnnReRank.Evaluation.Measuring;

namespace GnnReRank;

/// <summary>Compares two results of the same queries, query by query.</summary>
public static class RetrievalComparer
{
    /// <summary>Compares a result with a reference.</summary>
    /// <param name="before">The reference.</param>
    /// <param name="after">What is compared with it.</param>
    /// <param name="settings">Samples, seed and level; null takes the defaults.</param>
    /// <param name="options">How the call runs; the result does not depend on the number of threads.</param>
    /// <exception cref="GnnReRankException">A setting is out of range, or the results are of other queries or were measured otherwise.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static RetrievalComparison Compare(
        RetrievalAccuracy before, RetrievalAccuracy after, ComparisonSettings? settings = null, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        settings ??= new ComparisonSettings();
        options ??= ComputeOptions.Default;
        ComparisonChecks.Check(settings);
        ComparisonChecks.Check(before, after);
        PairedQueries queries = new(before, after);
        ConfidenceInterval interval = BootstrapIntervals.OfMean(queries.Counted, settings.Bootstrap, settings.Seed, options);
        double pValue = RandomizationTest.PValue(queries.Counted, settings.Flips, settings.Seed, options);
        return queries.Compared(interval, pValue, settings);
    }
}
