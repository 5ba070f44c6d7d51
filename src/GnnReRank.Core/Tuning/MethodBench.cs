using System.Diagnostics;
using GnnReRank.Tuning;

namespace GnnReRank;

/// <summary>Runs methods on one query and gallery, and measures each as the cosine was measured. Not safe to share between threads.</summary>
public sealed class MethodBench
{
    private readonly FeatureMatrix _query;
    private readonly FeatureMatrix _gallery;
    private readonly MethodBenchOptions _bench;
    private IReadOnlyList<RetrievalAccuracy>? _baseline;

    /// <summary>Makes a bench.</summary>
    /// <param name="query">The queries.</param>
    /// <param name="gallery">The gallery.</param>
    /// <param name="options">How rankings are made and measured; null takes the defaults.</param>
    /// <exception cref="GnnReRankException">The dimensions differ.</exception>
    public MethodBench(FeatureMatrix query, FeatureMatrix gallery, MethodBenchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(gallery);
        MatrixChecks.RequireFit(query, gallery);
        (_query, _gallery, _bench) = (query, gallery, options ?? new MethodBenchOptions());
    }

    /// <summary>Ranks by a method and measures the lists: one result, or one for each setup of the revisited benchmarks.</summary>
    /// <param name="settings">The method and its parameters; those larger than the rows allow are lowered.</param>
    /// <param name="options">How the call runs.</param>
    /// <returns>A method that cannot be had on this data gives one result without figures that says why.</returns>
    /// <exception cref="GnnReRankException">The cosine ranking itself cannot be measured.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public IReadOnlyList<MethodResult> Run(MethodSettings settings, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        options ??= ComputeOptions.Default;
        if (settings.IsBaseline)
        {
            IReadOnlyList<MethodResult> plain = Results(settings, options);
            _baseline = [.. plain.Select(result => result.Accuracy!)];
            return PublicList.Of(plain);
        }

        _baseline ??= RetrievalEvaluator.MeasureAll(CosineRanker.Rank(_query, _gallery, _bench.Top, options), _bench.Evaluation, options);
        try
        {
            return PublicList.Of(Results(settings.FitTo((IsIndependent(settings) ? 1 : _query.RowCount) + _gallery.RowCount), options));
        }
        catch (GnnReRankException failed)
        {
            return PublicList.Of<MethodResult>([Result(settings, null) with { Reason = failed.Message }]);
        }
    }

    private static bool IsIndependent(MethodSettings settings) => settings.QueryMode == QueryMode.Independent;

    private MethodResult[] Results(MethodSettings settings, ComputeOptions options)
    {
        using MemoryWatch memory = new();
        long started = Stopwatch.GetTimestamp();
        Ranking ranking = settings.CreateReRanker().ReRank(_query, _gallery, _bench.Top, options);
        TimeSpan time = Stopwatch.GetElapsedTime(started);
        long peak = memory.Peak;
        return
        [
            .. RetrievalEvaluator.MeasureAll(ranking, _bench.Evaluation, options).Select((accuracy, setup) => Result(ranking.Settings as MethodSettings ?? settings, accuracy) with
            {
                Seconds = time.TotalSeconds,
                PeakMemory = peak,
                Comparison = settings.IsBaseline ? null : RetrievalComparer.Compare(_baseline![setup], accuracy, _bench.Comparison, options),
                Ranking = _bench.KeepRankings ? ranking : null,
            }),
        ];
    }

    private MethodResult Result(MethodSettings settings, RetrievalAccuracy? accuracy) => new()
    {
        DataSet = _bench.DataSet,
        Settings = settings,
        Accuracy = accuracy,
    };
}
