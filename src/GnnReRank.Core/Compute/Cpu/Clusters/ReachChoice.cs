using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>
/// Chooses how far rows reach: a pair is met where either row visits the other's cluster, so the nearness of these
/// clusters, for a sample of rows and their exact neighbours, tells the recall of every reach before any is tried.
/// </summary>
internal sealed unsafe class ReachChoice
{
    // One-sided, 95 in 100: the recall asked for lies so many standard errors below that of the sample.
    private const double StandardErrors = 1.645;

    private readonly VertexRows _rows;
    private readonly RowClusters _clusters;
    private readonly int[] _clusterOf;
    private readonly ClusterReach _reach;
    private readonly ComputeOptions _options;

    /// <param name="rows">All rows.</param>
    /// <param name="clusters">The clusters.</param>
    /// <param name="clusterOf">The cluster of each row; -1 for a row of zeros.</param>
    /// <param name="reach">How near rows lie to clusters.</param>
    /// <param name="options">How the call runs.</param>
    public ReachChoice(
        VertexRows rows, RowClusters clusters, int[] clusterOf, ClusterReach reach, ComputeOptions options)
    {
        _rows = rows;
        _clusters = clusters;
        _clusterOf = clusterOf;
        _reach = reach;
        _options = options;
    }

    /// <summary>The nearness to reach for the recall asked for; null where none gives it.</summary>
    /// <param name="sample">Rows with their exact neighbours.</param>
    /// <param name="recall">The recall asked for.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public float? Choose(RowSample sample, double recall)
    {
        float[][] needed = Needed(sample);
        float[] all =
            [.. needed.SelectMany(values => values).Where(value => !float.IsNegativeInfinity(value)).Distinct()];
        Array.Sort(all, static (left, right) => right.CompareTo(left));
        int low = 0;
        int high = all.Length;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (LikelyRecall(needed, all[middle]) >= recall)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low < all.Length ? all[low] : null;
    }

    /// <summary>Rows that a row meets, its own cluster's among them: the mean of a sample.</summary>
    public double MeanMet(RowSample sample, float least)
    {
        long[] met = new long[sample.Rows.Length];
        ForRows(sample.Rows, (place, row, cosines) =>
        {
            if (_clusterOf[row] < 0)
            {
                return;
            }

            met[place] = _clusters.SizeOf(_clusterOf[row]);
            Span<float> nearness = _reach.Nearness((float*)cosines, row);
            for (int cluster = 0; cluster < nearness.Length; cluster++)
            {
                met[place] += nearness[cluster] >= least ? _clusters.SizeOf(cluster) : 0;
            }
        });
        return met.Average();
    }

    private static double LikelyRecall(float[][] needed, float least)
    {
        double[] found =
        [
            .. needed.Select(values =>
                values.Length == 0 ? 1 : (double)values.Count(value => value >= least) / values.Length),
        ];
        double mean = found.Average();
        double squares = found.Sum(share => (share - mean) * (share - mean));
        return mean - (StandardErrors * Math.Sqrt(squares) / found.Length);
    }

    /// <summary>The nearness at which each pair of a sampled row and a neighbour is met, from whichever side.</summary>
    private float[][] Needed(RowSample sample)
    {
        float[][] needed =
            [.. Enumerable.Range(0, sample.Rows.Length).Select(place => new float[sample.NeighborsOf(place).Length])];
        List<(int Row, int Cluster, int Place, int Rank)> asked = [];
        for (int place = 0; place < sample.Rows.Length; place++)
        {
            ReadOnlySpan<int> neighbors = sample.NeighborsOf(place);
            int row = sample.Rows[place];
            for (int rank = 0; rank < neighbors.Length; rank++)
            {
                int other = neighbors[rank];

                // The list of a row of zeros is known; a row of zeros is met by none.
                bool isMet = _clusterOf[row] < 0 || _clusterOf[row] == _clusterOf[other];
                needed[place][rank] = isMet ? float.PositiveInfinity : float.NegativeInfinity;
                if (!isMet && _clusterOf[other] >= 0)
                {
                    asked.Add((row, _clusterOf[other], place, rank));
                    asked.Add((other, _clusterOf[row], place, rank));
                }
            }
        }

        asked.Sort();
        Take(asked, needed);
        return needed;
    }

    private void Take(List<(int Row, int Cluster, int Place, int Rank)> asked, float[][] needed)
    {
        int[] starts =
        [
            .. Enumerable.Range(0, asked.Count).Where(pair => pair == 0 || asked[pair].Row != asked[pair - 1].Row),
            asked.Count,
        ];
        float[] found = new float[asked.Count];
        ForRows([.. starts[..^1].Select(pair => asked[pair].Row)], (place, row, cosines) =>
        {
            Span<float> nearness = _reach.Nearness((float*)cosines, row);
            for (int pair = starts[place]; pair < starts[place + 1]; pair++)
            {
                found[pair] = nearness[asked[pair].Cluster];
            }
        });
        for (int pair = 0; pair < found.Length; pair++)
        {
            ref float most = ref needed[asked[pair].Place][asked[pair].Rank];
            most = Math.Max(most, found[pair]);
        }
    }

    private void ForRows(int[] members, Action<int, int, nint> take) => Workers.ForRanges(
        _options.ThreadCount, members.Length, TileMultiplier.TileSize, () => _reach.CreateTile(_rows),
        (tile, from, to) =>
        {
            fixed (int* order = members)
            {
                _reach.Multiply(tile, order, from, to - from, _options.CancellationToken);
            }

            for (int place = from; place < to; place++)
            {
                take(place, members[place], (nint)tile.Row(place - from));
            }
        });
}
