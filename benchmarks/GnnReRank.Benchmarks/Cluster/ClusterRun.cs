using System.Diagnostics;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace GnnReRank.Benchmarks;

/// <summary>One job, in items and in one process.</summary>
internal sealed class ClusterRun(string folder, JobShape shape, MethodSettings method, double? recall, int threads)
{
    private const int DefaultTop = 100;

    private string QueryPath => Path.Combine(folder, "query.npy");

    private string GalleryPath => Path.Combine(folder, "gallery.npy");

    private int Top => Math.Min(shape.Top ?? DefaultTop, shape.Gallery);

    private ApproximateSearchSettings? Approximation =>
        recall is double value ? new ApproximateSearchSettings { Recall = value } : null;

    /// <summary>Runs the job in items, then in one process.</summary>
    /// <param name="latent">Dimensions in which made rows differ.</param>
    /// <param name="shardSize">Rows a shard.</param>
    /// <param name="tasks">Processes at a time.</param>
    /// <param name="memory">Gigabytes a task.</param>
    /// <param name="command">This program and its words, for the one process; null leaves it out.</param>
    public int Run(int latent, int shardSize, int tasks, double memory, string[]? command)
    {
        MakeFeatures(latent);
        ReRankClusterJob job = Job(shardSize, tasks, memory);
        string worker = Path.Combine(AppContext.BaseDirectory, "GnnReRank.Worker.dll");
        (double seconds, double processor) = Time(
            [Host, worker, "coordinate", "--job", job.Path, "--tasks", $"{tasks}"], Console.Out);
        ClusterJobStatus status = job.GetStatus();
        Console.WriteLine(ClusterTable.Of(status));
        Console.WriteLine(FormattableString.Invariant(
            $"{tasks} processes: {seconds:N1} s, {processor:N1} s of processor time"));
        if (status.State != ClusterJobState.Completed)
        {
            Console.WriteLine($"{status.State}: {string.Join("; ", status.Failures.Select(failure => failure.Message))}");
            return 1;
        }

        string bits = BitsOf(job.Receive());
        Console.WriteLine($"bits: {bits}");
        if (command is null)
        {
            return 0;
        }

        using StringWriter said = new();
        (double aloneSeconds, double aloneProcessor) = Time([Host, .. command, "--one-process"], said);
        Console.WriteLine(FormattableString.Invariant(
            $"One process: {aloneSeconds:N1} s, {aloneProcessor:N1} s of processor time; the job takes {processor / aloneProcessor:0.00} of it"));
        bool isEqual = said.ToString().Contains(bits, StringComparison.Ordinal);
        Console.WriteLine(isEqual ? "The same bits." : $"OTHER BITS: {said}");
        return isEqual ? 0 : 1;
    }

    /// <summary>The same in this process.</summary>
    public int RunHere()
    {
        ComputeOptions options = new() { Device = "Cpu", ThrottleLimit = threads };
        FeatureReadOptions mapped = new() { MemoryMapped = true };
        FeatureMatrix query = FeatureFile.Read(QueryPath, mapped).Matrices[0];
        FeatureMatrix gallery = FeatureFile.Read(GalleryPath, mapped).Matrices[0];
        IReRanker reRanker = method.CreateReRanker();
        Ranking ranking = Approximation is null
            ? reRanker.ReRank(query, gallery, Top, options)
            : reRanker.ReRank(
                NeighborSearch.BuildApproximate(query, gallery, reRanker.NeighborCount, Approximation, options), Top, options);
        Console.WriteLine(BitsOf(ranking));
        return 0;
    }

    private static string Host => Environment.ProcessPath is string path && Path.GetFileNameWithoutExtension(path) == "dotnet"
        ? path
        : "dotnet";

    /// <summary>A hash of all indices and scores, in order.</summary>
    private static string BitsOf(Ranking ranking)
    {
        XxHash128 hash = new();
        for (int query = 0; query < ranking.QueryCount; query++)
        {
            hash.Append(MemoryMarshal.AsBytes(ranking.GetIndexSpan(query)));
            hash.Append(MemoryMarshal.AsBytes(ranking.GetScoreSpan(query)));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static (double Seconds, double ProcessorSeconds) Time(IReadOnlyList<string> words, TextWriter said)
    {
        double before = ProcessTimes.OfChildren();
        long started = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(words[0], words.Skip(1)) { RedirectStandardOutput = true })!;
        process.OutputDataReceived += (_, line) => said.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.WaitForExit();
        return process.ExitCode == 0
            ? (Stopwatch.GetElapsedTime(started).TotalSeconds, ProcessTimes.OfChildren() - before)
            : throw new InvalidOperationException($"'{string.Join(' ', words)}' gave exit code {process.ExitCode}: {said}");
    }

    private void MakeFeatures(int latent)
    {
        if (File.Exists(QueryPath) && File.Exists(GalleryPath))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        (FeatureMatrix? query, FeatureMatrix gallery) = ClusteredFeatures.Pair(
            shape.Queries, shape.Vertices, shape.Dimension, latent, seed: 1);
        FeatureFile.Write(QueryPath, [query!]);
        FeatureFile.Write(GalleryPath, [gallery]);
    }

    private ReRankClusterJob Job(int shardSize, int tasks, double memory)
    {
        string name = $"job-{method.Method}-{(recall is null ? "exact" : "near")}-{shardSize}";
        string path = Path.Combine(folder, name.ToLowerInvariant().Replace(' ', '-'));
        if (File.Exists(Path.Combine(path, "plan.json")))
        {
            return ReRankClusterJob.Open(path);
        }

        return ReRankClusterJob.Create(path, new ClusterJobOptions
        {
            Query = [QueryPath],
            Gallery = [GalleryPath],
            Method = method,
            Top = Top,
            Approximation = Approximation,
            ShardSize = shardSize,
            Tasks = tasks,
            MemoryPerTask = (long)(memory * 1e9),
            ThreadsPerTask = Math.Max(1, threads / tasks),
        });
    }
}
