using GnnReRank.Compute.Cpu;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>Whether what was timed is right.</summary>
/// <param name="lines">Receive the checks.</param>
/// <param name="job">The features.</param>
/// <param name="jobs">The jobs.</param>
internal sealed class ResultLines(StepLines lines, JobFeatures job, WholeJobs jobs)
{
    // Queries' first places that are compared with the processor's.
    private const int Best = 10;

    private static readonly ComputeOptions s_fast = new() { Precision = ComputePrecision.Fast };

    private readonly int _checkedRows = lines.Context.IsSmall ? 8 : job.Shape.IsLarge ? 16 : 64;

    private string Shape => job.Shape.Name;

    /// <summary>The graph beside float64, and Fast's beside it; Exact's graph is returned.</summary>
    public NeighborGraph? Graphs()
    {
        NeighborGraph? exact = null;
        lines.Try($"{Shape}: graph, Exact", () =>
        {
            exact = lines.Context.Backend.FindNeighbors(job.Query, job.Gallery, job.Shape.K1, ComputeOptions.Default);
            GraphCheck check = GraphCheck.Of(job, exact, _checkedRows);
            lines.Check($"{Shape}: graph, Exact", check.Passes, check.ToString());
        });
        lines.Try($"{Shape}: graph, Fast", () =>
        {
            NeighborGraph fast = lines.Context.Backend.FindNeighbors(job.Query, job.Gallery, job.Shape.K1, s_fast);
            GraphCheck check = GraphCheck.Of(job, fast, _checkedRows, GraphCheck.NearTieOfHalves);
            lines.Check(
                $"{Shape}: graph, Fast", check.Passes, check.ToString(), exact is null ? null : Different(exact, fast),
                "rows with other neighbours than Exact");
        });
        return exact;
    }

    /// <summary>mAP by the labels that the features were made by, and the same job on the processor.</summary>
    public void Rankings(IEnumerable<string> methods)
    {
        foreach (string method in methods)
        {
            foreach (ComputePrecision precision in Enum.GetValues<ComputePrecision>())
            {
                string what = $"{Shape}: mAP, {method}, {precision}";
                lines.Try(what, () => lines.Number(what, 100 * MeanPrecision(jobs.Rank(method, precision, null)), "%"));
            }
        }
    }

    /// <summary>The same job on the processor: a time beside ours, and first places that must be the same.</summary>
    public void BesideProcessor()
    {
        string what = $"{Shape}: Paper on this processor";
        lines.Try(what, () =>
        {
            Ranking expected = null!;
            IReRanker reRanker = WholeJobs.Gnn(job.Shape, GnnVariant.Paper, CpuBackend.Default);
            StageTimes times = StageTimes.Of(
                lines.Context.Device, 1, TimeSpan.Zero, () => expected = reRanker.ReRank(job.Query, job.Gallery));
            lines.Time(what, times, null, $"{Environment.ProcessorCount} threads");
            Ranking found = jobs.Rank("Paper", ComputePrecision.Exact, null);
            (double ours, double theirs) = (100 * MeanPrecision(found), 100 * MeanPrecision(expected));
            int others = Enumerable.Range(0, found.QueryCount).Count(query => !SameHead(found, expected, query));
            bool passes = Math.Abs(ours - theirs) < 0.01 && others <= found.QueryCount / 100;
            lines.Check($"{Shape}: Paper, Exact, as the processor ranks", passes, FormattableString.Invariant(
                $"mAP {ours:0.000} and {theirs:0.000} %; {others:N0} of {found.QueryCount:N0} have other {Best} first"));
        });
    }

    private static double MeanPrecision(Ranking ranking) => RetrievalEvaluator.Measure(ranking).mAP ?? double.NaN;

    private static bool SameHead(Ranking one, Ranking other, int query) =>
        Head(one, query).SequenceEqual(Head(other, query));

    private static ReadOnlySpan<int> Head(Ranking ranking, int query)
    {
        ReadOnlySpan<int> all = ranking.GetIndexSpan(query);
        return all[..Math.Min(Best, all.Length)];
    }

    private static int Different(NeighborGraph one, NeighborGraph other) => Enumerable.Range(0, one.VertexCount)
        .Count(vertex => !Row(one, vertex).Order().SequenceEqual(Row(other, vertex).Order()));

    private static int[] Row(NeighborGraph graph, int vertex) =>
        graph.IndexSpan.Slice(vertex * graph.NeighborCount, graph.NeighborCount).ToArray();
}
