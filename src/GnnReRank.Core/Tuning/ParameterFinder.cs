using GnnReRank.Evaluation.Measuring;
using GnnReRank.Tuning;

namespace GnnReRank;

/// <summary>Finds the method and the parameters that suit labelled data.</summary>
public static class ParameterFinder
{
    /// <summary>Tries methods and their settings on the labelled rows that one has: the winner first, then the others, best first.</summary>
    /// <param name="query">Labelled queries; null draws them from the gallery.</param>
    /// <param name="gallery">The labelled gallery.</param>
    /// <param name="settings">What is tried, and how; null takes the defaults.</param>
    /// <param name="options">How the call runs; the result does not depend on the number of threads.</param>
    /// <remarks>
    /// <para>
    /// The identities are split in two halves. Queries of the one choose, by successive halving: few queries are asked of all settings,
    /// three times as many of the best third, and so on. Queries of the other are asked of the winner, whose score they tell: they chose
    /// nothing, so it is no better than what new data will show. Cosine is always among those that are tried, and may win.
    /// </para>
    /// <para>
    /// One graph serves all: that of queries and gallery, where each row is one vertex. Of a gallery alone a fifth of each identity's
    /// rows, at least one, is drawn as queries; the rest is ranked. The graph is then that of the gallery itself, as it is when one row
    /// after the other is left out, whatever a method takes from it. To rank each row against all others would need a graph that
    /// holds a row as a query and as an image, whose nearest neighbour it would be itself; so the lists lack the drawn rows instead.
    /// </para>
    /// </remarks>
    /// <exception cref="GnnReRankException">A setting is out of range, labels are missing, or there are too few identities.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static IReadOnlyList<ParameterTrial> Find(
        FeatureMatrix? query, FeatureMatrix gallery, TuningSettings? settings = null, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(gallery);
        settings ??= new TuningSettings();
        options ??= ComputeOptions.Default;
        Check(settings);
        if (settings.CenterCamera)
        {
            (query, gallery) = FeatureTransformer.CenterCameras(query, gallery, options);
        }

        TuningSplit split = TuningSplit.Of(query, gallery, settings);
        options.Log?.Invoke($"{split}.");
        TuningRows rows = new(split.Query, split.Gallery);
        List<Contestant> contestants = Contestants(settings, rows.All, options);
        int neighbors = contestants.Max(contestant => contestant.Settings.CreateReRanker().NeighborCount);
        NeighborGraph graph = NeighborSearch.Build(null, rows.All, Math.Max(1, neighbors), options);
        int[] rounds = RoundPlan.QueryCounts(contestants.Count, split.ChoosingCount);
        Tournament tournament = new(settings, split, rows, graph, rounds, options);
        IReadOnlyList<Contestant> placed = tournament.Play(contestants);
        return PublicList.Of<ParameterTrial>([.. placed.Select((contestant, place) =>
            Shown(contestant, place == 0 ? tournament.Baseline : null, rounds.Length, settings, options))]);
    }

    private static void Check(TuningSettings settings)
    {
        if (settings.Budget < 1)
        {
            throw new GnnReRankException(
                "InvalidBudget", ErrorKind.InvalidArgument,
                $"Budget is {settings.Budget}: it counts the settings of each method that are tried, so it must be at least 1.");
        }

        if (!Enum.IsDefined(settings.Metric))
        {
            throw new GnnReRankException(
                "InvalidMetric", ErrorKind.InvalidArgument,
                $"{settings.Metric} is no figure to choose by: use {string.Join(" or ", Enum.GetNames<TuningMetric>())}.");
        }

        BootstrapIntervals.Check(settings.Bootstrap);
    }

    private static List<Contestant> Contestants(TuningSettings settings, FeatureMatrix rows, ComputeOptions options)
    {
        List<Contestant> contestants = [];
        foreach (ReRankMethodInfo method in ReRankMethods.All)
        {
            bool isBaseline = method.Defaults.IsBaseline;
            if (!isBaseline && settings.Methods?.Contains(method.Method) == false)
            {
                continue;
            }

            if (method.UsesCameras && !rows.HasCameras)
            {
                options.Log?.Invoke($"{method.Method} is left out: it needs the camera of every row, and the matrices know none.");
                continue;
            }

            // What uses cameras is tried as its authors have it, or we do; the grid varies numbers.
            IEnumerable<MethodSettings> grid = SettingsGrid.Of(method, settings.Budget, settings.Seed, rows.RowCount);
            IEnumerable<MethodSettings> withCameras = rows.HasCameras
                ? method.WithCameras.Where(each => each.UsesCameras).Select(each => (each with { CenterCamera = false }).FitTo(rows.RowCount))
                : [];
            grid = grid.Take(1).Concat(withCameras).Concat(grid.Skip(1)).Distinct().Take(settings.Budget);
            IEnumerable<Contestant> tried = grid.Select(each => new Contestant(each));
            contestants.InsertRange(isBaseline ? 0 : contestants.Count, tried);
        }

        return contestants;
    }

    private static ParameterTrial Shown(
        Contestant contestant, Contestant? baseline, int rounds, TuningSettings settings, ComputeOptions options)
    {
        RetrievalAccuracy? judged = baseline is null ? null : contestant.Judged;
        ComparisonSettings comparing = new() { Seed = settings.Seed, Bootstrap = settings.Bootstrap };
        return new ParameterTrial
        {
            IsBest = judged is not null,
            Settings = contestant.Settings with { CenterCamera = settings.CenterCamera },
            Metric = settings.Metric,
            Score = contestant.Score,
            QueryCount = contestant.QueryCount,
            Round = contestant.Round,
            RoundCount = rounds,
            Seconds = contestant.Seconds,
            Reason = contestant.Reason,
            Judged = judged is null ? null : Tournament.ScoreOf(judged, settings.Metric),
            JudgedInterval = settings.Metric switch
            {
                TuningMetric.mAP => judged?.MeanInterval,
                TuningMetric.Rank1 => judged?.Rank1Interval,
                _ => null,
            },
            Comparison = judged is null || contestant == baseline ? null : RetrievalComparer.Compare(baseline!.Judged!, judged, comparing, options),
        };
    }
}
