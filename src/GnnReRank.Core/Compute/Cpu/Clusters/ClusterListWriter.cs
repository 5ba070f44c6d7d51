using GnnReRank.Compute.Cpu.Neighbors;
using GnnReRank.Compute.Cpu.Ordering;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>Makes the lists of all rows of what clusters have met.</summary>
internal sealed class ClusterListWriter
{
    private const int Chunk = 64;

    private readonly VertexRows _rows;
    private readonly RowClusters _clusters;
    private readonly int[] _clusterOf;
    private readonly Probes _probes;
    private readonly NeighborLists _lists;
    private readonly ComputeOptions _options;

    /// <param name="rows">All rows.</param>
    /// <param name="clusters">The clusters.</param>
    /// <param name="clusterOf">The cluster of each row; -1 for a row of zeros.</param>
    /// <param name="probes">The clusters that each visits.</param>
    /// <param name="neighborCount">Neighbours a row, itself included.</param>
    /// <param name="options">How the call runs.</param>
    public ClusterListWriter(
        VertexRows rows, RowClusters clusters, int[] clusterOf, Probes probes, int neighborCount,
        ComputeOptions options)
    {
        _rows = rows;
        _clusters = clusters;
        _clusterOf = clusterOf;
        _probes = probes;
        _lists = new NeighborLists(rows.Count, neighborCount);
        _options = options;
    }

    private int Others => _lists.NeighborCount - 1;

    /// <summary>Makes the lists.</summary>
    /// <param name="found">What was met.</param>
    /// <param name="isExact">
    /// Whether scores are those of float32; others are scored again. Rows given up are compared with all that they met.
    /// </param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public NeighborLists Write(ClusterLists found, bool isExact)
    {
        int[] order = _clusters.Order;
        MetPairs met = new(_clusterOf, found.Best.GivenUpCount > 0 ? PlaceOf() : [], _probes);
        Workers.ForRanges(
            _options.ThreadCount, order.Length, Chunk, () => new CandidateScorer(_rows), (scorer, from, to) =>
            {
                for (int place = from; place < to; place++)
                {
                    _options.CancellationToken.ThrowIfCancellationRequested();
                    int row = order[place];
                    ReadOnlySpan<ulong> best = found.Best.IsGivenUp(place)
                        ? scorer.ScoreAll(row, met, _options.CancellationToken)
                        : found.Best.Best(place);
                    if (best.Length < Others)
                    {
                        best = scorer.ScoreAll(row, default(AllPairs), _options.CancellationToken);
                    }
                    else if (!isExact && !found.Best.IsGivenUp(place))
                    {
                        best = scorer.Score(row, best);
                    }

                    _lists.Write(row, isExact ? found.SelfScores[place] : scorer.SelfScore, best);
                }
            });
        WriteZeros();
        return _lists;
    }

    private int[] PlaceOf()
    {
        int[] places = new int[_rows.Count];
        for (int place = 0; place < _clusters.Order.Length; place++)
        {
            places[_clusters.Order[place]] = place;
        }

        return places;
    }

    /// <summary>Gives rows of zeros their neighbours: the first of all, since every cosine is 0.</summary>
    private void WriteZeros()
    {
        for (int row = 0; row < _rows.Count; row++)
        {
            if (_clusterOf[row] < 0)
            {
                _lists.Write(
                    row, 0,
                    [
                        .. Enumerable.Range(0, _lists.NeighborCount).Where(other => other != row).Take(Others)
                            .Select(other => SortableKey.BestIsLargest(0, other)),
                    ]);
            }
        }
    }
}
