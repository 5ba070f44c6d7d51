using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Scanning;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Indexing.State;
using GnnReRank.Running;

namespace GnnReRank.Indexing.Searching;

/// <summary>Answers queries by a snapshot: their cosines with all rows, then a worker's ranking of each.</summary>
internal sealed unsafe class IndexSearch
{
    // From so many queries on the gallery is packed once for all of them.
    private const int ManyQueries = 24;
    private const long TargetBytes = 256 << 20;
    private const int SlotsAtATime = 1024;

    private readonly IndexSnapshot _snapshot;
    private readonly SearchLimits _limits;
    private readonly ComputeOptions _options;
    private readonly int _slotCount;
    private readonly int[][] _indices;
    private readonly float[][] _scores;
    private readonly StageReporter _reporter;

    private IndexSearch(IndexSnapshot snapshot, SearchLimits limits, int queryCount, ComputeOptions options)
    {
        (_snapshot, _limits, _options) = (snapshot, limits, options);
        _slotCount = snapshot.Rows.SlotCount;
        _indices = new int[queryCount][];
        _scores = new float[queryCount][];
        _reporter = new StageReporter(StageNames.RankingLists, queryCount, StageUnits.Queries, options);
    }

    /// <summary>Answers.</summary>
    /// <param name="snapshot">What is searched.</param>
    /// <param name="query">The queries.</param>
    /// <param name="limits">What their lists may hold.</param>
    /// <param name="options">How the call runs.</param>
    /// <returns>For each query its gallery rows, best first, and their scores.</returns>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static (int[][] Indices, float[][] Scores) Run(
        IndexSnapshot snapshot, FeatureMatrix query, SearchLimits limits, ComputeOptions options)
    {
        IndexSearch search = new(snapshot, limits, query.RowCount, options);
        using VertexRows queries = new(null, query);
        using VertexRows rows = snapshot.Rows.Pin();
        if (query.RowCount < ManyQueries)
        {
            search.Scan(queries, rows);
        }
        else
        {
            search.Pass(queries, rows);
        }

        search._reporter.Complete(FormattableString.Invariant(
            $"{query.RowCount:N0} queries one by one x {snapshot.Rows.Count:N0} gallery rows"));
        return (search._indices, search._scores);
    }

    /// <summary>All threads on the rows, a few queries at a time; then a thread a query.</summary>
    private void Scan(VertexRows queries, VertexRows rows)
    {
        int most = Math.Min(queries.Count, RowScan.MostQueries);
        using NativeBuffer<float> cosines = new((long)most * _slotCount);
        for (int first = 0; first < queries.Count; first += most)
        {
            int start = first;
            int count = Math.Min(most, queries.Count - first);
            int share = Math.Max(SlotsAtATime, ((_slotCount / (4 * _options.ThreadCount)) + 15) / 16 * 16);
            Workers.ForRanges(_options.ThreadCount, _slotCount, share, () => Scanner(queries, rows, start, count), (scan, from, to) =>
                scan.Multiply(from, to, cosines.Pointer, _slotCount, _options.CancellationToken));
            Workers.ForRanges(
                _options.ThreadCount, count, 1, () => new Loan(_snapshot),
                (loan, from, _) => Rank(loan, start + from, cosines.Pointer + ((long)from * _slotCount)));
        }
    }

    private static RowScan Scanner(VertexRows queries, VertexRows rows, int first, int count)
    {
        RowScan scan = new(queries, rows);
        scan.TakeQueries(first, count);
        return scan;
    }

    /// <summary>The tile engine on blocks of queries.</summary>
    private void Pass(VertexRows queries, VertexRows rows)
    {
        CpuKernels kernels = CpuKernels.ForThisProcessor;
        int atATime = (int)Math.Clamp(TargetBytes / (sizeof(float) * (long)_slotCount), ManyQueries, queries.Count);
        int groupBlocks = (int)Math.Clamp(
            kernels.ColumnBytes / ExactTiles.BytesPerBlock(rows.Dimension), 1, RowBlock.CountFor(rows.Count));
        for (int first = 0; first < queries.Count; first += atATime)
        {
            int start = first;
            int count = Math.Min(atATime, queries.Count - first);
            RowBlocks<float> cosines = GalleryPass.Multiply(kernels.Exact, queries, first, count, rows, groupBlocks, _options);
            Workers.ForRanges(_options.ThreadCount, count, 1, () => new Loan(_snapshot), (loan, from, _) =>
            {
                fixed (float* row = cosines[from])
                {
                    Rank(loan, start + from, row);
                }
            });
        }
    }

    private void Rank(Loan loan, int query, float* cosines)
    {
        _options.CancellationToken.ThrowIfCancellationRequested();
        int[] indices = new int[_limits.DepthOf(_snapshot.Rows.Count)];
        float[] scores = new float[indices.Length];
        loan.IsSound = false;
        loan.Worker.Rank(cosines, _limits.Wanted, indices, scores, _options.CancellationToken);
        loan.IsSound = true;
        int kept = _limits.LengthOf(scores);
        _indices[query] = kept == indices.Length ? indices : indices[..kept];
        _scores[query] = kept == indices.Length ? scores : scores[..kept];
        _reporter.Advance(1);
    }

    /// <summary>A worker that goes back when it has done its part; one that failed does not.</summary>
    private sealed class Loan(IndexSnapshot snapshot) : IDisposable
    {
        public SearchWorker Worker { get; } =
            snapshot.Workers.TryTake(out SearchWorker? idle) ? idle : new SearchWorker(snapshot);

        /// <summary>Whether nothing stopped the worker half way.</summary>
        public bool IsSound { get; set; } = true;

        public void Dispose()
        {
            if (IsSound)
            {
                snapshot.Workers.Add(Worker);
            }
            else
            {
                Worker.Dispose();
            }
        }
    }
}
