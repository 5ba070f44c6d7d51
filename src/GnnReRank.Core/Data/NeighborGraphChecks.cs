namespace GnnReRank;

/// <summary>What must hold before a <see cref="NeighborGraph"/> exists.</summary>
internal static class NeighborGraphChecks
{
    // Wide enough for rows normalised in float16, and far below the inner products of rows that are not normalised.
    private const float LargestCosine = 1.01f;

    /// <summary>Whether a score can be a cosine: finite, and between -1 and 1 up to rounding.</summary>
    public static bool IsCosine(float score) => Math.Abs(score) <= LargestCosine;

    public static void Lists(ReadOnlySpan<int> indices, ReadOnlySpan<float> scores, int vertexCount, int neighborCount)
    {
        if (vertexCount < 1 || neighborCount < 1)
        {
            throw new GnnReRankException(
                "EmptyNeighborGraph", ErrorKind.InvalidData,
                $"The graph is empty ({vertexCount} vertices x {neighborCount} neighbours): at least one of each is needed.");
        }

        long expected = (long)vertexCount * neighborCount;
        if (indices.Length != expected || scores.Length != expected)
        {
            throw new GnnReRankException(
                "GraphLengthMismatch", ErrorKind.InvalidArgument,
                $"{indices.Length:N0} indices and {scores.Length:N0} scores were given for {vertexCount:N0} vertices x " +
                $"{neighborCount:N0} neighbours: {expected:N0} of each are needed.");
        }

        Lists(indices, scores, neighborCount, 0, vertexCount, NamedByNone(vertexCount));
    }

    /// <summary>Checks the lists of some vertices, where all are as long as they should be.</summary>
    /// <param name="indices">All indices.</param>
    /// <param name="scores">All scores.</param>
    /// <param name="neighborCount">The number of neighbours a vertex.</param>
    /// <param name="first">The first vertex to check.</param>
    /// <param name="end">The vertex behind the last.</param>
    /// <param name="namedBy">The caller's own of <see cref="NamedByNone"/>, which other calls of his may have used.</param>
    public static void Lists(
        ReadOnlySpan<int> indices, ReadOnlySpan<float> scores, int neighborCount, int first, int end, int[] namedBy)
    {
        for (int vertex = first; vertex < end; vertex++)
        {
            int offset = vertex * neighborCount;
            Row(indices.Slice(offset, neighborCount), scores.Slice(offset, neighborCount), vertex, namedBy);
        }
    }

    /// <summary>The vertex whose list named each vertex last: none yet.</summary>
    public static int[] NamedByNone(int vertexCount)
    {
        int[] namedBy = new int[vertexCount];
        Array.Fill(namedBy, -1);
        return namedBy;
    }

    public static void Matrices(int vertexCount, FeatureMatrix? query, FeatureMatrix? gallery)
    {
        if (query is null && gallery is null)
        {
            return;
        }

        long rows = (long)(query?.RowCount ?? 0) + (gallery?.RowCount ?? 0);
        if (rows != vertexCount)
        {
            throw new GnnReRankException(
                "GraphDoesNotFit", ErrorKind.InvalidArgument,
                $"The graph has {vertexCount:N0} vertices; the matrices have {query?.RowCount ?? 0:N0} query and " +
                $"{gallery?.RowCount ?? 0:N0} gallery rows, {rows:N0} in all. Use the matrices the graph was built from, queries first.");
        }
    }

    private static void Row(ReadOnlySpan<int> indices, ReadOnlySpan<float> scores, int vertex, int[] namedBy)
    {
        if (indices[0] != vertex)
        {
            throw Broken(vertex, $"starts with vertex {indices[0]}: a list starts with the vertex itself");
        }

        bool padding = false;
        for (int position = 0; position < indices.Length; position++)
        {
            int index = indices[position];
            if (index == -1)
            {
                padding = true;
                if (scores[position] != 0)
                {
                    throw Broken(vertex, $"has the score {scores[position]} for the padding at position {position}: it must be 0");
                }

                continue;
            }

            if (index < 0 || index >= namedBy.Length)
            {
                throw new GnnReRankException(
                    "GraphIndexOutOfRange", ErrorKind.InvalidData,
                    $"Vertex {vertex}, position {position} names vertex {index}: indices go from 0 to {namedBy.Length - 1} (-1 pads a short list). " +
                    "Are the indices 0-based, with the queries before the gallery?");
            }

            if (padding)
            {
                throw Broken(vertex, $"goes on at position {position} after padding: -1 may only stand at the end");
            }

            if (!IsCosine(scores[position]))
            {
                throw Broken(
                    vertex,
                    $"has the score {scores[position]} at position {position}: scores are cosines, between -1 and 1, so normalise the rows first");
            }

            if (namedBy[index] == vertex)
            {
                throw Broken(vertex, $"names vertex {index} twice, at last at position {position}");
            }

            namedBy[index] = vertex;

            if (position > 1 && Precedes(scores, indices, position, position - 1))
            {
                throw Broken(vertex, $"is out of order at position {position}: scores go down, ties by vertex index up");
            }
        }
    }

    private static bool Precedes(ReadOnlySpan<float> scores, ReadOnlySpan<int> indices, int a, int b) =>
        scores[a] > scores[b] || (scores[a] == scores[b] && indices[a] < indices[b]);

    private static GnnReRankException Broken(int vertex, string how) =>
        new("InvalidNeighborGraph", ErrorKind.InvalidData, $"The neighbour list of vertex {vertex} {how}. Correct the list, or build the graph anew with New-NeighborGraph.");
}
