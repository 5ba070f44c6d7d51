namespace GnnReRank.ReRanking.SingleQueries;

/// <summary>
/// The graph of one query and a gallery, from that of the gallery alone: the query's own list, and the query's place in
/// the gallery's lists that would take it.
/// </summary>
/// <param name="gallery">The gallery's graph, with its matrix.</param>
internal sealed class QueryInsertion(NeighborGraph gallery)
{
    private readonly int _length = gallery.NeighborCount;

    /// <summary>The graph with a query: vertex 0. Lists that held all rows hold one more.</summary>
    /// <param name="query">The query, one row.</param>
    /// <param name="ownScore">Its cosine with itself, as lists have it.</param>
    /// <param name="rows">All gallery rows, by cosine falling, ties by row rising.</param>
    /// <param name="cosines">Their cosines with the query.</param>
    public NeighborGraph With(
        FeatureMatrix query, float ownScore, ReadOnlySpan<int> rows, ReadOnlySpan<float> cosines)
    {
        int count = gallery.VertexCount + 1;
        int length = _length == gallery.VertexCount ? _length + 1 : _length;
        int[] indices = new int[checked(count * length)];
        float[] scores = new float[indices.Length];
        (indices[0], scores[0]) = (0, ownScore);
        for (int place = 1; place < length; place++)
        {
            (indices[place], scores[place]) = (rows[place - 1] + 1, cosines[place - 1]);
        }

        for (int place = 0; place < rows.Length; place++)
        {
            int row = rows[place];
            int start = (row + 1) * length;
            Insert(row, cosines[place], indices.AsSpan(start, length), scores.AsSpan(start, length));
        }

        return NeighborGraph.Adopt(indices, scores, count, length, query, gallery.Gallery, source: null);
    }

    /// <summary>Copies a list, with the query before the first row that is not nearer: as vertex 0 it wins ties.</summary>
    private void Insert(int row, float cosine, Span<int> indices, Span<float> scores)
    {
        ReadOnlySpan<int> neighbors = gallery.GetNeighborSpan(row);
        ReadOnlySpan<float> known = gallery.GetScoreSpan(row);
        bool isIn = false;
        int from = 0;
        for (int place = 0; place < indices.Length; place++)
        {
            bool isPadding = from == _length || neighbors[from] < 0;
            if (!isIn && place > 0 && (isPadding || cosine >= known[from]))
            {
                (indices[place], scores[place]) = (0, cosine);
                isIn = true;
            }
            else
            {
                (indices[place], scores[place]) = isPadding ? (-1, 0f) : (neighbors[from] + 1, known[from]);
                from += isPadding ? 0 : 1;
            }
        }
    }
}
