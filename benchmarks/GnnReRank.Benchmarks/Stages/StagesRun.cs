using System.Diagnostics;

namespace GnnReRank.Benchmarks;

/// <summary>Times the stages of a whole re-ranking job on made features.</summary>
internal sealed class StagesRun(JobShape shape, GnnReRankSettings settings, int threads, int repeat)
{
    private readonly ComputeOptions _options = new() { ThrottleLimit = threads, Log = line => Console.WriteLine($"    {line}") };
    private readonly StageTimes _job = new("whole job in one call");
    private readonly StageTimes _graph = new("neighbour graph");
    private readonly StageTimes _singles = new("neighbour graph, float32");
    private readonly StageTimes _rank = new("messages, scores, ranking");
    private readonly StageTimes _cosine = new("cosine ranking (baseline)");
    private readonly List<double> _peaks = [];
    private readonly StageTimes _measure = new("measure");

    public int Run(MadeSettings made)
    {
        MadeFeatures features = new(shape, made);
        FeatureMatrix query = features.Query();
        FeatureMatrix gallery = features.Gallery();
        GC.Collect();
        Console.WriteLine($"{query}; {gallery}; {settings}; {threads} threads");
        for (int run = 0; run < repeat; run++)
        {
            TimeJob(query, gallery, first: run == 0);
        }

        for (int run = 0; run < repeat; run++)
        {
            _cosine.Time(() => CosineRanker.Rank(query, gallery, shape.Top, _options));
        }

        Console.WriteLine($"{"stage",-28}{"wall s",10}{"cpu s",10}   medians of {repeat}");
        foreach (StageTimes stage in (StageTimes[])[_job, _graph, _singles, _rank, _measure, _cosine])
        {
            Console.WriteLine(stage);
        }

        TellRates();
        return 0;
    }

    /// <summary>The search beside what multiply-adds in registers reach: n (n + 1) / 2 cosines of d columns, two operations each.</summary>
    private void TellRates()
    {
        double operations = (double)shape.Vertices * (shape.Vertices + 1) * shape.Dimension;
        double peak = Medians.Of(_peaks);
        Console.WriteLine(
            $"peak of {threads} threads {peak / 1e9:0.0} GFLOP/s; neighbour graph {operations / _graph.Wall / peak:0.0 %} of it, in float32 alone {operations / _singles.Wall / peak:0.0 %}");
    }

    private void TimeJob(FeatureMatrix query, FeatureMatrix gallery, bool first)
    {
        GnnReRanker reRanker = new(settings);
        _job.Time(() => reRanker.ReRank(query, gallery, shape.Top, _options));
        if (first)
        {
            // Later runs leave the collector the rankings before them, which is no part of one job.
            Console.WriteLine($"peak memory of one job: {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9:0.00} GB");
        }

        NeighborGraph graph = _graph.Time(() => NeighborSearch.Build(query, gallery, settings.K1, _options));
        _singles.Time(() => EngineParts.SearchInSingles(query, gallery, settings.K1, _options));
        _peaks.Add(EngineParts.PeakRate(threads));
        Ranking ranking = _rank.Time(() => reRanker.ReRank(graph, shape.Top, _options));
        RetrievalAccuracy accuracy = _measure.Time(() => RetrievalEvaluator.Measure(ranking));
        if (first)
        {
            Console.WriteLine(accuracy);
        }
    }
}
