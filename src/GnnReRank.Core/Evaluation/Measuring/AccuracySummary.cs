using GnnReRank.Evaluation.Protocols;

namespace GnnReRank.Evaluation.Measuring;

/// <summary>Takes the figures of a whole ranking from those of its queries.</summary>
internal sealed class AccuracySummary
{
    private readonly EvaluationPlan _plan;
    private readonly QueryOutcome[] _outcomes;
    private readonly int _valid;
    private readonly double _divisor;

    /// <exception cref="GnnReRankException">No query is valid.</exception>
    public AccuracySummary(EvaluationPlan plan, QueryOutcome[] outcomes)
    {
        _plan = plan;
        _outcomes = outcomes;
        _valid = outcomes.Count(outcome => outcome.Accuracy.IsValid);
        long asked = outcomes.Sum(outcome => (long)outcome.Firsts.Length);
        if (asked == 0)
        {
            throw new GnnReRankException(
                "NoValidQuery", ErrorKind.InvalidData,
                $"None of the {outcomes.Length:N0} queries has a gallery image {plan.Rule.GoodInWords}, so there is nothing to measure. " +
                "Check that query and gallery labels are of the same numbering, or choose another -Protocol.");
        }

        _divisor = plan.Divisor == QueryDivisor.Valid ? asked : asked + ((long)(outcomes.Length - _valid) * (plan.Draws ?? 1));
    }

    public RetrievalAccuracy Take(ComputeOptions options)
    {
        Ranking ranking = _plan.Ranking;
        double mean = SumOf(query => query.AveragePrecision) / _divisor;
        double[] cmc = CmcCurve.Of(_outcomes, CurveDepth(), _divisor);
        (ConfidenceInterval Mean, ConfidenceInterval Rank1)? intervals = Intervals(options);
        return new RetrievalAccuracy
        {
            mAP = _plan.IsWhole ? mean : null,
            mAPAtDepth = _plan.IsWhole ? null : mean,
            MeanName = _plan.MeanName,
            mINP = MeanOf(query => query.InversePenalty),
            MapAtR = _plan.Traits.MeasuresFirstR ? MeanOf(query => query.MapAtR) : null,
            RPrecision = _plan.Traits.MeasuresFirstR ? MeanOf(query => query.RPrecision) : null,
            RecallAtOnePercent = _plan.Traits.MeasuresTopPercent ? OnePercent(cmc) : null,
            MeanPrecisions = MeanPrecisions(),
            Difficulty = _plan.Difficulty,
            Draws = _plan.Draws,
            Seed = _plan.Draws is null && _plan.Settings.Bootstrap == 0 ? null : _plan.Settings.Seed,
            MeanInterval = intervals?.Mean,
            Rank1Interval = cmc.Length == 0 ? null : intervals?.Rank1,
            Cmc = Array.AsReadOnly(cmc),
            Ranks = Array.AsReadOnly(RanksOf(cmc)),
            QueryCount = _outcomes.Length,
            ValidQueryCount = _valid,
            GalleryCount = ranking.GalleryCount,
            OwnImageCount = (_plan.Rule as OtherImagesRule)?.OwnImageCount ?? 0,
            Depth = _plan.Depth,
            Protocol = _plan.Traits.Protocol,
            ApKind = _plan.ApKind,
            Divisor = _plan.Divisor,
            Settings = ranking.Settings,
            PerQuery = Array.AsReadOnly(Array.ConvertAll(_outcomes, outcome => outcome.Accuracy)),
        };
    }

    /// <summary>How many ranks there are to be known: a drawn gallery has one image an identity, and nothing finds itself.</summary>
    private int CurveDepth() =>
        _plan.Draws is not null ? Math.Min(_plan.Depth, _plan.Ranking.Gallery.Labels!.Where(label => label != LabelRule.JunkLabel).Distinct().Count())
        : _plan.Traits.LeavesOutEachQuery ? Math.Min(_plan.Depth, _plan.Ranking.GalleryCount - 1)
        : _plan.Depth;

    /// <summary>A query asked of several galleries counts once for each.</summary>
    private double SumOf(Func<QueryAccuracy, double?> figure) =>
        _outcomes.Sum(outcome => (figure(outcome.Accuracy) ?? 0) * outcome.Firsts.Length);

    /// <summary>The mean of a figure; null where it is not known of every query that was asked.</summary>
    private double? MeanOf(Func<QueryAccuracy, double?> figure) =>
        _outcomes.All(outcome => outcome.Firsts.Length == 0 || figure(outcome.Accuracy) is not null) ? SumOf(figure) / _divisor : null;

    private (ConfidenceInterval Mean, ConfidenceInterval Rank1)? Intervals(ComputeOptions options)
    {
        EvaluationSettings settings = _plan.Settings;
        return settings.Bootstrap == 0
            ? null
            : BootstrapIntervals.OfMeans(Counted(query => query.AveragePrecision), Counted(query => query.Rank1), settings.Bootstrap, settings.Seed, options);
    }

    private double[] Counted(Func<QueryAccuracy, double?> figure) =>
        BootstrapIntervals.Counted(_outcomes.Select(outcome => outcome.Accuracy), _plan.Divisor, figure);

    private PrecisionAtRank[] MeanPrecisions()
    {
        // Longer lists of known ranks begin with the shorter ones, so the shortest tells what is known of all.
        QueryAccuracy[] valid = [.. _outcomes.Where(outcome => outcome.Firsts.Length > 0).Select(outcome => outcome.Accuracy)];
        int known = valid.Min(query => query.Precisions.Count);
        return
        [
            .. Enumerable.Range(0, known).Select(at => new PrecisionAtRank(
                valid[0].Precisions[at].Rank, valid.Sum(query => query.Precisions[at].Precision) / _divisor)),
        ];
    }

    /// <summary>University-1652's "top 1 %": 0-based index round(0.01 x gallery), halves to even as Python rounds them.</summary>
    private double? OnePercent(double[] cmc)
    {
        int index = (int)Math.Round(_plan.Ranking.GalleryCount * 0.01, MidpointRounding.ToEven);
        return index < cmc.Length ? cmc[index] : null;
    }

    private RankAccuracy[] RanksOf(double[] cmc)
    {
        IEnumerable<int> usual = _plan.Traits.Ranks.Where(rank => rank <= cmc.Length || !_plan.Traits.HasRanksForManySizes);
        return
        [
            .. usual.Concat(_plan.Settings.Ranks).Distinct().Order()
                .Select(rank => new RankAccuracy(rank, rank <= cmc.Length ? cmc[rank - 1] : null)),
        ];
    }
}
