using GnnReRank.Compute.Cpu.Kernels;

namespace GnnReRank.Compute.Cpu.Scoring;

/// <summary>Scores and orders the gallery for blocks of queries, so that memory beside the result grows with neither side's square.</summary>
internal static unsafe class RankingStage
{
    /// <summary>Runs the stage.</summary>
    /// <param name="query">n_q x d.</param>
    /// <param name="gallery">n_g x d.</param>
    /// <param name="depth">Gallery rows to keep a query.</param>
    /// <param name="settings">What made the ranking.</param>
    /// <param name="kernel">The kernel for the cosines.</param>
    /// <param name="createScorer">Makes a thread's scorer; null ranks by the cosine itself.</param>
    /// <param name="options">How the call runs.</param>
    public static Ranking Run(
        FeatureMatrix query, FeatureMatrix gallery, int depth, RankingSettings settings, TileKernel kernel,
        Func<IQueryScorer>? createScorer, ComputeOptions options)
    {
        RequireMemory(query, gallery, depth);
        StageReporter reporter = new(StageNames.Ranking, query.RowCount, options);
        RowBlocks<int> indices = new(query.RowCount, depth);
        RowBlocks<float> scores = new(query.RowCount, depth);
        int blockRows = CosineBlock.RowsFor(kernel, query.RowCount, gallery.RowCount, options.ThreadCount);
        using (VertexRows queryRows = new(null, query))
        using (VertexRows galleryRows = new(null, gallery))
        using (PackedRows packed = new(galleryRows, kernel, options))
        {
            Workers.ForRanges(
                options.ThreadCount, query.RowCount, blockRows,
                () => new Worker(new CosineBlock(kernel, queryRows, packed, blockRows), createScorer?.Invoke(), gallery.RowCount),
                (worker, from, to) =>
                {
                    worker.Cosines.Compute(from, to - from, options.CancellationToken);
                    for (int row = from; row < to; row += worker.GroupSize)
                    {
                        int count = Math.Min(worker.GroupSize, to - row);
                        worker.Rank(row, count, row - from, indices, scores, reporter, options.CancellationToken);
                    }
                });
        }

        reporter.Complete(FormattableString.Invariant(
            $"{query.RowCount:N0} queries x {gallery.RowCount:N0} gallery rows, {depth:N0} kept, {kernel.Name}, {options.ThreadCount} threads"));
        return new Ranking(query, gallery, indices, scores, settings);
    }

    /// <summary>Fails where the result and the packed gallery do not fit memory.</summary>
    /// <exception cref="GnnReRankException">They do not.</exception>
    public static void RequireMemory(FeatureMatrix query, FeatureMatrix gallery, int depth)
    {
        long bytes = ((long)query.RowCount * depth * (sizeof(int) + sizeof(float))) +
            ((long)gallery.RowCount * gallery.Dimension * sizeof(float));
        MemoryBudget.OfMachine().Require(
            bytes, "RankingTooLarge",
            FormattableString.Invariant(
                $"A ranking of {query.RowCount:N0} queries x {depth:N0} gallery rows, with a packed copy of the gallery,"),
            "Keep fewer gallery rows a query (-Top), or rank fewer queries at a time.");
    }

    private sealed class Worker(CosineBlock cosines, IQueryScorer? scorer, int galleryCount) : IDisposable
    {
        private readonly RankSorter _sorter = new(galleryCount);

        public CosineBlock Cosines { get; } = cosines;

        public int GroupSize => scorer?.GroupSize ?? 1;

        public void Rank(
            int first, int count, int offset, RowBlocks<int> indices, RowBlocks<float> scores,
            StageReporter reporter, CancellationToken cancellationToken)
        {
            scorer?.Score(first, count, cancellationToken);
            for (int i = 0; i < count; i++)
            {
                float* cosines = Cosines.Row(offset + i);
                _sorter.Order(
                    scorer is null ? cosines : scorer.Row(i, cosines), scorer is null ? null : cosines,
                    galleryCount, indices[first + i], scores[first + i]);
                reporter.Advance(1);
            }
        }

        public void Dispose()
        {
            Cosines.Dispose();
            scorer?.Dispose();
            _sorter.Dispose();
        }
    }
}
