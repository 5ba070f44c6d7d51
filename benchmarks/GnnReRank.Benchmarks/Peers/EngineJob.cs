using System.Diagnostics;
using GnnReRank.Running;

namespace GnnReRank.Benchmarks;

/// <summary>One job of ours on the features in a folder, timed once after a warm-up on a few rows, and printed as a line of JSON.</summary>
internal sealed class EngineJob(string folder, GnnReRankSettings settings, int? top, int threads)
{
    private const int BestCount = 10;
    private const int WarmQueries = 100;
    private const int WarmGallery = 500;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, double?[]> _stages = [];
    private readonly ComputeOptions _options = new() { ThrottleLimit = threads };

    /// <summary>Writes what the other programs start from and are checked by; takes real features from a .mat file, if one is given.</summary>
    public int Prepare(string? real)
    {
        FeatureWriteOptions write = new() { Overwrite = true };
        if (real is not null)
        {
            FeatureReadOptions sets = new() { Sets = [FeatureRole.Query, FeatureRole.Gallery] };
            IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(real, sets).Matrices;
            FeatureFile.Write(InFolder("query.npy"), [matrices[0]], write);
            FeatureFile.Write(InFolder("gallery.npy"), [matrices[1]], write);
        }

        (FeatureMatrix query, FeatureMatrix gallery) = Read("");
        MadeFeatures warm = new(new JobShape(WarmQueries, WarmGallery, query.Dimension, null), new MadeSettings());
        FeatureFile.Write(InFolder("warm.query.npy"), [warm.Query()], write);
        FeatureFile.Write(InFolder("warm.gallery.npy"), [warm.Gallery()], write);
        NeighborGraph graph = NeighborSearch.Build(query, gallery, settings.K1, _options);
        GraphFile.Write(InFolder("neighbors.npy"), graph, overwrite: true);
        foreach (GnnVariant variant in Enum.GetValues<GnnVariant>())
        {
            Ranking ranking = new GnnReRanker(settings with { Variant = variant }).ReRank(graph, BestCount, _options);
            float[] best = [.. Enumerable.Range(0, ranking.QueryCount).SelectMany(ranking.GetScores)];
            FeatureFile.Write(
                InFolder($"best.{variant.ToString().ToLowerInvariant()}.npy"),
                [new FeatureMatrix(best, ranking.QueryCount, ranking.Depth)], write);
        }

        Print(query, gallery);
        return 0;
    }

    public int TimeNeighbors()
    {
        (FeatureMatrix query, FeatureMatrix gallery) = Warmed((q, g) => NeighborSearch.Build(q, g, settings.K1, _options));
        Time(StageLabels.Neighbors, () => NeighborSearch.Build(query, gallery, settings.K1, _options));
        Print(query, gallery);
        return 0;
    }

    public int TimeWhole()
    {
        GnnReRanker reRanker = new(settings);
        (FeatureMatrix query, FeatureMatrix gallery) = Warmed((q, g) => reRanker.ReRank(q, g, top, _options));
        StageClock clock = new();
        ComputeOptions timed = _options with { Progress = clock };
        Time(StageLabels.Whole(settings.Variant), () => reRanker.ReRank(query, gallery, top, timed));
        Keep(StageNames.Messages, StageLabels.Layers(settings.Variant));
        Keep(StageNames.RankingLists, StageLabels.ScoresAndSort(settings.Variant));
        Print(query, gallery);
        return 0;

        void Keep(string stage, string label) => _stages[label] = [clock.Seconds[stage], clock.CpuSeconds[stage]];
    }

    /// <summary>Another method, by its authors' settings.</summary>
    public int TimeMethod(string stage, MethodSettings method)
    {
        IReRanker reRanker = method.CreateReRanker();
        (FeatureMatrix query, FeatureMatrix gallery) = Warmed((q, g) => reRanker.ReRank(q, g, top, _options));
        StageClock clock = new();
        Time(stage, () => reRanker.ReRank(query, gallery, top, _options with { Progress = clock }));
        foreach ((string part, double seconds) in clock.Seconds)
        {
            _stages[$"{stage}: {part}"] = [seconds, clock.CpuSeconds[part]];
        }

        Print(query, gallery);
        return 0;
    }

    /// <summary>The order of the rows alone, by cosine.</summary>
    public int TimeSort()
    {
        (FeatureMatrix query, FeatureMatrix gallery) = Read("");
        int rows = query.RowCount;
        int width = gallery.RowCount;
        float[] scores = new float[checked(rows * width)];
        Ranking ranking = CosineRanker.Rank(query, gallery, null, _options);
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<int> order = ranking.GetIndexSpan(row);
            ReadOnlySpan<float> sorted = ranking.GetScoreSpan(row);
            for (int rank = 0; rank < width; rank++)
            {
                scores[(row * width) + order[rank]] = sorted[rank];
            }
        }

        int[] indices = GC.AllocateUninitializedArray<int>(scores.Length);
        float[] result = GC.AllocateUninitializedArray<float>(scores.Length);
        EngineParts.SortRows(scores, Math.Min(rows, WarmQueries), width, indices, result, threads);
        Time(StageLabels.Sort, () =>
        {
            EngineParts.SortRows(scores, rows, width, indices, result, threads);
            return result;
        });
        Print(query, gallery);
        return 0;
    }

    private (FeatureMatrix Query, FeatureMatrix Gallery) Warmed(Func<FeatureMatrix, FeatureMatrix, object> work)
    {
        (FeatureMatrix query, FeatureMatrix gallery) = Read("warm.");
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < s_warmUp)
        {
            work(query, gallery);
        }

        (query, gallery) = Read("");
        GC.Collect();
        return (query, gallery);
    }

    private (FeatureMatrix Query, FeatureMatrix Gallery) Read(string prefix) =>
        (FeatureFile.Read(InFolder($"{prefix}query.npy")).Matrices[0], FeatureFile.Read(InFolder($"{prefix}gallery.npy")).Matrices[0]);

    private void Time<T>(string stage, Func<T> work)
    {
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        T result = work();
        _stages[stage] = [Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds];
        GC.KeepAlive(result);
    }

    private void Print(FeatureMatrix query, FeatureMatrix gallery) => Console.WriteLine(new Measurement(
        Entrant.Engine, $".NET {Environment.Version}", threads, query.RowCount + gallery.RowCount, query.Dimension, _stages,
        Process.GetCurrentProcess().PeakWorkingSet64, "").ToJson());

    private string InFolder(string name) => Path.Combine(folder, name);
}
