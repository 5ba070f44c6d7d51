using System.Globalization;
using GnnReRank.Fuzz.Running;

namespace GnnReRank.Fuzz.Worst;

/// <summary>Imports each shape at four sizes, and prints how processor time and allocations grow.</summary>
internal static class WorstRun
{
    private const double SureGrowth = 1.25;
    private const int Runs = 3;
    private const double LeastSeconds = 0.3;
    private const double LeastMegabytes = 16;

    private static readonly int[] s_factors = [1, 2, 4, 8];

    public static int Run(FuzzOptions options)
    {
        string root = Directory.CreateTempSubdirectory("gnnrerank-worst-").FullName;
        using Session session = new(options.Module, root);
        CostMeter meter = new(session, root);
        Console.WriteLine("| format | much of | n | file at 8 n, MB | processor seconds at n, 2 n, 4 n, 8 n | exponent | of which the collector | MB allocated at n, 8 n | exponent | most memory, MB | what came of it |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        int found = 0;
        List<string> small = [];
        foreach (WorstCase shape in Cases(session).Where(shape => $"{shape.Format} {shape.Shape}".StartsWith(options.Format, StringComparison.OrdinalIgnoreCase)))
        {
            int size = StartSize(shape, meter, options.Scale);
            List<Cost> costs = Sizes(shape, size, meter, options);
            if (costs[^1].Seconds < LeastSeconds && costs[^1].Allocated < LeastMegabytes)
            {
                small.Add(string.Create(CultureInfo.InvariantCulture, $"{shape.Format} {shape.Shape} ({size * s_factors[^1]:N0}, {costs[^1].File:0.0} MB: {costs[^1].Outcome})"));
                continue;
            }

            found += Print(shape, size, costs) ? 1 : 0;
        }

        Directory.Delete(root, recursive: true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nUnder {LeastSeconds} s and {LeastMegabytes} MB at 8 n, the largest tried: {string.Join("; ", small)}."));
        Console.WriteLine($"\n{found} grow faster than n^{SureGrowth.ToString(CultureInfo.InvariantCulture)}.");
        return found;
    }

    private static IEnumerable<WorstCase> Cases(Session session)
    {
        object[] sets = session.Script(
            $$"""
            $rows = foreach ($i in 1..{{TextShapes.Rows}}) { , [float[]] (1, $i) }
            [GnnReRank.FeatureMatrix]::FromRows([float[][]] $rows, $null, $null, [string[]] (0..{{TextShapes.Rows - 1}} | ForEach-Object { "q$_" }), 'Query')
            [GnnReRank.FeatureMatrix]::FromRows([float[][]] $rows, $null, $null, [string[]] (0..{{TextShapes.Rows - 1}} | ForEach-Object { "g$_" }), 'Gallery')
            """);
        object ranking = session.Script(
            """
            $g = [GnnReRank.FeatureMatrix]::FromRows([float[][]] ((1, 0), (0, 1)), [long[]] (1, 2), [int[]] (1, 1), [string[]] ('p.png', 'b.png'), 'Gallery')
            $q = [GnnReRank.FeatureMatrix]::FromRows([float[][]] (, (1, 0)), [long[]] (, 1), [int[]] (, 3), [string[]] (, 'q.png'), 'Query')
            Search-FeatureMatrix $q $g
            """)[0];
        return TextShapes.All(sets[0], sets[1]).Concat(ArchiveShapes.All(ranking)).Concat(PickleShapes.All()).Concat(MatShapes.All()).Concat(Hdf5Shapes.All()).Concat(ColumnShapes.All());
    }

    /// <summary>The first size large enough that its time says something. The first calls also compile what is measured then.</summary>
    private static int StartSize(WorstCase shape, CostMeter meter, double scale)
    {
        int size = (int)Math.Min(shape.Size * scale, shape.Most / s_factors[^1]);
        while (true)
        {
            Cost cost = meter.Median(shape, size, Runs);
            if (cost.Seconds > LeastSeconds / 2 || size > shape.Most / s_factors[^1] / 2 || cost.File > WorstCase.LargestFile / s_factors[^1] / 2)
            {
                return size;
            }

            size *= 2;
        }
    }

    private static List<Cost> Sizes(WorstCase shape, int size, CostMeter meter, FuzzOptions options)
    {
        List<Cost> costs = [];
        foreach (int factor in s_factors)
        {
            // Where one run costs seconds, its time says enough.
            costs.Add(meter.Median(shape, size * factor, costs.Count > 0 && costs[^1].Seconds > 2 ? 1 : Runs));
            if (costs[^1].Seconds > options.SkipAfter)
            {
                break;
            }
        }

        return costs;
    }

    private static bool Print(WorstCase shape, int size, List<Cost> costs)
    {
        Cost last = costs[^1];
        double? time = Exponent(costs, cost => cost.Seconds, LeastSeconds);
        double? memory = Exponent(costs, cost => cost.Allocated, LeastMegabytes);
        bool isOfCollector = last.Collecting > last.Seconds / 2;
        bool isFound = time > SureGrowth && !isOfCollector || memory > SureGrowth || last.IsStopped;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {shape.Format} | {shape.Shape} | {size:N0} | {last.File:0.0} | {string.Join(", ", costs.Select(cost => cost.Seconds.ToString("0.00", CultureInfo.InvariantCulture)))} | {Shown(time)} | {last.Collecting:0.00} | {costs[0].Allocated:N0}, {last.Allocated:N0} | {Shown(memory)} | {last.Peak:N0} | {last.Outcome}{(isFound ? " **" : "")} |"));
        return isFound;
    }

    /// <summary>The exponent of the growth from the smallest size to the largest; none where the cost is too small to say.</summary>
    private static double? Exponent(List<Cost> costs, Func<Cost, double> of, double least) =>
        of(costs[^1]) < least || costs.Count < 2 ? null : Math.Log2(of(costs[^1]) / of(costs[0])) / Math.Log2(s_factors[costs.Count - 1]);

    private static string Shown(double? exponent) => exponent?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";
}
