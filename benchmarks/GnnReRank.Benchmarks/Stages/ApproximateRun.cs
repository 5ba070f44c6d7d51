namespace GnnReRank.Benchmarks;

/// <summary>Builds the exact and the approximate graph in turn, and compares lists and what is ranked from them.</summary>
internal sealed class ApproximateRun(
    FeatureMatrix? query, FeatureMatrix gallery, int neighbors, ApproximateSearchSettings settings, int threads)
{
    private readonly ComputeOptions _options = new() { ThrottleLimit = threads, Device = "Cpu", Log = Console.WriteLine };
    private readonly StageTimes _exact = new("exact");
    private readonly StageTimes _near = new("approximate");

    /// <summary>Query and gallery of a file.</summary>
    public static (FeatureMatrix? Query, FeatureMatrix Gallery) Read(string file)
    {
        IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(
            file, new FeatureReadOptions { Sets = [FeatureRole.Query, FeatureRole.Gallery] }).Matrices;
        return (matrices[0], matrices[1]);
    }

    public int Run(int repeat, bool alone, bool always)
    {
        Console.WriteLine($"{query}; {gallery}; k {neighbors}; recall {settings.Recall}");
        Console.WriteLine(MachineFacts.Machine());
        NeighborGraph? exact = null;
        NeighborGraph? near = null;
        for (int run = 0; run < repeat; run++)
        {
            near = _near.Time(() => always
                ? EngineParts.Nearly(query, gallery, neighbors, settings, _options)
                : NeighborSearch.BuildApproximate(query, gallery, neighbors, settings, _options));
            exact = alone ? null : _exact.Time(() => NeighborSearch.Build(query, gallery, neighbors, _options));
        }

        Console.WriteLine($"{"stage",-28}{"wall s",10}{"cpu s",10}   medians of {repeat}, {threads} threads");
        Console.WriteLine(_near);
        Console.WriteLine($"{near!.Approximation?.ToString() ?? "exact"}; peak {Environment.WorkingSet / 1e9:0.00} GB at the end");
        if (exact is not null)
        {
            Console.WriteLine(_exact);
            (double wall, double cpu) = (_near.Wall / _exact.Wall, _near.Cpu / _exact.Cpu);
            Console.WriteLine($"{wall:0.000} of the exact wall, {cpu:0.000} of its processor time");
            Console.WriteLine($"recall of all rows {RecallOf(near, exact):0.0000}");
            Measure(near, exact);
        }

        return 0;
    }

    private void Measure(NeighborGraph near, NeighborGraph exact)
    {
        if (query is not { HasLabels: true } || !gallery.HasLabels)
        {
            return;
        }

        foreach (MethodSettings method in (MethodSettings[])[new DiffusionSettings(), new GnnReRankSettings()])
        {
            IReRanker ranker = method.CreateReRanker();
            if (ranker.NeighborCount <= neighbors)
            {
                ComputeOptions quiet = _options with { Log = null };
                double[] means =
                [
                    .. new[] { exact, near }.Select(
                        graph => 100 * RetrievalEvaluator.Measure(ranker.ReRank(graph, null, quiet)).mAP!.Value),
                ];
                Console.WriteLine($"{method.Method}: mAP {means[0]:0.00} exact, {means[1]:0.00} approximate");
            }
        }
    }

    private double RecallOf(NeighborGraph near, NeighborGraph exact) => Enumerable.Range(0, exact.VertexCount)
        .AsParallel()
        .Average(vertex => (near.GetNeighbors(vertex).Intersect(exact.GetNeighbors(vertex)).Count() - 1.0) / (neighbors - 1));
}
