using System.Diagnostics;
using System.Globalization;

namespace GnnReRank.Benchmarks;

/// <summary>Times the stages of a whole re-ranking job on made features: medians over several runs in one process.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        BenchmarkShape shape = BenchmarkShape.Parse(arguments);
        MadeFeatures made = new(shape, seed: 1);
        FeatureMatrix query = made.Query();
        FeatureMatrix gallery = made.Gallery();
        GC.Collect();
        Console.WriteLine($"{query}; {gallery}; {shape.Variant} k1={shape.K1} k2={shape.K2}; {Environment.ProcessorCount} cores");

        ComputeOptions options = new() { ThrottleLimit = shape.Threads, Log = line => Console.WriteLine($"    {line}") };
        GnnReRanker reRanker = new(new GnnReRankSettings { K1 = shape.K1, K2 = shape.K2, Variant = shape.Variant });
        StageTimes jobTimes = new("whole job in one call");
        StageTimes graphTimes = new("neighbour graph");
        StageTimes rankTimes = new("messages, scores, ranking");
        StageTimes cosineTimes = new("cosine ranking (baseline)");
        StageTimes measureTimes = new("measure");
        Ranking? ranking = null;
        for (int run = 0; run < shape.Repeat; run++)
        {
            ranking = null;
            ranking = jobTimes.Time(() => reRanker.ReRank(query, gallery, shape.Top, options));
            if (run == 0)
            {
                // Later runs leave the collector the rankings before them, which is no part of one job.
                Console.WriteLine($"peak memory of one job: {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9:0.00} GB");
            }

            ranking = null;
            NeighborGraph graph = graphTimes.Time(() => NeighborSearch.Build(query, gallery, shape.K1, options));
            ranking = rankTimes.Time(() => reRanker.ReRank(graph, shape.Top, options));
            measureTimes.Time(() => RetrievalEvaluator.Measure(ranking));
            if (run == 0)
            {
                Console.WriteLine($"{RetrievalEvaluator.Measure(ranking)}");
            }
        }

        ranking = null;
        for (int run = 0; run < shape.Repeat; run++)
        {
            ranking = cosineTimes.Time(() => CosineRanker.Rank(query, gallery, shape.Top, options));
        }

        Console.WriteLine($"{RetrievalEvaluator.Measure(ranking!)}");
        Console.WriteLine($"{"stage",-28}{"wall s",10}{"cpu s",10}   medians of {shape.Repeat}");
        foreach (StageTimes stage in (StageTimes[])[jobTimes, graphTimes, rankTimes, measureTimes, cosineTimes])
        {
            Console.WriteLine(stage);
        }

        return 0;
    }
}
