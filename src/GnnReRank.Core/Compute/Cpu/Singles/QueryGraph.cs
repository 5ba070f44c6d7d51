namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>A gallery's lists with a query as the first vertex, gallery rows after it.</summary>
internal sealed unsafe class QueryGraph
{
    private readonly NeighborGraph _gallery;
    private readonly int _width;
    private readonly int[] _indices;
    private readonly float[] _scores;

    private QueryGraph(NeighborGraph gallery, int width)
    {
        _gallery = gallery;
        _width = Math.Min(width, gallery.NeighborCount + 1);
        long length = (gallery.VertexCount + 1L) * _width;
        _indices = new int[length];
        _scores = new float[length];
        _indices.AsSpan().Fill(-1);
    }

    /// <summary>Makes them.</summary>
    /// <param name="gallery">The gallery's lists.</param>
    /// <param name="width">Rows a list, where there are so many.</param>
    /// <param name="cosines">
    /// The query's cosine with each vertex of the gallery; NaN for rows that were removed.
    /// </param>
    public static NeighborGraph Of(NeighborGraph gallery, int width, float* cosines)
    {
        QueryGraph graph = new(gallery, width);
        graph.WriteQuery(cosines);
        for (int vertex = 0; vertex < gallery.VertexCount; vertex++)
        {
            graph.WriteRow(vertex, cosines[vertex]);
        }

        return NeighborGraph.Adopt(
            graph._indices, graph._scores, gallery.VertexCount + 1, graph._width, query: null, gallery: null,
            source: null);
    }

    private void WriteQuery(float* cosines)
    {
        // No cosine at all is what a zero row has, whose cosine with itself is 0 too.
        ReadOnlySpan<float> all = new(cosines, _gallery.VertexCount);
        _indices[0] = 0;
        _scores[0] = all.ContainsAnyExcept(0f, float.NaN) ? 1f : 0f;
        if (_width == 1)
        {
            return;
        }

        BestRows best = new(_width - 1);
        best.Find(cosines, all.Length, _width - 1);
        for (int place = 0; place < best.Count; place++)
        {
            _indices[place + 1] = best.Rows[place] + 1;
            _scores[place + 1] = best.Cosines[place];
        }
    }

    /// <summary>A gallery row's list, in which the query stands before all gallery rows with its cosine.</summary>
    private void WriteRow(int vertex, float cosine)
    {
        ReadOnlySpan<int> listed = _gallery.GetNeighborSpan(vertex);
        ReadOnlySpan<float> scores = _gallery.GetScoreSpan(vertex);
        bool isIn = float.IsNaN(cosine);
        int slot = (vertex + 1) * _width;
        int end = slot + _width;
        for (int place = 0; slot < end; place++)
        {
            bool isListed = place < listed.Length && listed[place] >= 0;
            if (place > 0 && !isIn && (!isListed || scores[place] <= cosine))
            {
                isIn = true;
                _indices[slot] = 0;
                _scores[slot++] = cosine;
            }

            if (!isListed)
            {
                return;
            }

            if (slot < end)
            {
                _indices[slot] = listed[place] + 1;
                _scores[slot++] = scores[place];
            }
        }
    }
}
