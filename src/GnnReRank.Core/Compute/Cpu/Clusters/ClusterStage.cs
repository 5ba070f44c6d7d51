using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Neighbors;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>
/// Nearly all nearest neighbours of each row from a small part of the pairs: rows lie in clusters of like direction,
/// and a row meets those of the clusters nearest to it alone. How near these must be, and how near the lists come, is
/// measured on samples of rows whose exact neighbours are found.
/// </summary>
internal sealed class ClusterStage
{
    private const string Origin = "clusters";

    // Below, all pairs take a second or less.
    private const int FewRows = 4_000;

    // Measured: more clusters cost more products with their directions than they save among rows.
    private const double ClustersPerRoot = 3;

    // Rows sampled to choose the reach, and as many to measure the recall.
    private const double SampledPerRoot = 1.2;

    // A product of rows gathered from anywhere, offered to lists anywhere, costs so many of the exact search.
    private const double VisitCost = 3;
    private const double PassCost = 2;

    private readonly VertexRows _rows;
    private readonly int _neighborCount;
    private readonly ApproximateSearchSettings _settings;
    private readonly CpuKernels _kernels;
    private readonly TileKernel _kernel;
    private readonly bool _isForced;
    private readonly ClusterMemory _memory;
    private readonly ComputeOptions _options;

    private ClusterStage(
        VertexRows rows, int neighborCount, ApproximateSearchSettings settings, CpuKernels kernels, bool isForced,
        ComputeOptions options)
    {
        _rows = rows;
        _neighborCount = neighborCount;
        _settings = settings;
        _kernels = kernels;
        _kernel = kernels.Exact;
        _isForced = isForced;
        _memory = new ClusterMemory(
            rows.Count, neighborCount,
            kernels.CoarseFor(rows.Dimension) is null ? 0 : RoundedRows.BytesPerRow(rows.Dimension));
        _options = options;
    }

    /// <summary>Runs the stage.</summary>
    /// <param name="query">n_q x d, or null.</param>
    /// <param name="gallery">n_g x d.</param>
    /// <param name="neighborCount">Neighbours a vertex, itself included.</param>
    /// <param name="settings">What to reach.</param>
    /// <param name="kernels">The kernels.</param>
    /// <param name="options">How the call runs.</param>
    /// <param name="isForced">Whether to go on where all pairs are as cheap, as measurements on small sets do.</param>
    /// <returns>The graph, or null where all pairs are as cheap.</returns>
    /// <exception cref="GnnReRankException">The stage does not fit.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static NeighborGraph? Run(
        FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ApproximateSearchSettings settings,
        CpuKernels kernels, ComputeOptions options, bool isForced = false)
    {
        long count = (query?.RowCount ?? 0L) + gallery.RowCount;
        if (!isForced && (count < FewRows || neighborCount > count / 8 || settings.Recall >= 1))
        {
            options.Log?.Invoke(FormattableString.Invariant(
                $"Approximate graph: all pairs of {count:N0} rows are as cheap, and the graph is exact."));
            return null;
        }

        using VertexRows rows = new(query, gallery);
        ClusterStage stage = new(rows, neighborCount, settings, kernels, isForced, options);
        MemoryPlan.For(query, gallery, options).With("lists and graph", stage._memory.ListBytes).Log();
        stage._memory.Require(MemoryBudget.OfMachine());
        return stage.Search() is (NeighborLists lists, GraphApproximation approximation)
            ? NeighborGraph.Adopt(lists.Indices, lists.Scores, rows.Count, neighborCount, query, gallery, source: null)
                .WithApproximation(approximation)
            : null;
    }

    private (NeighborLists Lists, GraphApproximation Approximation)? Search()
    {
        int half = (int)(SampledPerRoot * Math.Sqrt(_rows.Count));
        RowSample sample = RowSample.Draw(
            _rows, 2 * half, _neighborCount - 1, _settings.Seed, _kernel, _options);
        int[] members = [.. Enumerable.Range(0, _rows.Count).Where(row => _rows.InverseNorm(row) != 0)];
        ClusterMaker maker = new(_rows, _kernel, _settings.Seed, _options);
        RowClusters clusters = maker.Make(members, Math.Max(1, (int)(ClustersPerRoot * Math.Sqrt(members.Length))));
        int[] clusterOf = ClusterOf(clusters);
        using Centroids centroids = new(maker.Sums(clusters), _rows.Dimension, _kernel, _options);
        ClusterReach reach = ClusterReach.Of(clusters, clusterOf, centroids, _options);
        if (Choose(sample.Half(0), clusters, clusterOf, reach) is not float least)
        {
            return null;
        }

        Probes probes = Probes.Find(
            _rows, clusters, clusterOf, reach, least, _neighborCount, _kernel, _options);
        NeighborLists lists = new ClusterMeeting(_rows, clusters, clusterOf, probes, _kernels, _options)
            .Run(_neighborCount);
        RowSample measured = sample.Half(1);
        GraphApproximation approximation = new(measured.Recall(lists), measured.Rows.Length, Origin);
        _options.Log?.Invoke($"Approximate graph: {approximation}");
        return (lists, approximation);
    }

    /// <summary>How near a cluster must be to be visited; null where all pairs are as cheap.</summary>
    private float? Choose(RowSample sample, RowClusters clusters, int[] clusterOf, ClusterReach reach)
    {
        ReachChoice choice = new(_rows, clusters, clusterOf, reach, _options);
        float? least = choice.Choose(sample, _settings.Recall);
        double met = least is float nearness ? choice.MeanMet(sample, nearness) : _rows.Count;
        double cost = (VisitCost * met) + (PassCost * ((2.0 * sample.Rows.Length) + (2.0 * clusters.Count)));
        int visits = (int)Math.Ceiling(met * clusters.Count / _rows.Count);
        bool isWorthIt = _isForced || cost < 0.5 * _rows.Count && _memory.Fits(visits, MemoryBudget.OfMachine());
        string seconds = isWorthIt
            ? FormattableString.Invariant($"{TimeOf(met):N0} s and {Gigabytes(visits)} GB from here on")
            : "all pairs are as cheap, and the graph is exact";
        _options.Log?.Invoke(FormattableString.Invariant(
            $"Approximate graph: {clusters.Count:N0} clusters; for a recall of {_settings.Recall} a row meets ") +
            FormattableString.Invariant($"{met / _rows.Count:0.0%} of all: {seconds}"));
        return isWorthIt ? least : null;
    }

    private string Gigabytes(int visits) =>
        MemoryBudget.Gigabytes(_memory.ListBytes + _memory.ProbeBytes(visits));

    private double TimeOf(double met) =>
        VisitCost * met * _rows.Count * SearchEstimate.SecondsAPair(_rows, _kernel, _options.CancellationToken) /
        Math.Min(_options.ThreadCount, Environment.ProcessorCount);

    private int[] ClusterOf(RowClusters clusters)
    {
        int[] clusterOf = new int[_rows.Count];
        clusterOf.AsSpan().Fill(-1);
        for (int cluster = 0; cluster < clusters.Count; cluster++)
        {
            foreach (int row in clusters[cluster])
            {
                clusterOf[row] = cluster;
            }
        }

        return clusterOf;
    }
}
