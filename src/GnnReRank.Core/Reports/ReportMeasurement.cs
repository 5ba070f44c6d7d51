using GnnReRank.Evaluation.Protocols;

namespace GnnReRank.Reports;

/// <summary>Measures all rankings of a report in one way.</summary>
internal static class ReportMeasurement
{
    /// <param name="rankings">The rankings, of the same images.</param>
    /// <param name="options">The protocol, and how the call runs.</param>
    /// <param name="rule">What is good and what is junk; null where nothing says it.</param>
    public static MeasuredRanking[] Of(IReadOnlyList<Ranking> rankings, ReportOptions options, out IRelevanceRule? rule)
    {
        MeasuredRanking[] measured = RankingNames.Of(rankings);
        rule = null;
        if (!SaysWhatMatches(rankings, options.Evaluation))
        {
            return measured;
        }

        for (int i = 0; i < measured.Length; i++)
        {
            measured[i] = measured[i] with { Results = RetrievalEvaluator.MeasureAll(rankings[i], options.Evaluation, options.Compute) };
        }

        EvaluationSettings shown = options.Evaluation with { Difficulty = measured[0].Main?.Difficulty };
        FeatureMatrix query = rankings[0].Query;
        FeatureMatrix gallery = rankings[0].Gallery;
        IRelevanceRule judge = ProtocolChoice.Of(shown, query, gallery).RuleOf(shown, query, gallery);
        rule = judge;
        return [.. measured.Select(each => each with { PrecisionRecall = CurveOf(each, judge, options.Compute) })];
    }

    private static bool SaysWhatMatches(IReadOnlyList<Ranking> rankings, EvaluationSettings settings) =>
        settings.Protocol is not null || settings.GroundTruth is not null ||
        rankings.Any(ranking => ranking.Query.HasLabels && ranking.Gallery.HasLabels);

    // Where galleries are drawn, no single list has a curve.
    private static double[]? CurveOf(MeasuredRanking measured, IRelevanceRule rule, ComputeOptions options) =>
        measured.Main is { Draws: null, Depth: int depth } ? PrecisionRecallCurve.Of(measured.Ranking, rule, depth, options) : null;
}
