namespace GnnReRank.Benchmarks;

/// <summary>
/// Times diffusion and GNN re-ranking in turn: the whole job, and what comes between the neighbour search and the sort.
/// </summary>
internal sealed class DiffusionRun(JobShape shape, int threads, int repeat)
{
    private readonly ComputeOptions _options = new() { ThrottleLimit = threads };
    private readonly List<StageTimes> _times = [];

    public int Run(MadeSettings made)
    {
        MadeFeatures features = new(shape, made);
        FeatureMatrix query = features.Query();
        FeatureMatrix gallery = features.Gallery();
        MethodSettings[] methods = [new GnnReRankSettings(), new DiffusionSettings()];
        StageTimes[] jobs = [.. methods.Select(method => Clock($"{method.Method}, whole job"))];
        StageTimes[] scores = [.. methods.Select(method => Clock($"{method.Method}, scores"))];
        Console.WriteLine($"{query}; {gallery}; {string.Join("; ", (object[])methods)}; {threads} threads");
        for (int run = 0; run < repeat; run++)
        {
            for (int at = 0; at < methods.Length; at++)
            {
                IReRanker reRanker = methods[at].CreateReRanker();
                jobs[at].Time(() => reRanker.ReRank(query, gallery, shape.Top, _options));
                NeighborGraph graph = NeighborSearch.Build(query, gallery, reRanker.NeighborCount, _options);
                scores[at].Time(() => EngineParts.Score(graph, methods[at], _options));
            }
        }

        Console.WriteLine($"{"stage",-28}{"wall s",10}{"cpu s",10}   medians of {repeat}");
        _times.ForEach(Console.WriteLine);
        (double wall, double cpu) = (jobs[1].Wall / jobs[0].Wall, jobs[1].Cpu / jobs[0].Cpu);
        Console.WriteLine($"whole job: {wall:0.000} of GNN's wall, {cpu:0.000} of its processor time");
        return 0;
    }

    private StageTimes Clock(string name)
    {
        StageTimes times = new(name);
        _times.Add(times);
        return times;
    }
}
