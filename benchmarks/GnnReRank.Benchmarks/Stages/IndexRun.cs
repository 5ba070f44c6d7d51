using System.Diagnostics;
using System.Numerics.Tensors;
using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Scanning;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Running;

namespace GnnReRank.Benchmarks;

/// <summary>
/// Times an index in one process: a plain read of the features and the scan in turn, then for each method single
/// queries on all threads, single queries on a thread each, and ten rows added and removed beside a rebuild.
/// </summary>
internal sealed class IndexRun(JobShape shape, GnnReRankSettings gnn, int threads, int repeat, string[] methods)
{
    private const int Added = 10;
    private const int Changes = 5;
    private const int RowsAtATime = 256;

    private readonly ComputeOptions _options = new() { ThrottleLimit = threads };

    public int Run(MadeSettings made)
    {
        MadeFeatures features = new(shape, made);
        FeatureMatrix query = features.Query();
        FeatureMatrix gallery = features.Gallery();
        Console.WriteLine($"{query}; {gallery}; {threads} threads; medians of {repeat} queries");
        MeasureScan(query, gallery);
        foreach (string method in methods)
        {
            MeasureMethod(query, gallery, method.ToUpperInvariant() switch
            {
                "COSINE" => new CosineSettings(),
                "GNN" => gnn,
                _ => new DiffusionSettings(),
            });
        }

        return 0;
    }

    private static double Milliseconds(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private unsafe void MeasureScan(FeatureMatrix query, FeatureMatrix gallery)
    {
        using VertexRows queries = new(null, query);
        using VertexRows rows = new(null, gallery);
        using NativeBuffer<float> cosines = new(gallery.RowCount);
        List<double> reads = [];
        List<double> scans = [];
        float sum = 0;
        for (int run = 0; run < repeat; run++)
        {
            int one = run % query.RowCount;
            reads.Add(Milliseconds(() => Workers.ForRanges(threads, gallery.RowCount, RowsAtATime, (from, to) =>
            {
                for (int row = from; row < to; row++)
                {
                    sum += TensorPrimitives.Sum(new ReadOnlySpan<float>(rows.Row(row, null), rows.Dimension));
                }
            })));
            scans.Add(Milliseconds(() => Workers.ForRanges(
                threads, gallery.RowCount, RowsAtATime,
                () =>
                {
                    RowScan scan = new(queries, rows);
                    scan.TakeQueries(one, 1);
                    return scan;
                },
                (scan, from, to) => scan.Multiply(from, to, cosines.Pointer, gallery.RowCount, CancellationToken.None))));
        }

        (double read, double scanned) = (Medians.Of(reads), Medians.Of(scans));
        Console.WriteLine($"plain read {read:0.00} ms, scan {scanned:0.00} ms: {scanned / read:0.00} times; at best {reads.Min():0.00} and {scans.Min():0.00} (sum {sum:0.0})");
    }

    private void MeasureMethod(FeatureMatrix query, FeatureMatrix gallery, MethodSettings settings)
    {
        ReRankIndex index = null!;
        double build = Milliseconds(() => index = ReRankIndex.Build(gallery, settings, _options));
        IndexSearchOptions search = new() { Top = 100 };
        for (int warm = 0; warm < 20; warm++)
        {
            index.Search(query.GetRowSpan(warm % query.RowCount), search, _options);
        }

        List<double> all = [];
        for (int run = 0; run < repeat; run++)
        {
            float[] row = query.GetRow(run % query.RowCount);
            all.Add(Milliseconds(() => index.Search(row, search, _options)));
        }

        Console.WriteLine($"{settings.Method}: built in {build / 1000:0.00} s; a query {Medians.Of(all):0.00} ms on {threads} threads");
        foreach (int callers in new[] { 1, threads }.Distinct())
        {
            ComputeOptions single = new() { ThrottleLimit = 1 };
            double elapsed = Milliseconds(() => Parallel.For(
                0, repeat, new ParallelOptions { MaxDegreeOfParallelism = callers },
                run => index.Search(query.GetRowSpan(run % query.RowCount), search, single)));
            Console.WriteLine($"{settings.Method}: {callers} callers, a thread each: {repeat * 1000 / elapsed:0} queries a second");
        }

        MeasureChanges(index, query, build);
    }

    private void MeasureChanges(ReRankIndex index, FeatureMatrix query, double build)
    {
        List<double> adds = [];
        List<double> removals = [];
        for (int run = 0; run < Changes; run++)
        {
            FeatureMatrix rows = FeatureSelector.Select(
                query, new RowSelection { Indices = [.. Enumerable.Range(run * Added, Added)] });
            adds.Add(Milliseconds(() => index.Add(rows, _options)));
            int[] last = [.. Enumerable.Range(index.RowCount - Added, Added)];
            removals.Add(Milliseconds(() => index.Remove(last, _options)));
        }

        (double add, double removal) = (Medians.Of(adds), Medians.Of(removals));
        Console.WriteLine(
            $"{index.Settings.Method}: {Added} rows added in {add:0.0} ms ({build / add:0} times faster than built), removed in {removal:0.0} ms ({build / removal:0})");
    }
}
