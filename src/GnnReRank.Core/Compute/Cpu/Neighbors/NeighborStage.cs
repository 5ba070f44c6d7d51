using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>
/// Exact nearest neighbours: S is symmetric, so only the tiles on and above its diagonal are multiplied, and no more of S than one
/// tile a thread is ever held. Where there is a coarse kernel it finds a few candidates, which alone are multiplied exactly.
/// </summary>
internal sealed class NeighborStage
{
    private readonly VertexRows _rows;
    private readonly ListNeeds _needs;
    private readonly int[]? _cameras;
    private readonly CpuKernels _kernels;
    private readonly RowBlocks<float>? _cosines;
    private readonly NeighborMemory _memory;
    private readonly TilePlan _plan;
    private readonly ComputeOptions _options;

    private NeighborStage(
        VertexRows rows, ListNeeds needs, int[]? cameras, CpuKernels kernels, RowBlocks<float>? cosines, NeighborMemory memory,
        TilePlan plan, ComputeOptions options)
    {
        _rows = rows;
        _needs = needs.FitTo(rows.Count);
        _cameras = cameras;
        _kernels = kernels;
        _cosines = cosines;
        _memory = memory;
        _plan = plan;
        _options = options;
    }

    /// <summary>Runs the stage.</summary>
    /// <param name="query">n_q x d, or null.</param>
    /// <param name="gallery">n_g x d.</param>
    /// <param name="graph">The plain lists where they are there; null finds as many neighbours as needed.</param>
    /// <param name="needs">What to find; cameras, where it uses them, are known of all rows.</param>
    /// <param name="kernels">The kernels for the cosines.</param>
    /// <param name="cosines">Receives the cosine of each query with each gallery row (n_q x n_g) as they are passed over, or null.</param>
    /// <param name="options">How the call runs.</param>
    public static GraphLists Run(
        FeatureMatrix? query, FeatureMatrix gallery, NeighborGraph? graph, ListNeeds needs, CpuKernels kernels,
        RowBlocks<float>? cosines, ComputeOptions options)
    {
        ListNeeds missing = graph is null ? needs : needs with { NeighborCount = 0 };
        if (graph is not null && missing.IsPlain)
        {
            return new GraphLists(graph);
        }

        NeighborMemory memory = new(query, gallery, missing, kernels, cosines is not null);
        memory.Require(MemoryBudget.OfMachine());
        using VertexRows rows = new(query, gallery);
        int[]? cameras = missing.UsesCameras ? [.. query?.CameraArray ?? [], .. gallery.CameraArray!] : null;
        TilePlan plan = TilePlan.Whole(rows.Count, memory.GroupBlocks, memory.IsMapped);
        NeighborStage stage = new(rows, missing, cameras, kernels, cosines, memory, plan, options);
        return stage.Search(graph, AdoptFor(query, gallery));
    }

    /// <summary>
    /// The nearest of each row of two matrices among those of the other. A few pairs of the same matrix may be met too;
    /// lists of several runs that together meet all pairs hold the nearest of all, some of them more than once.
    /// </summary>
    /// <param name="first">n_1 x d.</param>
    /// <param name="second">n_2 x d.</param>
    /// <param name="neighborCount">Neighbours a row, itself included; as many as there are rows where these are fewer.</param>
    /// <param name="kernels">The kernels.</param>
    /// <param name="options">How the call runs.</param>
    /// <returns>
    /// Lists of the rows of both, each row itself first, though its cosine there may be 0; -1 behind a list that is short.
    /// </returns>
    public static NeighborGraph Between(
        FeatureMatrix first, FeatureMatrix second, int neighborCount, CpuKernels kernels, ComputeOptions options)
    {
        ListNeeds needs = new(Math.Min(neighborCount, checked(first.RowCount + second.RowCount)));
        NeighborMemory memory = new(first, second, needs, kernels, keepsCosines: false);
        memory.Require(MemoryBudget.OfMachine());
        using VertexRows rows = new(first, second);
        TilePlan plan = TilePlan.Between(
            rows.Count, 0, RowBlock.CountFor(first.RowCount), first.RowCount / TileMultiplier.TileSize,
            RowBlock.CountFor(rows.Count), memory.GroupBlocks, memory.IsMapped);
        NeighborStage stage = new(rows, needs, cameras: null, kernels, cosines: null, memory, plan, options);
        return stage.Search(graph: null, AdoptFor(first, second)).Graph;
    }

    private static Func<NeighborLists?, NeighborGraph?> AdoptFor(FeatureMatrix? query, FeatureMatrix gallery) =>
        lists => lists is null
            ? null
            : NeighborGraph.Adopt(
                lists.Indices, lists.Scores, lists.VertexCount, lists.NeighborCount, query, gallery, source: null);

    private GraphLists Search(NeighborGraph? graph, Func<NeighborLists?, NeighborGraph?> adopt)
    {
        if (_kernels.CoarseFor(_rows.Dimension) is not null && SearchCoarsely(graph, adopt) is GraphLists lists)
        {
            return lists;
        }

        using ExactTiles tiles = new(_kernels.Exact, _rows, _memory.GroupBlocks);
        using PartialLists found = Empty(margin: 0);
        StageReporter reporter = Reporter();
        new TileRun(_kernels.Exact, tiles, _options).TryFill(_plan, found, mostGivenUp: 0, reporter);
        GraphLists result = new(graph ?? adopt(Exact(found.SelfScores, found.Best, _needs.NeighborCount))!)
        {
            OwnCamera = adopt(Exact(found.SelfScores, found.Cameras?.Own, _needs.OwnCameraCount)),
            OtherCameras = adopt(Exact(found.SelfScores, found.Cameras?.Others, _needs.OtherCamerasCount)),

            // As sorted keys have it, there is one zero.
            LeastCosines = found.Least is null ? null : [.. found.Least.Values.Select(least => least + 0f)],
        };
        Complete(reporter, tiles);
        return result;
    }

    private NeighborLists? Exact(float[] selfScores, TopKReservoirs? found, int count)
    {
        if (found is null || count == 0)
        {
            return null;
        }

        NeighborLists lists = new(_rows.Count, count);
        lists.TakeExact(selfScores, found, _options);
        return lists;
    }

    /// <summary>The lists, or null where too many rows have more near ties than can be told apart.</summary>
    private GraphLists? SearchCoarsely(NeighborGraph? graph, Func<NeighborLists?, NeighborGraph?> adopt)
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

        GraphLists lists = Scored(found, graph, adopt);
        Complete(reporter, tiles);
        return lists;
    }

    /// <summary>What coarse tiles found, with exact scores.</summary>
    private GraphLists Scored(PartialLists found, NeighborGraph? graph, Func<NeighborLists?, NeighborGraph?> adopt)
    {
        int[] counts = [_needs.NeighborCount, _needs.OwnCameraCount, _needs.OtherCamerasCount, _needs.LeastCosines ? 1 : 0];
        StageReporter reporter = new(
            StageNames.ExactScores, (long)_rows.Count * counts.Count(count => count > 0), StageUnits.Rows, _options);
        GraphLists lists = new(graph ?? adopt(Scored(found.Best, default(AllPairs), _needs.NeighborCount, reporter))!)
        {
            OwnCamera = adopt(Scored(found.Cameras?.Own, found.Cameras?.OfOne ?? default, _needs.OwnCameraCount, reporter)),
            OtherCameras = adopt(Scored(found.Cameras?.Others, found.Cameras?.OfTwo ?? default, _needs.OtherCamerasCount, reporter)),
            LeastCosines = found.Least is null ? null : NeighborLists.LeastOf(found.Least.Candidates!, _rows, reporter, _options),
        };
        reporter.Complete();
        return lists;
    }

    private NeighborLists? Scored<TFilter>(TopKReservoirs? found, TFilter filter, int count, StageReporter reporter)
        where TFilter : struct, IPairFilter
    {
        if (found is null || count == 0)
        {
            return null;
        }

        NeighborLists lists = new(_rows.Count, count);
        lists.TakeCandidates(found, filter, _rows, reporter, _options);
        return lists;
    }

    private PartialLists Empty(float margin) => new(_rows.Count, Others(_needs.NeighborCount), margin, _cosines)
    {
        Cameras = _cameras is null
            ? null
            : new CameraLists(
                _cameras, Others(_needs.OwnCameraCount), Others(_needs.OtherCamerasCount), margin,
                _needs.QueriesAside ? _rows.FirstCount : 0),
        Least = _needs.LeastCosines ? new RowMinima(_rows.Count, margin) : null,
    };

    /// <summary>Rows of a list beside the vertex itself.</summary>
    private static int Others(int count) => Math.Max(0, count - 1);

    private StageReporter Reporter() =>
        new(StageNames.Neighbors, _plan.PairCount, StageUnits.Pairs, _options);

    private void Complete(StageReporter reporter, ITileSource tiles) => reporter.Complete(FormattableString.Invariant(
        $"{_rows.Count:N0} vertices x {_rows.Dimension:N0}, {Math.Max(_needs.NeighborCount, Math.Max(_needs.OwnCameraCount, _needs.OtherCamerasCount)):N0} neighbours each, {tiles.Name}, {_options.ThreadCount} threads"));
}
