using GnnReRank.Tests.Evaluation;

namespace GnnReRank.Tests.Tuning;

/// <summary>What the finder says of each setting is what plain loops over a ranking of all queries say of their part of the identities.</summary>
public sealed class ParameterFinderTests
{
    private static readonly FeatureMatrix s_query = LabelledSets.Of(60, 1, FeatureRole.Query);
    private static readonly FeatureMatrix s_gallery = LabelledSets.Of(150, 2, FeatureRole.Gallery);
    private static readonly TuningSettings s_settings = new() { Budget = 5, Methods = [ReRankMethod.Gnn], Bootstrap = 200 };

    [Theory]
    [InlineData(TuningMetric.mAP)]
    [InlineData(TuningMetric.Rank1)]
    [InlineData(TuningMetric.mINP)]
    public void ScoresAreThoseOfTheChoosingIdentitiesAndTheWinnersThatOfTheOthers(TuningMetric metric)
    {
        IReadOnlyList<ParameterTrial> trials = ParameterFinder.Find(s_query, s_gallery, s_settings with { Metric = metric });
        Assert.Equal(6, trials.Count);
        Assert.Equal(1, trials[0].RoundCount);
        Assert.Contains(trials, trial => trial.Method == "Cosine");
        long[] judging = JudgingLabels();
        Assert.Equal(LabelledSets.Identities / 2, judging.Length);
        foreach (ParameterTrial trial in trials)
        {
            Ranking ranking = trial.Settings.CreateReRanker().ReRank(s_query, s_gallery);
            Assert.Equal(NaiveMean(ranking, metric, label => !judging.Contains(label)), trial.Score!.Value, 1e-12);
            Assert.Equal(trial == trials[0], trial.IsBest);
            Assert.Equal(trial.IsBest, trial.Judged is not null);
            Assert.Equal(30, trial.QueryCount);
        }

        ParameterTrial best = trials[0];
        Assert.Equal(trials.Max(trial => trial.Score), best.Score);
        Assert.Equal(NaiveMean(best.Settings.CreateReRanker().ReRank(s_query, s_gallery), metric, judging.Contains), best.Judged!.Value, 1e-12);
        Assert.Equal(metric == TuningMetric.mINP, best.JudgedInterval is null);
    }

    [Fact]
    public void TheWinnerIsComparedWithTheCosineOverTheJudgingQueries()
    {
        RetrievalComparison comparison = ParameterFinder.Find(s_query, s_gallery, s_settings)[0].Comparison!;
        Assert.Equal("Cosine", comparison.Before.Settings.Method);
        Assert.Equal(30, comparison.Queries.Count);
        long[] judging = JudgingLabels();
        Assert.Equal(NaiveMean(CosineRanker.Rank(s_query, s_gallery), TuningMetric.mAP, judging.Contains), comparison.MeanBefore, 1e-12);
    }

    [Fact]
    public void ThreadsChangeNothingAndSeedsDo()
    {
        string[] one = Told(0, 1);
        Assert.Equal(one, Told(0, 2));
        Assert.Equal(one, Told(0, 5));
        Assert.NotEqual(one, Told(1, 2));
    }

    // Of 21 settings 7 go on, and of these 4; 300 queries choose, a third of them before, and never fewer than 64.
    [Fact]
    public void BadSettingsAreDroppedAfterFewQueries()
    {
        FeatureMatrix query = LabelledSets.Of(600, 3, FeatureRole.Query);
        IReadOnlyList<ParameterTrial> trials = ParameterFinder.Find(query, s_gallery, s_settings with { Budget = 20 });
        Assert.Equal(3, trials[0].RoundCount);
        Assert.Equal(
            [(3, 300, 4), (2, 100, 3), (1, 64, 14)],
            trials.GroupBy(trial => (trial.Round, trial.QueryCount)).Select(round => (round.Key.Round, round.Key.QueryCount, round.Count())));
        Assert.Contains(trials, trial => trial.Method == "Cosine" && trial.Round == 3);
        Assert.All(trials.GroupBy(trial => trial.Round), round => Assert.Equal(round.OrderByDescending(trial => trial.Score), round));
    }

    [Fact]
    public void NotToReRankMayWin()
    {
        ParameterTrial only = Assert.Single(ParameterFinder.Find(s_query, s_gallery, s_settings with { Methods = [ReRankMethod.Cosine] }));
        Assert.True(only.IsBest);
        Assert.Null(only.Comparison);
        Assert.NotNull(only.JudgedInterval);
        Assert.Equal("Method=Cosine", only.Parameters.ToString());
    }

    [Fact]
    public void TheParametersAreThoseOfTheSettings()
    {
        foreach (ParameterTrial trial in ParameterFinder.Find(s_query, s_gallery, s_settings))
        {
            Assert.Equal(ReRankMethods.Of(trial.Settings).Method.ToString(), trial.Parameters["method"]);
            Assert.Equal(
                trial.Settings.Parameters.Count(parameter => parameter.ValueIn(trial.Settings) is not null), trial.Parameters.Count - 1);
        }
    }

    [Fact]
    public void AGalleryAloneAndASetAgainstItselfAreAskedAlike()
    {
        string[] alone = [.. ParameterFinder.Find(null, s_gallery, s_settings).Select(trial => trial.Summary)];
        FeatureMatrix same = s_gallery.WithRole(FeatureRole.Query);
        Assert.Equal(alone, ParameterFinder.Find(same, s_gallery, s_settings).Select(trial => trial.Summary));
    }

    [Theory]
    [InlineData("LabelsNeeded")]
    [InlineData("TooFewIdentities")]
    [InlineData("InvalidBudget")]
    [InlineData("InvalidMetric")]
    [InlineData("BootstrapOutOfRange")]
    [InlineData("CamerasMissing")]
    public void WhatCannotBeDoneIsSaid(string errorId)
    {
        FeatureMatrix one = new([1, 2, 3], 3, 1, [7, 7, 7]);
        FeatureMatrix bare = new([1, 2, 3], 3, 1);
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => errorId switch
        {
            "LabelsNeeded" => ParameterFinder.Find(null, bare),
            "TooFewIdentities" => ParameterFinder.Find(null, one),
            "InvalidBudget" => ParameterFinder.Find(null, one, new TuningSettings { Budget = 0 }),
            "InvalidMetric" => ParameterFinder.Find(null, one, new TuningSettings { Metric = (TuningMetric)9 }),
            "BootstrapOutOfRange" => ParameterFinder.Find(null, one, new TuningSettings { Bootstrap = 9 }),
            _ => ParameterFinder.Find(s_query, s_gallery, s_settings with { Protocol = EvaluationProtocol.Market1501 }),
        });
        Assert.Equal(errorId, error.ErrorId);
    }

    [Fact]
    public void AProtocolOfListsIsRefused()
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => ParameterFinder.Find(s_query, s_gallery, new TuningSettings { Protocol = EvaluationProtocol.Trec }));
        Assert.Equal("LabelsNeeded", error.ErrorId);
        Assert.Contains("Trec", error.Message, StringComparison.Ordinal);
    }

    private static string[] Told(int seed, int threads) =>
    [
        .. ParameterFinder.Find(s_query, s_gallery, s_settings with { Seed = seed }, new ComputeOptions { ThrottleLimit = threads })
            .Select(trial => trial.Summary),
    ];

    /// <summary>The identities of the queries that the winner is judged by; the split depends on the seed alone.</summary>
    private static long[] JudgingLabels() =>
        [.. ParameterFinder.Find(s_query, s_gallery, s_settings)[0].Comparison!.Queries.Select(query => query.QueryLabel!.Value).Distinct()];

    private static double NaiveMean(Ranking ranking, TuningMetric metric, Func<long, bool> takes) => Enumerable.Range(0, ranking.QueryCount)
        .Where(query => takes(ranking.Query.Labels![query]))
        .Select(query => NaiveQuery.Of(
            ranking.GetIndices(query), ranking.GalleryCount, row => ranking.Gallery.Labels![row] == ranking.Query.Labels![query], _ => false))
        .Average(naive => metric switch
        {
            TuningMetric.Rank1 => naive.Recall(1)!.Value,
            TuningMetric.mINP => naive.InversePenalty!.Value,
            _ => naive.AveragePrecision(ApKind.Trapezoid, ranking.Depth, ranking.Depth),
        });
}
