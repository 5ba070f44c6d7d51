using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Neighbors;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>
/// Multiplies all pairs that clusters and visits bring together: in int16 where that pays, which finds the same lists,
/// since candidates are scored again in float32.
/// </summary>
internal sealed class ClusterMeeting
{
    // Rows given up have their pairs sought among all.
    private const int FewGivenUp = 64;
    private const int RowsPerGivenUp = 1_000;

    private readonly VertexRows _rows;
    private readonly RowClusters _clusters;
    private readonly int[] _clusterOf;
    private readonly int[] _clusterAt;
    private readonly Probes _probes;
    private readonly RowClusters _visitors;
    private readonly CpuKernels _kernels;
    private readonly ComputeOptions _options;

    /// <param name="rows">All rows.</param>
    /// <param name="clusters">The clusters.</param>
    /// <param name="clusterOf">The cluster of each row; -1 for a row of zeros.</param>
    /// <param name="probes">The clusters that each visits.</param>
    /// <param name="kernels">The kernels.</param>
    /// <param name="options">How the call runs.</param>
    public ClusterMeeting(
        VertexRows rows, RowClusters clusters, int[] clusterOf, Probes probes, CpuKernels kernels,
        ComputeOptions options)
    {
        _rows = rows;
        _clusters = clusters;
        _clusterOf = clusterOf;
        _clusterAt = [.. clusters.Order.Select(row => clusterOf[row])];
        _probes = probes;
        _visitors = clusters.VisitorsOf(probes);
        _kernels = kernels;
        _options = options;
    }

    /// <summary>The lists of all rows.</summary>
    /// <param name="neighborCount">Neighbours a row, itself included.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public NeighborLists Run(int neighborCount)
    {
        ClusterListWriter writer = new(_rows, _clusters, _clusterOf, _probes, neighborCount, _options);
        if (_kernels.CoarseFor(_rows.Dimension) is CoarseKernel coarse &&
            RunCoarsely(coarse, neighborCount, writer) is NeighborLists lists)
        {
            return lists;
        }

        TileKernel exact = _kernels.Exact;
        using ClusterLists found = new(_clusters.Order.Length, neighborCount - 1, margin: 0);
        Meet(found, exact.Name, neighborCount, () => new ExactMeetingTile(_rows, exact, _clusters), mostGivenUp: 0);
        return writer.Write(found, isExact: true);
    }

    /// <summary>The lists, or null where too many rows have more near ties than can be told apart.</summary>
    private NeighborLists? RunCoarsely(CoarseKernel kernel, int neighborCount, ClusterListWriter writer)
    {
        CoarseScale scale = CoarseScale.Of(_rows, _options);
        using RoundedRows rounded = new(_rows, scale, _clusters.Order, _options);
        using ClusterLists found = new(_clusters.Order.Length, neighborCount - 1, (float)(2 * scale.Bound));
        int mostGivenUp = Math.Max(FewGivenUp, _rows.Count / RowsPerGivenUp);
        int largest = _clusters.LargestSize;
        Meet(
            found, kernel.Name, neighborCount, () => new CoarseMeetingTile(rounded, kernel, scale, largest),
            mostGivenUp);
        if (found.Best.GivenUpCount <= mostGivenUp)
        {
            return writer.Write(found, isExact: false);
        }

        _options.Log?.Invoke(FormattableString.Invariant(
            $"{StageNames.Neighbors}: more than {mostGivenUp:N0} rows have too many near ties for {kernel.Name}; ") +
            "all pairs are multiplied in float32.");
        return null;
    }

    /// <summary>Own clusters first: their rows are near, and turn most of the others away.</summary>
    private void Meet(
        ClusterLists found, string kernelName, int neighborCount, Func<IMeetingTile> createTile, int mostGivenUp)
    {
        StageReporter reporter = new(
            StageNames.Neighbors, _clusters.PairsWith(_clusters) + _clusters.PairsWith(_visitors), StageUnits.Pairs,
            _options);
        ForClusters((worker, cluster) =>
        {
            worker.MeetOwn(cluster, _options.CancellationToken);
            reporter.Advance((long)_clusters.SizeOf(cluster) * _clusters.SizeOf(cluster));
        });
        ForClusters((worker, cluster) =>
        {
            worker.MeetVisitors(cluster, _visitors[cluster], _options.CancellationToken);
            reporter.Advance((long)_clusters.SizeOf(cluster) * _visitors.SizeOf(cluster));
        });
        reporter.Complete(FormattableString.Invariant(
            $"{_rows.Count:N0} vertices x {_rows.Dimension:N0}, {neighborCount:N0} neighbours each, ") +
            FormattableString.Invariant(
                $"{_clusters.Count:N0} clusters, {kernelName}, {_options.ThreadCount} threads"));

        void ForClusters(Action<ClusterWorker, int> meet) => Workers.ForRanges(
            _options.ThreadCount, _clusters.Count, 1,
            () => new ClusterWorker(_kernels.Exact, createTile(), _clusters, _clusterAt, _probes, found),
            (worker, cluster, _) =>
            {
                if (found.Best.GivenUpCount <= mostGivenUp)
                {
                    meet(worker, cluster);
                }
            });
    }
}
