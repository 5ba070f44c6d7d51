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
    /// <summary>What made the lists, in a <see cref="GraphApproximation"/>.</summary>
    public const string Origin = "clusters";

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
        if (!isForced && ClusterCounts.IsExactAsCheap(count, neighborCount, settings.Recall))
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
        int[] drawn = RowSample.Draw(_rows.Count, _settings.Seed);
        RowSample sample = RowSample.Of(
            drawn, _neighborCount - 1,
            RowSample.Search(_rows, drawn, 0, _rows.Count, _neighborCount - 1, _kernel, _options));
        (RowClusters clusters, float[] sums) = Gather();
        int[] clusterOf = clusters.ClusterOf(_rows.Count);
        using Centroids centroids = new(sums, _rows.Dimension, _kernel, _options);
        ClusterReach reach = ClusterReach.Of(clusters, clusterOf, centroids, _options);
        if (Choose(sample.Half(0), clusters, clusterOf, reach) is not float least)
        {
            return null;
        }

        Probes probes = Probes.Find(
            _rows, clusters.Order, clusters, clusterOf, reach, least, _neighborCount, _kernel, _options);
        NeighborLists lists = Meet(ClusterGroup.All(clusters, clusterOf, probes));
        RowSample measured = sample.Half(1);
        double found = Enumerable.Range(0, measured.Rows.Length).Sum(place =>
            measured.ShareIn(place, lists.Indices.AsSpan(measured.Rows[place] * _neighborCount, _neighborCount)));
        GraphApproximation approximation = new(found / measured.Rows.Length, measured.Rows.Length, Origin);
        _options.Log?.Invoke($"Approximate graph: {approximation}");
        return (lists, approximation);
    }

    private DirectedClusters Gather()
    {
        int[] members = [.. Enumerable.Range(0, _rows.Count).Where(row => _rows.InverseNorm(row) != 0)];
        int count = ClusterCounts.ClustersOf(members.Length);
        ClusterMaker maker = new(_rows, _kernel, _settings.Seed, _options);
        RowClusters clusters = new(members, maker.Make(members, count), count);
        ClusterParts parts = new ClusterCutter(maker, clusters).Cut(0, count);
        return DirectedClusters.Of(
            clusters, parts, maker.Sums(parts.Of(clusters, 0)), _options.CancellationToken);
    }

    private NeighborLists Meet(ClusterGroup group)
    {
        NeighborLists lists = new(_rows.Count, _neighborCount);
        ClusterListWriter writer = new(lists, _options.CancellationToken);
        int[] order = group.Clusters.Order;
        new ClusterMeeting(_rows, group, _kernels, _options).Run(
            _neighborCount, (scorer, place, best) => writer.Write(scorer, order[place], best));
        for (int row = 0; row < _rows.Count; row++)
        {
            if (group.ClusterOf[row] < 0)
            {
                writer.WriteZeros(row);
            }
        }

        return lists;
    }

    /// <summary>How near a cluster must be to be visited; null where all pairs are as cheap.</summary>
    private float? Choose(RowSample sample, RowClusters clusters, int[] clusterOf, ClusterReach reach)
    {
        ReachChoice choice = new(_rows, clusters, clusterOf, reach, _options);
        float? least = choice.Choose(sample, _settings.Recall);
        double met = least is float nearness ? choice.MeanMet(sample, nearness) : _rows.Count;
        int visits = (int)Math.Ceiling(met * clusters.Count / _rows.Count);
        bool isWorthIt = _isForced ||
            (!ClusterCounts.IsExactAsCheap(_rows.Count, met, sample.Rows.Length, clusters.Count) &&
                _memory.Fits(visits, MemoryBudget.OfMachine()));
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
        ClusterCounts.VisitCost * met * _rows.Count *
        SearchEstimate.SecondsAPair(_rows, _kernel, _options.CancellationToken) /
        Math.Min(_options.ThreadCount, Environment.ProcessorCount);
}
