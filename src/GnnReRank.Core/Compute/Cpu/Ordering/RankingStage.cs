using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Ordering;

/// <summary>Scores and orders the gallery for blocks of queries, so that memory beside the result grows with neither side's square.</summary>
/// <param name="job">The ranking.</param>
/// <param name="memory">What it will hold.</param>
/// <param name="kernels">The kernels; the exact one multiplies cosines.</param>
/// <param name="scoring">Gives the scores; null ranks by the cosine itself.</param>
/// <param name="cosines">
/// The cosine of each query with each gallery row, or null to compute them. A full ranking takes their place by its scores.
/// </param>
/// <param name="options">How the call runs.</param>
internal sealed class RankingStage(
    RankingJob job, RankingMemory memory, CpuKernels kernels, IScoring? scoring, RowBlocks<float>? cosines, ComputeOptions options)
{
    // Queries of one range where nothing is multiplied: whole groups of every scorer, few enough to share out evenly.
    private const int KeptRange = 24;

    private readonly RowBlocks<int> _indices = new(job.Query.RowCount, job.Depth);
    private readonly RowBlocks<float> _scores = cosines is not null && job.IsFull ? cosines : new(job.Query.RowCount, job.Depth);
    private readonly StageReporter _reporter = new(StageNames.RankingLists, job.Query.RowCount, StageUnits.Queries, options);

    /// <summary>Runs the stage.</summary>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public Ranking Run()
    {
        using VertexRows queryRows = new(null, job.Query);
        using VertexRows galleryRows = new(null, job.Gallery);
        if (cosines is not null)
        {
            RankRange(0, job.Query.RowCount, KeptRange, () => new KeptCosineRows(cosines, 0));
        }
        else if (memory.PassesGallery)
        {
            RankInPasses(queryRows, galleryRows);
        }
        else
        {
            RankInBlocks(queryRows, galleryRows);
        }

        _reporter.Complete(FormattableString.Invariant(
            $"{job.Query.RowCount:N0} queries x {job.Gallery.RowCount:N0} gallery rows, {job.Depth:N0} kept, {kernels.Exact.Name}, {options.ThreadCount} threads"));
        return new Ranking(job.Query, job.Gallery, _indices, _scores, job.Settings);
    }

    private void RankInPasses(VertexRows queryRows, VertexRows galleryRows)
    {
        for (int first = 0; first < queryRows.Count; first += memory.QueriesAtATime)
        {
            int firstQuery = first;
            int count = Math.Min(memory.QueriesAtATime, queryRows.Count - first);
            RowBlocks<float> made = GalleryPass.Multiply(kernels.Exact, queryRows, first, count, galleryRows, memory.GroupBlocks, options);
            RankRange(first, count, KeptRange, () => new KeptCosineRows(made, firstQuery));
        }
    }

    private void RankInBlocks(VertexRows queryRows, VertexRows galleryRows)
    {
        int blockRows = CosineBlock.RowsFor(kernels.Exact, queryRows.Count, galleryRows.Count, options.ThreadCount);
        using PackedGallery packed = new(() => PackedColumns.All(galleryRows, kernels.Exact, options));
        Func<IQueryCosines> createBlock = () => new CosineBlock(kernels.Exact, queryRows, packed.Rows, blockRows);
        RankRange(
            0, queryRows.Count, blockRows, job.NeedsAllCosines ? createBlock : () => new LazyCosines(queryRows, galleryRows, createBlock));
    }

    private void RankRange(int first, int count, int chunk, Func<IQueryCosines> createCosines) => Workers.ForRanges(
        options.ThreadCount, count, chunk,
        () => new RankingWorker(createCosines(), scoring?.CreateScorer(), job.Gallery.RowCount),
        (worker, from, to) => worker.Rank(first + from, first + to, _indices, _scores, _reporter, options.CancellationToken));
}
