using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Ordering;

/// <summary>
/// Scores and orders the gallery for blocks of queries, so that memory beside the result grows with neither side's
/// square.
/// </summary>
/// <param name="shape">The ranking.</param>
/// <param name="memory">What it will hold.</param>
/// <param name="kernels">The kernels; the exact one multiplies cosines.</param>
/// <param name="scoring">Gives the scores; null ranks by the cosine itself.</param>
/// <param name="cosines">
/// The cosine of each query with each gallery row, or null to compute them. A full ranking takes their place by its
/// scores.
/// </param>
/// <param name="options">How the call runs.</param>
internal sealed class RankingStage(
    RankingShape shape, RankingMemory memory, CpuKernels kernels, IScoring? scoring, RowBlocks<float>? cosines,
    ComputeOptions options)
{
    // Queries of one range where nothing is multiplied: whole groups of every scorer, few enough to share out evenly.
    private const int KeptRange = 24;

    private readonly RowBlocks<int> _indices = new(shape.QueryCount, shape.Depth);
    private readonly RowBlocks<float> _scores =
        cosines is not null && shape.IsFull ? cosines : new(shape.QueryCount, shape.Depth);

    private readonly StageReporter _reporter =
        new(StageNames.RankingLists, shape.QueryCount, StageUnits.Queries, options);

    private readonly int _threads = Math.Min(options.ThreadCount, memory.MostThreads);

    /// <summary>Runs the stage.</summary>
    /// <param name="queries">All queries, those outside the ranking included.</param>
    /// <param name="gallery">The gallery.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public RankedLists Run(VertexRows queries, VertexRows gallery)
    {
        int first = shape.FirstQuery;
        if (cosines is not null)
        {
            RankRange(first, shape.QueryCount, KeptRange, () => new KeptCosineRows(cosines, first));
        }
        else if (memory.PassesGallery)
        {
            RankInPasses(queries, gallery);
        }
        else
        {
            RankInBlocks(queries, gallery);
        }

        _reporter.Complete(FormattableString.Invariant(
            $"{shape.QueryCount:N0} queries x {shape.GalleryCount:N0} gallery rows, {shape.Depth:N0} kept, ") +
            FormattableString.Invariant($"{kernels.Exact.Name}, {_threads} threads"));
        return new RankedLists(_indices, _scores);
    }

    private void RankInPasses(VertexRows queries, VertexRows gallery)
    {
        int end = shape.FirstQuery + shape.QueryCount;

        // Made anew for each pass, they would be held several times over before the collector comes.
        RowBlocks<float> made = new(memory.QueriesAtATime, gallery.Count);
        for (int first = shape.FirstQuery; first < end; first += memory.QueriesAtATime)
        {
            int firstQuery = first;
            int count = Math.Min(memory.QueriesAtATime, end - first);
            GalleryPass.Multiply(kernels.Exact, queries, first, count, gallery, memory.GroupBlocks, made, options);
            RankRange(first, count, KeptRange, () => new KeptCosineRows(made, firstQuery));
        }
    }

    private void RankInBlocks(VertexRows queries, VertexRows gallery)
    {
        int blockRows = CosineBlock.RowsFor(kernels.Exact, shape.QueryCount, gallery.Count, _threads);
        using PackedGallery packed = new(() => PackedColumns.All(gallery, kernels.Exact, options));
        Func<IQueryCosines> createBlock = () => new CosineBlock(kernels.Exact, queries, packed.Rows, blockRows);
        RankRange(
            shape.FirstQuery, shape.QueryCount, blockRows,
            shape.NeedsAllCosines ? createBlock : () => new LazyCosines(queries, gallery, createBlock));
    }

    private void RankRange(int first, int count, int chunk, Func<IQueryCosines> createCosines) => Workers.ForRanges(
        _threads, count, chunk,
        () => new RankingWorker(createCosines(), scoring?.CreateScorer(), shape.GalleryCount),
        (worker, from, to) => worker.Rank(
            first + from, first + to, shape.FirstQuery, _indices, _scores, _reporter, options.CancellationToken));
}
