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

    private const int Chunk = 64;

    private readonly VertexRows _rows;
    private readonly ClusterGroup _group;
    private readonly RowClusters _clusters;
    private readonly int[] _clusterAt;
    private readonly RowClusters _visitors;
    private readonly CpuKernels _kernels;
    private readonly ComputeOptions _options;

    /// <param name="rows">All rows.</param>
    /// <param name="group">The clusters, and the rows that are met in them.</param>
    /// <param name="kernels">The kernels.</param>
    /// <param name="options">How the call runs.</param>
    public ClusterMeeting(VertexRows rows, ClusterGroup group, CpuKernels kernels, ComputeOptions options)
    {
        _rows = rows;
        _group = group;
        _clusters = group.Clusters;
        _clusterAt = [.. _clusters.Order.Select(row => group.ClusterOf[row])];
        _visitors = group.Probes.Visitors(_clusters.Count, group.First, group.End);
        _kernels = kernels;
        _options = options;
    }

    /// <summary>The best of what each row of the group meets in it.</summary>
    /// <param name="neighborCount">Neighbours a row, itself included.</param>
    /// <param name="take">Takes them.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public void Run(int neighborCount, MetListTaker take)
    {
        if (_kernels.CoarseFor(_rows.Dimension) is CoarseKernel coarse && RunCoarsely(coarse, neighborCount, take))
        {
            return;
        }

        TileKernel exact = _kernels.Exact;
        using ClusterLists found = new(_clusters.Order.Length, neighborCount - 1, margin: 0);
        Meet(found, exact.Name, neighborCount, () => new ExactMeetingTile(_rows, exact, _clusters), mostGivenUp: 0);
        Finish(found, isExact: true, take);
    }

    /// <summary>Whether it went well: not where too many rows have more near ties than can be told apart.</summary>
    private bool RunCoarsely(CoarseKernel kernel, int neighborCount, MetListTaker take)
    {
        CoarseScale scale = CoarseScale.Of(_rows, _options, _clusters.Order);
        using ClusterLists found = new(_clusters.Order.Length, neighborCount - 1, (float)(2 * scale.Bound));
        int mostGivenUp = Math.Max(FewGivenUp, _rows.Count / RowsPerGivenUp);
        int largest = _clusters.LargestSize;
        using (RoundedRows rounded = new(_rows, scale, _clusters.Order, _options))
        {
            Meet(
                found, kernel.Name, neighborCount, () => new CoarseMeetingTile(rounded, kernel, scale, largest),
                mostGivenUp);
        }

        if (found.Best.GivenUpCount <= mostGivenUp)
        {
            Finish(found, isExact: false, take);
            return true;
        }

        _options.Log?.Invoke(FormattableString.Invariant(
            $"{StageNames.Neighbors}: more than {mostGivenUp:N0} rows have too many near ties for {kernel.Name}; ") +
            "all pairs are multiplied in float32.");
        return false;
    }

    /// <summary>Gives what was met its exact scores; rows given up are compared with all that they met.</summary>
    private void Finish(ClusterLists found, bool isExact, MetListTaker take)
    {
        int[] order = _clusters.Order;
        MetPairs met = new(_group, found.Best.GivenUpCount > 0 ? _group.PlaceOf() : []);
        Workers.ForRanges(
            _options.ThreadCount, order.Length, Chunk, () => new CandidateScorer(_rows), (scorer, from, to) =>
            {
                for (int place = from; place < to; place++)
                {
                    _options.CancellationToken.ThrowIfCancellationRequested();
                    take(scorer, place, Scored(scorer, order[place], place));
                }
            });

        ReadOnlySpan<ulong> Scored(CandidateScorer scorer, int row, int place)
        {
            if (found.Best.IsGivenUp(place))
            {
                return scorer.ScoreAll(row, met, _options.CancellationToken);
            }

            ReadOnlySpan<ulong> best = found.Best.Best(place);
            if (isExact || best.IsEmpty)
            {
                if (_group.MeetsOwn)
                {
                    scorer.ScoreSelf(row);
                }

                return best;
            }

            return scorer.Score(row, best);
        }
    }

    /// <summary>Own clusters first: their rows are near, and turn most of the others away.</summary>
    private void Meet(
        ClusterLists found, string kernelName, int neighborCount, Func<IMeetingTile> createTile, int mostGivenUp)
    {
        for (int place = 0; place < _group.Floors?.Length; place++)
        {
            found.Best.Raise(place, _group.Floors[place]);
        }

        StageReporter reporter = new(
            StageNames.Neighbors,
            Enumerable.Range(_group.First, _group.End - _group.First).Sum(cluster =>
                (_group.MeetsOwn ? PairsWith(_clusters, cluster) : 0) + PairsWith(_visitors, cluster)),
            StageUnits.Pairs, _options);
        if (_group.MeetsOwn)
        {
            ForClusters((worker, cluster) =>
            {
                worker.MeetOwn(cluster, _options.CancellationToken);
                reporter.Advance(PairsWith(_clusters, cluster));
            });
        }

        ForClusters((worker, cluster) =>
        {
            if (_visitors.SizeOf(cluster) > 0)
            {
                worker.MeetVisitors(cluster, _visitors[cluster], _options.CancellationToken);
            }

            reporter.Advance(PairsWith(_visitors, cluster));
        });
        reporter.Complete(FormattableString.Invariant(
            $"{_clusters.Order.Length:N0} vertices x {_rows.Dimension:N0}, {neighborCount:N0} neighbours each, ") +
            FormattableString.Invariant(
                $"{_group.End - _group.First:N0} clusters, {kernelName}, {_options.ThreadCount} threads"));

        void ForClusters(Action<ClusterWorker, int> meet) => Workers.ForRanges(
            _options.ThreadCount, _group.End - _group.First, 1,
            () => new ClusterWorker(_kernels.Exact, createTile(), _group, _clusterAt, found),
            (worker, at, _) =>
            {
                if (found.Best.GivenUpCount <= mostGivenUp)
                {
                    meet(worker, _group.First + at);
                }
            });
    }

    private long PairsWith(RowClusters others, int cluster) =>
        (long)_clusters.SizeOf(cluster) * others.SizeOf(cluster);
}
