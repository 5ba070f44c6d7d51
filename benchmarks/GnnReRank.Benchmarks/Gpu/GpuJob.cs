using System.Diagnostics;
using GnnReRank.Running;

namespace GnnReRank.Benchmarks;

/// <summary>One job of ours on a device: the first call of the process, then warm ones, and a line of JSON.</summary>
internal sealed class GpuJob(string folder, GnnReRankSettings settings, int? top, string device, ComputePrecision precision, int repeat, TimeSpan budget)
{
    private const int BestCount = 10;

    private readonly ComputeOptions _options = new() { Device = device, Precision = precision };
    private readonly GnnReRanker _reRanker = new(settings);
    private readonly MadeFeatures _few = new(new JobShape(8, 64, 32, null), new MadeSettings());
    private readonly Dictionary<string, List<double>> _cold = [];
    private readonly Dictionary<string, List<double>> _warm = [];

    public int Run()
    {
        FeatureMatrix query = FeatureFile.Read(InFolder("query.npy")).Matrices[0];
        FeatureMatrix gallery = FeatureFile.Read(InFolder("gallery.npy")).Matrices[0];
        (FeatureMatrix fewQueries, FeatureMatrix fewRows) = (_few.Query(), _few.Gallery());
        long start = Stopwatch.GetTimestamp();
        TimeJob(GpuStages.HostToHost, query, gallery, _cold);
        TimeJob(GpuStages.Resident, query, gallery, _cold);
        int runs = 0;
        for (; runs < repeat && (runs == 0 || Stopwatch.GetElapsedTime(start) < budget); runs++)
        {
            // A device keeps the matrices of its last call: after another call it must bring these up again.
            CosineRanker.Rank(fewQueries, fewRows, BestCount, _options);
            TimeJob(GpuStages.HostToHost, query, gallery, _warm);
            TimeJob(GpuStages.Resident, query, gallery, _warm);
        }

        Console.WriteLine(new GpuMeasurement(
            $"GnnReRank {precision}", $".NET {Environment.Version}", runs, Stages(), 0, Check(query, gallery)).ToJson());
        return 0;
    }

    private void TimeJob(string name, FeatureMatrix query, FeatureMatrix gallery, Dictionary<string, List<double>> times)
    {
        GC.Collect();
        StageClock clock = new();
        long start = Stopwatch.GetTimestamp();
        Ranking ranking = _reRanker.ReRank(query, gallery, top, _options with { Progress = clock });
        double whole = Stopwatch.GetElapsedTime(start).TotalSeconds;
        GC.KeepAlive(ranking);
        if (name == GpuStages.Resident && clock.Seconds.ContainsKey(StageNames.Upload))
        {
            // Too many for the device, they were brought up again: no such job.
            return;
        }

        Add(times, name, whole);
        if (name == GpuStages.HostToHost)
        {
            foreach ((string stage, double seconds) in clock.Seconds)
            {
                Add(times, stage, seconds);
            }
        }
    }

    private Dictionary<string, double?[]> Stages() => _cold.ToDictionary(
        stage => stage.Key,
        stage => (double?[])[stage.Value[0], _warm.TryGetValue(stage.Key, out List<double>? warm) ? Medians.Of(warm) : null]);

    /// <summary>Exact leaves what the others are checked by; Fast is compared with it.</summary>
    private string Check(FeatureMatrix query, FeatureMatrix gallery)
    {
        NeighborGraph graph = NeighborSearch.Build(query, gallery, settings.K1, _options);
        if (precision == ComputePrecision.Exact)
        {
            GraphFile.Write(InFolder("neighbors.npy"), graph, overwrite: true);
            Ranking ranking = _reRanker.ReRank(graph, BestCount, _options);
            float[] best = [.. Enumerable.Range(0, ranking.QueryCount).SelectMany(ranking.GetScores)];
            string file = InFolder($"best.{settings.Variant.ToString().ToLowerInvariant()}.npy");
            FeatureFile.Write(file, [new FeatureMatrix(best, ranking.QueryCount, ranking.Depth)], new FeatureWriteOptions { Overwrite = true });
            return "";
        }

        if (!File.Exists(InFolder("neighbors.npy")))
        {
            return "nothing exact to compare with";
        }

        NeighborGraph exact = GraphFile.Read(InFolder("neighbors.npy"));
        int differ = Enumerable.Range(0, graph.VertexCount).Count(vertex => !SameNeighbors(exact, graph, vertex));
        return FormattableString.Invariant($"{differ:N0} of {graph.VertexCount:N0} rows have other neighbours than Exact");
    }

    private static bool SameNeighbors(NeighborGraph one, NeighborGraph other, int vertex) =>
        Row(one, vertex).Order().SequenceEqual(Row(other, vertex).Order());

    private static int[] Row(NeighborGraph graph, int vertex) =>
        graph.IndexSpan.Slice(vertex * graph.NeighborCount, graph.NeighborCount).ToArray();

    private static void Add(Dictionary<string, List<double>> times, string stage, double seconds)
    {
        if (!times.TryGetValue(stage, out List<double>? list))
        {
            times.Add(stage, list = []);
        }

        list.Add(seconds);
    }

    private string InFolder(string name) => Path.Combine(folder, name);
}
