using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>
/// Exact nearest neighbours: S is symmetric, so only the tiles on and above its diagonal are multiplied, and no more of S than one
/// tile a thread is ever held. Where there is a coarse kernel it finds a few candidates, which alone are multiplied exactly.
/// </summary>
internal sealed class NeighborStage
{
    private readonly VertexRows _rows;
    private readonly int _neighborCount;
    private readonly CpuKernels _kernels;
    private readonly RowBlocks<float>? _cosines;
    private readonly NeighborMemory _memory;
    private readonly TilePlan _plan;
    private readonly ComputeOptions _options;

    private NeighborStage(
        VertexRows rows, int neighborCount, CpuKernels kernels, RowBlocks<float>? cosines, NeighborMemory memory, ComputeOptions options)
    {
        _rows = rows;
        _neighborCount = neighborCount;
        _kernels = kernels;
        _cosines = cosines;
        _memory = memory;
        _plan = TilePlan.Whole(rows.Count, memory.GroupBlocks, memory.IsMapped);
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
        using PartialLists found = Empty(margin: 0);
        StageReporter reporter = Reporter();
        new TileRun(_kernels.Exact, tiles, _options).TryFill(_plan, found, mostGivenUp: 0, reporter);
        NeighborLists exact = new(_rows.Count, _neighborCount);
        exact.TakeExact(found, _options);
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
        using PartialLists found = Empty((float)(2 * scale.Bound));
        if (!new TileRun(_kernels.Exact, tiles, _options).TryFill(_plan, found, mostGivenUp, reporter))
        {
            _options.Log?.Invoke($"{StageNames.Neighbors}: more than {mostGivenUp:N0} rows have too many near ties for {tiles.Name}; all pairs are multiplied in float32.");
            return null;
        }

        NeighborLists lists = new(_rows.Count, _neighborCount);
        lists.TakeCandidates(found, _rows, _options);
        Complete(reporter, tiles);
        return lists;
    }

    private PartialLists Empty(float margin) => new(_rows.Count, _neighborCount - 1, margin, _cosines);

    private StageReporter Reporter() =>
        new(StageNames.Neighbors, _plan.PairCount, StageUnits.Pairs, _options);

    private void Complete(StageReporter reporter, ITileSource tiles) => reporter.Complete(FormattableString.Invariant(
        $"{_rows.Count:N0} vertices x {_rows.Dimension:N0}, {_neighborCount:N0} neighbours each, {tiles.Name}, {_options.ThreadCount} threads"));
}
