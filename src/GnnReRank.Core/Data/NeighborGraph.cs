using System.Diagnostics;

namespace GnnReRank;

/// <summary>
/// The k nearest neighbours of every vertex: <see cref="VertexCount"/> x <see cref="NeighborCount"/> indices and cosine scores.
/// Phase 1 of re-ranking, and all that phase 2 needs of the features. Immutable.
/// </summary>
/// <remarks>
/// Vertices are the query rows first, then the gallery rows. A row starts with the vertex itself, then goes by score descending,
/// ties by vertex index ascending. A shorter list ends in indices of -1, whose score is 0.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class NeighborGraph
{
    private readonly int[] _indices;
    private readonly float[] _scores;

    /// <summary>Makes a graph from a copy of the given lists, after checking them.</summary>
    /// <param name="indices">vertexCount x neighborCount vertex indices, row-major, 0-based; -1 pads the end of a row.</param>
    /// <param name="scores">vertexCount x neighborCount cosine scores, row-major; 0 for padding.</param>
    /// <param name="vertexCount">The number of vertices, at least 1.</param>
    /// <param name="neighborCount">The number of neighbours a vertex, itself included, at least 1.</param>
    /// <param name="query">The features of the first vertices, or null.</param>
    /// <param name="gallery">The features of the other vertices, or null.</param>
    /// <param name="source">Where the graph came from, or null.</param>
    /// <exception cref="GnnReRankException">The lists break a rule in the remarks, or do not fit the matrices.</exception>
    public NeighborGraph(
        int[] indices, float[] scores, int vertexCount, int neighborCount,
        FeatureMatrix? query = null, FeatureMatrix? gallery = null, string? source = null)
        : this(
            vertexCount, neighborCount,
            (int[])(indices ?? throw new ArgumentNullException(nameof(indices))).Clone(),
            (float[])(scores ?? throw new ArgumentNullException(nameof(scores))).Clone(),
            query, gallery, source)
    {
        NeighborGraphChecks.Lists(_indices, _scores, vertexCount, neighborCount);
    }

    private NeighborGraph(
        int vertexCount, int neighborCount, int[] indices, float[] scores,
        FeatureMatrix? query, FeatureMatrix? gallery, string? source, bool centersCameras = false,
        GraphApproximation? approximation = null)
    {
        NeighborGraphChecks.Matrices(vertexCount, query, gallery);
        VertexCount = vertexCount;
        NeighborCount = neighborCount;
        _indices = indices;
        _scores = scores;
        Query = query;
        Gallery = gallery;
        Source = source;
        CentersCameras = centersCameras;
        Approximation = approximation;
    }

    /// <summary>The number of vertices: queries and gallery rows.</summary>
    public int VertexCount { get; }

    /// <summary>The number of neighbours a vertex, itself included.</summary>
    public int NeighborCount { get; }

    /// <summary>The features of the first vertices; null where the graph was made of one matrix, or its matrices are unknown.</summary>
    public FeatureMatrix? Query { get; }

    /// <summary>The features of the vertices after the queries; null where unknown.</summary>
    public FeatureMatrix? Gallery { get; }

    /// <summary>Where the graph came from, or null.</summary>
    public string? Source { get; }

    /// <summary>
    /// Whether the lists are those of rows centred by camera: <see cref="Query"/> and <see cref="Gallery"/> are the
    /// rows as they were, and whoever takes their cosines centres them first.
    /// </summary>
    public bool CentersCameras { get; }

    /// <summary>How near to the exact neighbours the lists come; null where they are exact, or nobody measured it.</summary>
    public GraphApproximation? Approximation { get; }

    /// <summary>All lists, row after row, padded with -1.</summary>
    internal ReadOnlySpan<int> IndexSpan => _indices;

    /// <summary>All scores, row after row, padded with 0.</summary>
    internal ReadOnlySpan<float> ScoreSpan => _scores;

    /// <summary>The neighbours of one vertex, itself first; padding is left out.</summary>
    /// <param name="vertex">0-based vertex.</param>
    /// <exception cref="ArgumentOutOfRangeException">The vertex is outside the graph.</exception>
    public int[] GetNeighbors(int vertex)
    {
        ReadOnlySpan<int> row = GetNeighborSpan(vertex);
        return row[..LengthOf(row)].ToArray();
    }

    /// <summary>The cosine scores of one vertex's neighbours, in their order; padding is left out.</summary>
    /// <param name="vertex">0-based vertex.</param>
    /// <exception cref="ArgumentOutOfRangeException">The vertex is outside the graph.</exception>
    public float[] GetScores(int vertex) => GetScoreSpan(vertex)[..LengthOf(GetNeighborSpan(vertex))].ToArray();

    /// <summary>The neighbours of one vertex without a copy, padded with -1 to <see cref="NeighborCount"/>.</summary>
    /// <param name="vertex">0-based vertex.</param>
    /// <exception cref="ArgumentOutOfRangeException">The vertex is outside the graph.</exception>
    public ReadOnlySpan<int> GetNeighborSpan(int vertex) => _indices.AsSpan(Offset(vertex), NeighborCount);

    /// <summary>The scores of one vertex's neighbours without a copy, padded with 0 to <see cref="NeighborCount"/>.</summary>
    /// <param name="vertex">0-based vertex.</param>
    /// <exception cref="ArgumentOutOfRangeException">The vertex is outside the graph.</exception>
    public ReadOnlySpan<float> GetScoreSpan(int vertex) => _scores.AsSpan(Offset(vertex), NeighborCount);

    /// <summary>
    /// The same lists for other matrices of the same sizes; the lists are shared, not copied. Where they are of centred
    /// rows, the matrices are the rows before that.
    /// </summary>
    /// <param name="query">The features of the first vertices, or null.</param>
    /// <param name="gallery">The features of the other vertices.</param>
    /// <exception cref="GnnReRankException">The row counts do not add up to <see cref="VertexCount"/>.</exception>
    public NeighborGraph WithMatrices(FeatureMatrix? query, FeatureMatrix? gallery) =>
        new(VertexCount, NeighborCount, _indices, _scores, query, gallery, Source, CentersCameras, Approximation);

    /// <summary>
    /// The same graph, with another word on whether its lists are of rows centred by camera; the lists are shared, not
    /// copied.
    /// </summary>
    /// <param name="centersCameras">Whether they are.</param>
    public NeighborGraph WithCenteredCameras(bool centersCameras) => centersCameras == CentersCameras
        ? this
        : new(VertexCount, NeighborCount, _indices, _scores, Query, Gallery, Source, centersCameras, Approximation);

    /// <summary>The same graph, with what is known of how near its lists come to the exact ones; they are shared.</summary>
    /// <param name="approximation">What was measured; null where the lists are exact.</param>
    public NeighborGraph WithApproximation(GraphApproximation? approximation) =>
        new(VertexCount, NeighborCount, _indices, _scores, Query, Gallery, Source, CentersCameras, approximation);

    /// <summary>A line for people: the sizes.</summary>
    public override string ToString() =>
        $"graph of {VertexCount:N0} vertices x {NeighborCount:N0} " +
        $"neighbours{(CentersCameras ? ", centred by camera" : string.Empty)}" +
        (Approximation is null ? string.Empty : $", {Approximation}");

    /// <summary>Makes a graph that owns lists known to be right; the caller must not touch them afterwards.</summary>
    internal static NeighborGraph Adopt(
        int[] indices, float[] scores, int vertexCount, int neighborCount,
        FeatureMatrix? query, FeatureMatrix? gallery, string? source) =>
        new(vertexCount, neighborCount, indices, scores, query, gallery, source);

    private static int LengthOf(ReadOnlySpan<int> row)
    {
        int padding = row.IndexOf(-1);
        return padding < 0 ? row.Length : padding;
    }

    private int Offset(int vertex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(vertex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(vertex, VertexCount);
        return vertex * NeighborCount;
    }
}
