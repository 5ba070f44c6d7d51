using GnnReRank.Compute.Cpu.Kernels;

namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>
/// Exact nearest neighbours: S is symmetric, so only the tiles on and above its diagonal are multiplied, and no more of S than one
/// tile a thread is ever held.
/// </summary>
internal static class NeighborStage
{
    // Column blocks of one unit of work: enough to pay for packing the row block, few enough to share out evenly.
    private const int UnitColumns = 16;

    /// <summary>Runs the stage.</summary>
    /// <param name="query">n_q x d, or null.</param>
    /// <param name="gallery">n_g x d.</param>
    /// <param name="neighborCount">Neighbours a vertex, itself included.</param>
    /// <param name="kernel">The kernel for the cosines.</param>
    /// <param name="cosines">Receives the cosine of each query with each gallery row (n_q x n_g) as they are passed over, or null.</param>
    /// <param name="options">How the call runs.</param>
    public static NeighborGraph Run(
        FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, TileKernel kernel, RowBlocks<float>? cosines,
        ComputeOptions options)
    {
        RequireMemory((query?.RowCount ?? 0L) + gallery.RowCount, neighborCount, gallery.Dimension);
        using VertexRows rows = new(query, gallery);
        int vertexCount = rows.Count;
        long pairs = ((long)vertexCount * vertexCount + vertexCount) / 2;
        StageReporter reporter = new(StageNames.Neighbors, pairs, options);
        int[] indices;
        float[] scores;
        using (PackedRows packed = new(rows, kernel, options))
        using (NeighborTileTargets targets = new(vertexCount, neighborCount - 1, packed.BlockCount, cosines))
        {
            Multiply(kernel, rows, packed, targets, reporter, options);
            (indices, scores) = Collect(targets, vertexCount, neighborCount, options);
        }

        reporter.Complete(FormattableString.Invariant(
            $"{vertexCount:N0} vertices x {rows.Dimension:N0}, {neighborCount:N0} neighbours each, {kernel.Name}, {options.ThreadCount} threads"));
        return NeighborGraph.Adopt(indices, scores, vertexCount, neighborCount, query, gallery, source: null);
    }

    /// <summary>The bytes of the stage, its result included.</summary>
    public static long BytesFor(long vertexCount, int neighborCount, int dimension) =>
        TopKReservoirs.BytesFor((int)vertexCount, neighborCount - 1) + (vertexCount * neighborCount * (sizeof(int) + sizeof(float))) +
        (vertexCount * dimension * sizeof(float));

    private static void Multiply(
        TileKernel kernel, VertexRows rows, PackedRows packed, NeighborTileTargets targets, StageReporter reporter, ComputeOptions options)
    {
        List<(int Row, int FirstColumn)> units = [];
        for (int row = 0; row < packed.BlockCount; row++)
        {
            for (int column = row; column < packed.BlockCount; column += UnitColumns)
            {
                units.Add((row, column));
            }
        }

        Workers.ForRanges(
            options.ThreadCount, units.Count, 1,
            () => new NeighborTileWorker(kernel, rows, packed, targets),
            (worker, unit, _) =>
            {
                (int row, int firstColumn) = units[unit];
                int end = Math.Min(firstColumn + UnitColumns, packed.BlockCount);
                for (int column = firstColumn; column < end; column++)
                {
                    worker.Process(row, column, options.CancellationToken);
                    reporter.Advance(PairsOf(packed, row, column));
                }
            });
    }

    private static (int[] Indices, float[] Scores) Collect(
        NeighborTileTargets targets, int vertexCount, int neighborCount, ComputeOptions options)
    {
        const int chunk = 256;
        int[] indices = GC.AllocateUninitializedArray<int>(vertexCount * neighborCount);
        float[] scores = GC.AllocateUninitializedArray<float>(vertexCount * neighborCount);
        Workers.ForRanges(options.ThreadCount, vertexCount, chunk, (from, to) =>
        {
            for (int vertex = from; vertex < to; vertex++)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                int offset = vertex * neighborCount;
                indices[offset] = vertex;
                scores[offset] = targets.SelfScores[vertex];
                targets.Best.WriteBest(
                    vertex, indices.AsSpan(offset + 1, neighborCount - 1), scores.AsSpan(offset + 1, neighborCount - 1));
            }
        });
        return (indices, scores);
    }

    private static long PairsOf(PackedRows packed, int row, int column)
    {
        long count = packed.RowsOf(row);
        return row == column ? (count * count + count) / 2 : count * packed.RowsOf(column);
    }

    private static void RequireMemory(long vertexCount, int neighborCount, int dimension)
    {
        long entries = vertexCount * neighborCount;
        string what = FormattableString.Invariant($"A graph of {vertexCount:N0} vertices x {neighborCount:N0} neighbours");
        const string advice = "Ask for fewer neighbours (the paper uses 26 to 60), or use fewer rows.";
        if (entries > Array.MaxLength)
        {
            throw new GnnReRankException(
                "GraphTooLarge", ErrorKind.TooLarge,
                FormattableString.Invariant($"{what} has {entries:N0} entries: at most {Array.MaxLength:N0} can be held. {advice}"));
        }

        MemoryBudget.OfMachine().Require(
            BytesFor(vertexCount, neighborCount, dimension), "GraphTooLarge", what + ", with a packed copy of the features,", advice);
    }
}
