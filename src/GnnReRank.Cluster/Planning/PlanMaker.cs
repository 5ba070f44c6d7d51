using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Plans;
using GnnReRank.Compute.Cpu.Clusters;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Cluster.Planning;

/// <summary>Decides all of a job before it starts.</summary>
internal static class PlanMaker
{
    /// <summary>The plan of a job.</summary>
    /// <exception cref="GnnReRankException">Something does not fit, or is not supported.</exception>
    public static JobPlan Make(ClusterJobOptions options)
    {
        PlanChecks.Require(options);
        int dimension = 0;
        SourcePlan query = Shapes(options.Query, "query", ref dimension);
        SourcePlan gallery = Shapes(options.Gallery, "gallery", ref dimension);
        int vertices = PlanChecks.VertexCount(query, gallery);
        MethodSettings settings = options.Method.FitTo(vertices);
        int neighbors = settings.CreateReRanker(null).NeighborCount;
        if (neighbors > 0)
        {
            NeighborSearch.Check(neighbors, vertices);
        }

        JobPlan plan = new()
        {
            Version = PlanFile.OwnVersion,
            Id = Guid.NewGuid().ToString("N")[..12],
            Query = query,
            Gallery = gallery,
            Dimension = dimension,
            ElementBytes = query.Paths.Concat(gallery.Paths).Max(SourceCheck.ElementBytes),
            AllowsZeroRows = options.AllowsZeroRows,
            SettingsPack = JobPlan.Pack(settings),
            Method = settings.ToString(),
            Top = Math.Min(options.Top, gallery.RowCount),
            NeighborCount = neighbors,
            Recall = IsExact(options, vertices, neighbors) ? null : options.Approximation!.Recall,
            Seed = options.Approximation?.Seed ?? 0,
            ShardRows = options.ShardSize,
            QueriesPerItem = options.QueriesPerItem ?? ScoreItems.Usual(query.RowCount, options.Tasks),
            Device = PlanChecks.Device(options.Device),
            Kernel = options.SameProcessor ? CpuKernels.ForThisProcessor.Exact.Name : null,
            Tasks = options.Tasks,
            ThreadsPerTask = options.ThreadsPerTask,
            MemoryPerTask = options.MemoryPerTask,
            Worker = options.Worker is { Count: > 0 } worker ? worker : WorkerCommand.Usual(),
            SecondsPerOperation = SpeedProbe.SecondsPerOperation(dimension),
        };
        PlanChecks.RequireItems(plan);
        plan = options.QueriesPerItem is null ? ScoreItems.Fit(plan) : plan;
        PlanChecks.RequireItems(plan);
        PlanChecks.RequireMemory(plan);
        IReadOnlyList<string> notes = PlanNotes.Of(plan);
        return plan with
        {
            Notes = plan.Recall is null && neighbors > 0 && options.Approximation is not null
                ? [FormattableString.Invariant(
                    $"All pairs of {vertices:N0} rows are as cheap as an approximate search: the neighbours ") +
                    "will be exact.", .. notes]
                : notes,
        };
    }

    // As in one process, as far as sizes alone tell.
    private static bool IsExact(ClusterJobOptions options, int vertices, int neighbors) =>
        neighbors == 0 || options.Approximation is not ApproximateSearchSettings near ||
        ClusterCounts.IsExactAsCheap(vertices, neighbors, near.Recall);

    private static SourcePlan Shapes(IReadOnlyList<string> paths, string side, ref int dimension)
    {
        List<string> full = [];
        List<int> rowCounts = [];
        foreach (string path in paths)
        {
            string fullPath = Path.GetFullPath(path);
            (int rows, int columns) = SourceFile.Shape(fullPath, ComputeOptions.Default);
            dimension = dimension == 0 ? columns : dimension;
            if (columns != dimension)
            {
                throw new GnnReRankException(
                    "DimensionMismatch", ErrorKind.InvalidData,
                    $"'{fullPath}' of the {side} has {columns:N0} values a row, and the files before it have " +
                    $"{dimension:N0}. Give files of the same features.");
            }

            full.Add(fullPath);
            rowCounts.Add(rows);
        }

        return new SourcePlan(full, rowCounts);
    }
}
