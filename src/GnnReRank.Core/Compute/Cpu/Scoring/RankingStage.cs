using GnnReRank.Compute.Cpu.Kernels;

namespace GnnReRank.Compute.Cpu.Scoring;

/// <summary>Scores and orders the gallery for blocks of queries, so that memory beside the result grows with neither side's square.</summary>
internal static class RankingStage
{
    // Queries of one range where nothing is multiplied: whole groups of every scorer, few enough to share out evenly.
    private const int KeptRange = 24;

    /// <summary>Runs the stage.</summary>
    /// <param name="query">n_q x d.</param>
    /// <param name="gallery">n_g x d.</param>
    /// <param name="depth">Gallery rows to keep a query.</param>
    /// <param name="settings">What made the ranking.</param>
    /// <param name="kernel">The kernel for the cosines.</param>
    /// <param name="createScorer">Makes a thread's scorer; null ranks by the cosine itself.</param>
    /// <param name="breaksTiesOnly">Whether the scorer leaves the cosines to the order of ties.</param>
    /// <param name="cosines">
    /// The cosine of each query with each gallery row, or null to compute them. A full ranking takes their place by its scores.
    /// </param>
    /// <param name="options">How the call runs.</param>
    public static Ranking Run(
        FeatureMatrix query, FeatureMatrix gallery, int depth, RankingSettings settings, TileKernel kernel,
        Func<IQueryScorer>? createScorer, bool breaksTiesOnly, RowBlocks<float>? cosines, ComputeOptions options)
    {
        RequireMemory(query, gallery, depth, cosines is not null);
        StageReporter reporter = new(StageNames.Ranking, query.RowCount, options);
        RowBlocks<int> indices = new(query.RowCount, depth);
        RowBlocks<float> scores = cosines is not null && cosines.Width == depth ? cosines : new(query.RowCount, depth);

        // The tail of a full ranking is often one long tie.
        bool asksForFew = breaksTiesOnly && depth < gallery.RowCount;
        if (cosines is not null)
        {
            RankAll(KeptRange, () => new KeptCosineRows(cosines));
        }
        else
        {
            int blockRows = CosineBlock.RowsFor(kernel, query.RowCount, gallery.RowCount, options.ThreadCount);
            using VertexRows queryRows = new(null, query);
            using VertexRows galleryRows = new(null, gallery);
            using PackedGallery packed = new(() => PackedColumns.All(galleryRows, kernel, options));
            Func<IQueryCosines> createBlock = () => new CosineBlock(kernel, queryRows, packed.Rows, blockRows);
            RankAll(blockRows, asksForFew ? () => new LazyCosines(queryRows, galleryRows, createBlock) : createBlock);
        }

        reporter.Complete(FormattableString.Invariant(
            $"{query.RowCount:N0} queries x {gallery.RowCount:N0} gallery rows, {depth:N0} kept, {kernel.Name}, {options.ThreadCount} threads"));
        return new Ranking(query, gallery, indices, scores, settings);

        void RankAll(int range, Func<IQueryCosines> createCosines) => Workers.ForRanges(
            options.ThreadCount, query.RowCount, range,
            () => new RankingWorker(createCosines(), createScorer?.Invoke(), gallery.RowCount),
            (worker, from, to) => worker.Rank(from, to, indices, scores, reporter, options.CancellationToken));
    }

    /// <summary>Fails where the result, and the packed gallery if cosines are still to be computed, do not fit memory.</summary>
    /// <exception cref="GnnReRankException">They do not.</exception>
    public static void RequireMemory(FeatureMatrix query, FeatureMatrix gallery, int depth, bool hasCosines)
    {
        bool hasScores = hasCosines && depth == gallery.RowCount;
        long bytes = ((long)query.RowCount * depth * (hasScores ? sizeof(int) : sizeof(int) + sizeof(float))) +
            (hasCosines ? 0 : (long)gallery.RowCount * gallery.Dimension * sizeof(float));
        MemoryBudget.OfMachine().Require(
            bytes, "RankingTooLarge",
            FormattableString.Invariant($"A ranking of {query.RowCount:N0} queries x {depth:N0} gallery rows") +
            (hasCosines ? string.Empty : ", with a packed copy of the gallery,"),
            "Keep fewer gallery rows a query (-Top), or rank fewer queries at a time.");
    }
}
