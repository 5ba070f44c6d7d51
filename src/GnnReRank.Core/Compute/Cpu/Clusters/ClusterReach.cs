using System.Numerics.Tensors;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>
/// How near each row lies to each cluster: (T_c - T_a) / |m_a - m_c| with T its cosines with the clusters' directions
/// m and a its own cluster, which is the negated distance to the plane half way between the two. A row visits the
/// clusters of at least some nearness.
/// </summary>
internal sealed unsafe class ClusterReach
{
    // Directions nearer than this are those of equal rows, cut into several clusters by size alone.
    private const float Same = 1e-6f;

    private readonly Centroids _centroids;
    private readonly int[] _clusterOf;
    private readonly float[] _inverseDistances;
    private readonly int[] _hidden;

    private ClusterReach(Centroids centroids, int[] clusterOf, float[] inverseDistances, int[] hidden)
    {
        _centroids = centroids;
        _clusterOf = clusterOf;
        _inverseDistances = inverseDistances;
        _hidden = hidden;
    }

    /// <summary>The number of clusters.</summary>
    public int Count => _centroids.Count;

    /// <summary>Measures the distances of all clusters.</summary>
    /// <param name="clusters">The clusters.</param>
    /// <param name="clusterOf">The cluster of each row; -1 for a row of zeros.</param>
    /// <param name="centroids">Their directions.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static ClusterReach Of(RowClusters clusters, int[] clusterOf, Centroids centroids, ComputeOptions options)
    {
        int count = clusters.Count;
        float[] inverse = new float[count * count];
        bool[] hidden = new bool[count];
        Workers.ForRanges(
            options.ThreadCount, count, TileMultiplier.TileSize, centroids.CreateOwnTile, (tile, from, to) =>
            {
                centroids.MultiplyOwn(tile, from, to - from, options.CancellationToken);
                for (int cluster = from; cluster < to; cluster++)
                {
                    float* cosines = tile.Row(cluster - from);
                    for (int other = 0; other < count; other++)
                    {
                        float square = 2 - (2 * cosines[other]);
                        inverse[(cluster * count) + other] = square > Same ? 1 / MathF.Sqrt(square) : 0;

                        // Of equal rows the first ones are everybody's neighbours: the others need no visits.
                        hidden[cluster] |= other != cluster && square <= Same &&
                            IsBefore(clusters[other], clusters[cluster]);
                    }
                }
            });
        return new ClusterReach(
            centroids, clusterOf, inverse, [.. Enumerable.Range(0, count).Where(cluster => hidden[cluster])]);
    }

    /// <summary>A thread's tile for <see cref="Multiply"/>.</summary>
    public RowTile CreateTile(VertexRows rows) => _centroids.CreateTile(rows);

    /// <summary>Multiplies rows with the directions of all clusters.</summary>
    /// <param name="tile">Receives the cosines.</param>
    /// <param name="order">0-based rows; null takes all in their own order.</param>
    /// <param name="first">The first place of the order.</param>
    /// <param name="count">How many, at most <see cref="TileMultiplier.TileSize"/>.</param>
    /// <param name="cancellationToken">Checked once a depth step.</param>
    public void Multiply(RowTile tile, int* order, int first, int count, CancellationToken cancellationToken) =>
        _centroids.Multiply(tile, order, first, count, cancellationToken);

    /// <summary>Makes the nearness of a row to each cluster of its cosines, in their place.</summary>
    /// <param name="cosines">The row's cosines with all clusters.</param>
    /// <param name="row">A row of a cluster.</param>
    /// <returns>
    /// The nearness; that of clusters which are not visited, its own among them, is negative infinity.
    /// </returns>
    public Span<float> Nearness(float* cosines, int row)
    {
        int own = _clusterOf[row];
        Span<float> nearness = new(cosines, Count);
        TensorPrimitives.Subtract(nearness, nearness[own], nearness);
        TensorPrimitives.Multiply(nearness, _inverseDistances.AsSpan(own * Count, Count), nearness);
        nearness[own] = float.NegativeInfinity;
        foreach (int cluster in _hidden)
        {
            nearness[cluster] = float.NegativeInfinity;
        }

        return nearness;
    }

    private static bool IsBefore(ReadOnlySpan<int> rows, ReadOnlySpan<int> others) =>
        rows.Length > 0 && (others.Length == 0 || rows[0] < others[0]);
}
