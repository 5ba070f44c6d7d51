using System.Diagnostics;
using GnnReRank.Running;

namespace GnnReRank.Tuning;

/// <summary>Plays the rounds of successive halving on one graph.</summary>
internal sealed class Tournament(
    TuningSettings settings, TuningSplit split, TuningRows rows, NeighborGraph graph, int[] rounds, ComputeOptions options)
{
    // What each of hundreds of calls would say is no news.
    private readonly ComputeOptions _quiet = options with { Progress = null, Log = null, Warn = null };

    private StageReporter? _reporter;

    /// <summary>The plain ranking, which is tried to the end whatever its score.</summary>
    public Contestant? Baseline { get; private set; }

    /// <summary>All contestants, best first: those of later rounds before those of earlier ones, ties in the order in which they came.</summary>
    public IReadOnlyList<Contestant> Play(IReadOnlyList<Contestant> contestants)
    {
        Baseline = contestants[0];
        _reporter = new StageReporter(StageNames.Trials, Work(contestants.Count), StageUnits.Queries, options);
        List<Contestant> left = [.. contestants];
        for (int round = 1; round <= rounds.Length; round++)
        {
            PlayRound(left, round);
            if (round < rounds.Length)
            {
                int survivors = RoundPlan.Survivors(left.Count);
                left = [.. Placed(left.Where(contestant => contestant.Score is not null && contestant != Baseline)).Take(survivors - 1).Prepend(Baseline)];
            }
        }

        _reporter.Complete(FormattableString.Invariant($"{contestants.Count:N0} settings in {rounds.Length} rounds"));
        return [.. Placed(contestants)];
    }

    /// <summary>The figure that settings are chosen by.</summary>
    public static double? ScoreOf(RetrievalAccuracy accuracy, TuningMetric metric) => metric switch
    {
        TuningMetric.Rank1 => accuracy.Rank1,
        TuningMetric.mINP => accuracy.mINP,
        _ => accuracy.mAP ?? accuracy.mAPAtDepth,
    };

    // A sort that keeps the order of equals: cosine and the defaults come first.
    private static IEnumerable<Contestant> Placed(IEnumerable<Contestant> contestants) => contestants
        .OrderByDescending(contestant => contestant.Score is null ? 0 : contestant.Round)
        .ThenByDescending(contestant => contestant.Score ?? double.NegativeInfinity);

    private long Work(int contestants)
    {
        long work = 0;
        for (int round = 1; round <= rounds.Length; round++)
        {
            work += (long)contestants * Asked(round);
            contestants = RoundPlan.Survivors(contestants);
        }

        return work;
    }

    /// <summary>In the last round all queries are asked, as they will be in use: the judging ones too.</summary>
    private int Asked(int round) => round == rounds.Length ? split.Query.RowCount : rounds[round - 1];

    private void PlayRound(List<Contestant> contestants, int round)
    {
        int asked = Asked(round);
        int choosing = rounds[round - 1];
        FeatureMatrix query = rows.Queries(0, asked);
        FeatureMatrix gallery = rows.GalleryBeside(asked);
        FeatureMatrix choose = rows.Queries(0, choosing);
        FeatureMatrix? judge = round == rounds.Length ? rows.Queries(split.ChoosingCount, split.JudgingCount) : null;
        NeighborGraph shared = graph.WithMatrices(query, gallery);
        foreach (Contestant contestant in contestants)
        {
            try
            {
                Ranking ranking = Timed(contestant, shared);
                contestant.Score = ScoreOf(RetrievalEvaluator.Measure(ranking.OfQueries(choose, 0), split.Evaluation, _quiet), settings.Metric);
                contestant.Judged = judge is null ? null : Judged(ranking.OfQueries(judge, split.ChoosingCount));
            }
            catch (GnnReRankException failed) when (contestant != Baseline)
            {
                contestant.Score = null;
                contestant.Reason = failed.Message;
            }

            contestant.QueryCount = choosing;
            contestant.Round = round;
            _reporter!.Advance(asked);
        }
    }

    private Ranking Timed(Contestant contestant, NeighborGraph shared)
    {
        long started = Stopwatch.GetTimestamp();
        Ranking ranking = contestant.Settings.CreateReRanker().ReRank(shared, top: null, _quiet);
        contestant.Seconds += Stopwatch.GetElapsedTime(started).TotalSeconds;
        return ranking;
    }

    private RetrievalAccuracy Judged(Ranking ranking) => RetrievalEvaluator.Measure(
        ranking, split.Evaluation with { Bootstrap = settings.Bootstrap, Seed = settings.Seed }, _quiet);
}
