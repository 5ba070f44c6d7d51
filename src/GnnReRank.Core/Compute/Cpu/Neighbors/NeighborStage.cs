using GnnReRank.Compute.Cpu.Coarse;

namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>
/// Exact nearest neighbours: S is symmetric, so only the tiles on and above its diagonal are multiplied, and no more of S than one
/// tile a thread is ever held. Where there is a coarse kernel it finds a few candidates, which alone are multiplied exactly.
/// </summary>
internal sealed class NeighborStage
{
    // Column blocks of one unit of work: enough to pay for packing the row block, few enough to share out evenly.
    private const int UnitColumns = 16;

    private readonly VertexRows _rows;
    private readonly int _neighborCount;
    private readonly CpuKernels _kernels;
    private readonly RowBlocks<float>? _cosines;
    private readonly NeighborMemory _memory;
    private readonly ComputeOptions _options;

    private NeighborStage(
        VertexRows rows, int neighborCount, CpuKernels kernels, RowBlocks<float>? cosines, NeighborMemory memory, ComputeOptions options)
    {
        _rows = rows;
        _neighborCount = neighborCount;
        _kernels = kernels;
        _cosines = cosines;
        _memory = memory;
        _options = options;
    }

    /// <summary>Runs the stage.</summary>
    /// <param name="query">n_q x d, or null.</param>
    /// <param name="gallery">n_g x d.</param>
    /// <param name="neighborCount">Neighbours a vertex, itself included.</param>
    /// <param name="kernels">The kernels for the cosines.</param>
    /// <param name="cosines">Receives the cosine of each query with each gallery row (n_q x n_g) as they are passed over, or null.</param>
    /// <param name="options">How the call runs.</param>
    public static NeighborGraph Run(
        FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, CpuKernels kernels, RowBlocks<float>? cosines,
        ComputeOptions options)
    {
        NeighborMemory memory = new(query, gallery, neighborCount, kernels, cosines is not null);
        memory.Require(MemoryBudget.OfMachine());
        using VertexRows rows = new(query, gallery);
        NeighborStage stage = new(rows, neighborCount, kernels, cosines, memory, options);
        NeighborLists lists = stage.Search();
        return NeighborGraph.Adopt(lists.Indices, lists.Scores, rows.Count, neighborCount, query, gallery, source: null);
    }

    private NeighborLists Search()
    {
        if (_kernels.CoarseFor(_rows.Dimension) is not null && SearchCoarsely() is NeighborLists lists)
        {
            return lists;
        }

        using ExactTiles tiles = new(_kernels.Exact, _rows, _memory.GroupBlocks);
        using NeighborTileTargets targets = Targets(margin: 0);
        StageReporter reporter = Reporter();
        MakeTiles(tiles, targets, mostGivenUp: 0, reporter);
        NeighborLists exact = new(_rows.Count, _neighborCount);
        exact.TakeExact(targets, _options);
        Complete(reporter, tiles);
        return exact;
    }

    /// <summary>The lists, or null where too many rows have more near ties than can be told apart.</summary>
    private NeighborLists? SearchCoarsely()
    {
        // Each costs a pass over all rows.
        int mostGivenUp = Math.Max(16, _rows.Count / 1_000);
        StageReporter reporter = Reporter();
        CoarseScale scale = CoarseScale.Of(_rows, _options);
        using CoarseTiles tiles = new(_kernels, _rows, scale, _memory.GroupBlocks, _cosines?.RowCount ?? 0);
        using NeighborTileTargets targets = Targets((float)(2 * scale.Bound));
        if (!MakeTiles(tiles, targets, mostGivenUp, reporter))
        {
            _options.Log?.Invoke($"{StageNames.Neighbors}: more than {mostGivenUp:N0} rows have too many near ties for {tiles.Name}; all pairs are multiplied in float32.");
            return null;
        }

        NeighborLists lists = new(_rows.Count, _neighborCount);
        lists.TakeCandidates(targets, _rows, _options);
        Complete(reporter, tiles);
        return lists;
    }

    private NeighborTileTargets Targets(float margin) =>
        new(_rows.Count, _neighborCount - 1, RowBlock.CountFor(_rows.Count), margin, _cosines);

    private StageReporter Reporter() =>
        new(StageNames.Neighbors, (((long)_rows.Count * _rows.Count) + _rows.Count) / 2, StageUnits.Pairs, _options);

    private void Complete(StageReporter reporter, ITileSource tiles) => reporter.Complete(FormattableString.Invariant(
        $"{_rows.Count:N0} vertices x {_rows.Dimension:N0}, {_neighborCount:N0} neighbours each, {tiles.Name}, {_options.ThreadCount} threads"));

    /// <summary>Makes all tiles, a group of columns at a time; false where more rows were given up than allowed.</summary>
    private bool MakeTiles(ITileSource tiles, NeighborTileTargets targets, int mostGivenUp, StageReporter reporter)
    {
        int blockCount = RowBlock.CountFor(_rows.Count);
        for (int first = 0; first < blockCount; first += _memory.GroupBlocks)
        {
            int end = Math.Min(first + _memory.GroupBlocks, blockCount);
            tiles.Load(first, end, _options);
            List<(int Row, int FirstColumn, int EndColumn)> units = Units(first, end);
            Workers.ForRanges(
                _options.ThreadCount, units.Count, 1,
                () => new NeighborTileWorker(_kernels.Exact, tiles.CreateMaker(), targets, _rows.Count),
                (worker, unit, _) =>
                {
                    (int row, int firstColumn, int endColumn) = units[unit];
                    for (int column = firstColumn; column < endColumn && targets.Best.GivenUpCount <= mostGivenUp; column++)
                    {
                        worker.Process(row, column, _options.CancellationToken);
                        reporter.Advance(PairsOf(row, column));
                    }
                });
            if (targets.Best.GivenUpCount > mostGivenUp)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The tiles of a group of columns: some columns with all their rows, then the next, so that these columns stay in the cache.</summary>
    private List<(int Row, int FirstColumn, int EndColumn)> Units(int first, int end)
    {
        List<(int Row, int FirstColumn, int EndColumn)> units = [];
        int step = _memory.IsMapped ? end - first : UnitColumns;
        for (int column = first; column < end; column += step)
        {
            int stop = Math.Min(column + step, end);
            for (int row = 0; row < stop; row++)
            {
                units.Add((row, Math.Max(row, column), stop));
            }
        }

        return units;
    }

    private long PairsOf(int row, int column)
    {
        long count = RowBlock.RowsOf(row, _rows.Count);
        return row == column ? ((count * count) + count) / 2 : count * RowBlock.RowsOf(column, _rows.Count);
    }
}
