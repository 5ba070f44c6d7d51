using GnnReRank.Compute.Jobs;

namespace GnnReRank.ReRanking.Refinement;

/// <summary>The nearest rows of one matrix for each row of a matrix: by cosine, ties by index.</summary>
/// <param name="Rows">For each row, 0-based rows of the other matrix, best first.</param>
/// <param name="Cosines">Their cosines.</param>
internal sealed record NearestRows(RowBlocks<int> Rows, RowBlocks<float> Cosines)
{
    /// <summary>The gallery rows nearest to each query.</summary>
    /// <param name="query">The queries.</param>
    /// <param name="gallery">The gallery.</param>
    /// <param name="graph">A graph of both, or null: it serves where its lists show enough gallery rows.</param>
    /// <param name="count">Rows to find for each; fewer where there are fewer.</param>
    /// <param name="backend">What searches.</param>
    /// <param name="options">How the call runs.</param>
    public static NearestRows Of(
        FeatureMatrix query, FeatureMatrix gallery, NeighborGraph? graph, int count, IComputeBackend backend,
        ComputeOptions options)
    {
        count = Math.Min(count, gallery.RowCount);
        if (count == 0)
        {
            return Empty(query.RowCount, 0);
        }

        if (graph is not null && TryTake(graph, 0, query.RowCount, query.RowCount, count) is NearestRows taken)
        {
            return taken;
        }

        Ranking ranking = backend.Rank(new RankingJob(query, gallery, count, new CosineSettings()), options);
        NearestRows nearest = Empty(query.RowCount, count);
        for (int row = 0; row < query.RowCount; row++)
        {
            ranking.GetIndexSpan(row).CopyTo(nearest.Rows[row]);
            ranking.GetScoreSpan(row).CopyTo(nearest.Cosines[row]);
        }

        return nearest;
    }

    /// <summary>The gallery rows nearest to each gallery row, which is not among them.</summary>
    /// <param name="gallery">The gallery.</param>
    /// <param name="graph">A graph of queries and gallery, or null: it serves where its lists show enough gallery
    /// rows.</param>
    /// <param name="count">Rows to find for each; fewer where there are fewer.</param>
    /// <param name="backend">What searches.</param>
    /// <param name="options">How the call runs.</param>
    public static NearestRows Among(
        FeatureMatrix gallery, NeighborGraph? graph, int count, IComputeBackend backend, ComputeOptions options)
    {
        count = Math.Min(count, gallery.RowCount - 1);
        if (count == 0)
        {
            return Empty(gallery.RowCount, 0);
        }

        int queryCount = graph?.Query?.RowCount ?? 0;
        return graph is not null && TryTake(graph, queryCount, gallery.RowCount, queryCount, count) is NearestRows taken
            ? taken
            : TryTake(backend.FindNeighbors(null, gallery, count + 1, options), 0, gallery.RowCount, 0, count)!;
    }

    private static NearestRows Empty(int rowCount, int count) => new(new(rowCount, count), new(rowCount, count));

    /// <summary>
    /// Takes what lists show of the vertices from one on, without the vertex itself; null where a list shows fewer
    /// than needed: those left out may be near.
    /// </summary>
    private static NearestRows? TryTake(
        NeighborGraph graph, int firstVertex, int vertexCount, int firstColumn, int count)
    {
        NearestRows nearest = Empty(vertexCount, count);
        for (int row = 0; row < vertexCount; row++)
        {
            ReadOnlySpan<int> vertices = graph.GetNeighborSpan(firstVertex + row);
            ReadOnlySpan<float> scores = graph.GetScoreSpan(firstVertex + row);
            int found = 0;
            for (int position = 1; position < vertices.Length && found < count; position++)
            {
                if (vertices[position] >= firstColumn)
                {
                    nearest.Rows[row][found] = vertices[position] - firstColumn;
                    nearest.Cosines[row][found++] = scores[position];
                }
            }

            if (found < count)
            {
                return null;
            }
        }

        return nearest;
    }
}
