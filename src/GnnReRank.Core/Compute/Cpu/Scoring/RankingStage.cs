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
    /// <param name="kernels">The kernels; the exact one multiplies cosines.</param>
    /// <param name="createScorer">Makes a thread's scorer; null ranks by the cosine itself.</param>
    /// <param name="breaksTiesOnly">Whether the scorer leaves the cosines to the order of ties.</param>
    /// <param name="cosines">
    /// The cosine of each query with each gallery row, or null to compute them. A full ranking takes their place by its scores.
    /// </param>
    /// <param name="options">How the call runs.</param>
    public static Ranking Run(
        FeatureMatrix query, FeatureMatrix gallery, int depth, RankingSettings settings, CpuKernels kernels,
        Func<IQueryScorer>? createScorer, bool breaksTiesOnly, RowBlocks<float>? cosines, ComputeOptions options)
    {
        bool hasCosines = cosines is not null;

        // The tail of a full ranking is often one long tie.
        bool asksForFew = breaksTiesOnly && depth < gallery.RowCount;
        RankingMemory memory = new(query, gallery, depth, hasCosines, multiplies: !asksForFew, kernels);
        memory.Require();
        StageReporter reporter = new(StageNames.Ranking, query.RowCount, StageUnits.Queries, options);
        RowBlocks<int> indices = new(query.RowCount, depth);
        RowBlocks<float> scores = cosines is not null && cosines.Width == depth ? cosines : new(query.RowCount, depth);
        using VertexRows queryRows = new(null, query);
        using VertexRows galleryRows = new(null, gallery);
        if (cosines is not null)
        {
            RankRange(0, query.RowCount, KeptRange, () => new KeptCosineRows(cosines, 0));
        }
        else if (memory.PassesGallery)
        {
            for (int first = 0; first < query.RowCount; first += memory.QueriesAtATime)
            {
                int firstQuery = first;
                int count = Math.Min(memory.QueriesAtATime, query.RowCount - first);
                RowBlocks<float> made = GalleryPass.Multiply(
                    kernels.Exact, queryRows, first, count, galleryRows, memory.GroupBlocks, options);
                RankRange(first, count, KeptRange, () => new KeptCosineRows(made, firstQuery));
            }
        }
        else
        {
            int blockRows = CosineBlock.RowsFor(kernels.Exact, query.RowCount, gallery.RowCount, options.ThreadCount);
            using PackedGallery packed = new(() => PackedColumns.All(galleryRows, kernels.Exact, options));
            Func<IQueryCosines> createBlock = () => new CosineBlock(kernels.Exact, queryRows, packed.Rows, blockRows);
            RankRange(
                0, query.RowCount, blockRows, asksForFew ? () => new LazyCosines(queryRows, galleryRows, createBlock) : createBlock);
        }

        reporter.Complete(FormattableString.Invariant(
            $"{query.RowCount:N0} queries x {gallery.RowCount:N0} gallery rows, {depth:N0} kept, {kernels.Exact.Name}, {options.ThreadCount} threads"));
        return new Ranking(query, gallery, indices, scores, settings);

        void RankRange(int first, int count, int chunk, Func<IQueryCosines> createCosines) => Workers.ForRanges(
            options.ThreadCount, count, chunk,
            () => new RankingWorker(createCosines(), createScorer?.Invoke(), gallery.RowCount),
            (worker, from, to) => worker.Rank(first + from, first + to, indices, scores, reporter, options.CancellationToken));
    }
}
