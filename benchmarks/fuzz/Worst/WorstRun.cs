using System.Diagnostics;
using System.Globalization;
using GnnReRank.Fuzz.Running;

namespace GnnReRank.Fuzz.Worst;

/// <summary>Imports each shape at three sizes, and prints how time and memory grow.</summary>
internal static class WorstRun
{
    private const double SureGrowth = 1.3;
    private const int MoreRuns = 3;
    private const double LeastSeconds = 0.3;
    private const double LeastMegabytes = 8;
    private const int Slowest = 120;

    private static readonly int[] s_factors = [1, 2, 4];

    public static int Run(FuzzOptions options)
    {
        string root = Directory.CreateTempSubdirectory("gnnrerank-worst-").FullName;
        using Session session = new(options.Module, root);
        Watch watch = new(session.Shell);
        Console.WriteLine("| format | much of | n | file at 4 n, MB | processor seconds at n, 2 n, 4 n | growth | MB allocated at n, 2 n, 4 n | growth | most memory, MB | what came of it |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        int found = 0;
        foreach (WorstCase shape in Cases(session).Where(shape => $"{shape.Format} {shape.Shape}".StartsWith(options.Format, StringComparison.OrdinalIgnoreCase)))
        {
            found += Print(shape, options.Scale, Sizes(shape, session, watch, root, options)) ? 1 : 0;
        }

        Directory.Delete(root, recursive: true);
        Console.WriteLine($"\n{found} grow faster than n^{SureGrowth.ToString(CultureInfo.InvariantCulture)}.");
        return found;
    }

    private static IEnumerable<WorstCase> Cases(Session session)
    {
        object[] sets = session.Script("Import-FeatureMatrix -Example | Select-FeatureMatrix -First 40");
        object ranking = session.Script(
            """
            $g = [GnnReRank.FeatureMatrix]::FromRows([float[][]] ((1, 0), (0, 1)), [long[]] (1, 2), [int[]] (1, 1), [string[]] ('p.png', 'b.png'), 'Gallery')
            $q = [GnnReRank.FeatureMatrix]::FromRows([float[][]] (, (1, 0)), [long[]] (, 1), [int[]] (, 3), [string[]] (, 'q.png'), 'Query')
            Search-FeatureMatrix $q $g
            """)[0];
        return TextShapes.All(sets[0], sets[1]).Concat(ArchiveShapes.All(ranking)).Concat(PickleShapes.All()).Concat(MatShapes.All()).Concat(Hdf5Shapes.All()).Concat(ColumnShapes.All());
    }

    private static List<Cost> Sizes(WorstCase shape, Session session, Watch watch, string root, FuzzOptions options)
    {
        List<Cost> costs = [];
        foreach (int factor in s_factors)
        {
            string folder = Directory.CreateDirectory(Path.Combine(root, "shape")).FullName;
            string path = Path.Combine(folder, shape.File);
            shape.Write(path, (int)(shape.Size * factor * options.Scale));
            Cost cost = Measured(shape, path, session, watch);
            // Later runs are compiled and settled; where one costs seconds, the first says enough.
            for (int more = 0; more < MoreRuns && cost.Seconds < 2; more++)
            {
                Cost again = Measured(shape, path, session, watch);
                cost = again.Seconds < cost.Seconds ? again : cost;
            }

            costs.Add(cost);
            Directory.Delete(folder, recursive: true);
            if (cost.Seconds > options.SkipAfter)
            {
                break;
            }
        }

        return costs;
    }

    private static Cost Measured(WorstCase shape, string path, Session session, Watch watch)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        File.WriteAllText("/proc/self/clear_refs", "5");
        long resident = Memory("VmRSS");
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        watch.Begin(TimeSpan.FromSeconds(Slowest));
        Answer answer = session.Run(shell => shape.Call.Add(shell, path));
        watch.End();
        double seconds = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
        string outcome = answer.IsStopped ? $"stopped after {Slowest} s"
            : answer.Errors.Count > 0 ? answer.Errors[0].FullyQualifiedErrorId.Split(',')[0] : "read";
        long length = File.Exists(path) ? new FileInfo(path).Length : Directory.EnumerateFiles(path).Sum(file => new FileInfo(file).Length);
        return new Cost(length / 1e6, seconds, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1e6, (Memory("VmHWM") - resident) / 1e6, outcome);
    }

    private static long Memory(string name) =>
        long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) << 10;

    private static bool Print(WorstCase shape, double scale, List<Cost> costs)
    {
        Cost last = costs[^1];
        double[] time = Growth(costs, cost => cost.Seconds, LeastSeconds);
        double[] memory = Growth(costs, cost => cost.Allocated, LeastMegabytes);
        bool isFound = IsFast(time) || IsFast(memory) || last.Outcome.StartsWith("stopped", StringComparison.Ordinal);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {shape.Format} | {shape.Shape} | {shape.Size * scale:N0} | {last.File:0.0} | {string.Join(", ", costs.Select(cost => cost.Seconds.ToString("0.00", CultureInfo.InvariantCulture)))} | {Shown(time)} | {string.Join(", ", costs.Select(cost => cost.Allocated.ToString("N0", CultureInfo.InvariantCulture)))} | {Shown(memory)} | {last.Peak:N0} | {last.Outcome}{(isFound ? " **" : "")} |"));
        return isFound;
    }

    /// <summary>The exponents of the doublings; none where the cost is too small to say.</summary>
    private static double[] Growth(List<Cost> costs, Func<Cost, double> of, double least) =>
        of(costs[^1]) < least ? [] : [.. costs.Skip(1).Select((cost, before) => Math.Log2(of(cost) / of(costs[before])))];

    // The mean of the exponents is that from n to 4 n.
    private static bool IsFast(double[] growth) => growth.Length > 0 && growth.Average() > SureGrowth;

    private static string Shown(double[] growth) => growth.Length == 0 ? "-" : string.Join(", ", growth.Select(step => step.ToString("0.0", CultureInfo.InvariantCulture)));

    private sealed record Cost(double File, double Seconds, double Allocated, double Peak, string Outcome);
}
