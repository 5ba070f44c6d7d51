using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

namespace GnnReRank.Compute.Walks;

/// <summary>
/// The edges of a walk as the lists of some consecutive vertices give them, before they are made symmetric, and each
/// vertex's scale.
/// </summary>
internal sealed class WalkEdges
{
    // Of rows that are all the same: the scale is divided by.
    private const double LeastScale = 1e-4;
    private const int Chunk = 1024;

    private readonly WalkEdgeRecipe _recipe;
    private readonly int _queryCount;

    private WalkEdges(int first, int count, WalkEdgeRecipe recipe, int queryCount)
    {
        (First, _recipe, _queryCount) = (first, recipe, queryCount);
        long slots = (long)count * recipe.MostEdges;
        Targets = new int[slots];
        Weights = new double[slots];
        Scales = new double[count];
    }

    /// <summary>The first vertex.</summary>
    public int First { get; }

    /// <summary>
    /// The ends of each vertex's edges, <see cref="WalkEdgeRecipe.MostEdges"/> a vertex; -1 pads them.
    /// </summary>
    public int[] Targets { get; }

    /// <summary>Their weights.</summary>
    public double[] Weights { get; }

    /// <summary>The distance 2 - 2 s of each vertex to the place in its list that the recipe names.</summary>
    public double[] Scales { get; }

    /// <summary>Takes the edges of all vertices.</summary>
    /// <param name="lists">The lists that the recipe asks for.</param>
    /// <param name="recipe">The edges.</param>
    /// <param name="queryCount">Vertices before the gallery.</param>
    /// <param name="options">How the call runs.</param>
    public static WalkEdges Of(GraphLists lists, WalkEdgeRecipe recipe, int queryCount, ComputeOptions options)
    {
        WalkEdges edges = new(0, lists.Graph.VertexCount, recipe, queryCount);
        edges.Take(
            new GraphNeighbors(lists.Graph), GraphNeighbors.Of(lists.OwnCamera), GraphNeighbors.Of(lists.OtherCameras),
            options);
        return edges;
    }

    /// <summary>Takes the edges of vertices [first, first + count), by a recipe that does without cameras.</summary>
    /// <param name="lists">The lists of these vertices.</param>
    /// <param name="first">The first vertex.</param>
    /// <param name="count">How many.</param>
    /// <param name="recipe">The edges.</param>
    /// <param name="queryCount">Vertices before the gallery.</param>
    /// <param name="options">How the call runs.</param>
    public static WalkEdges OfRange(
        INeighborLists lists, int first, int count, WalkEdgeRecipe recipe, int queryCount, ComputeOptions options)
    {
        WalkEdges edges = new(first, count, recipe, queryCount);
        edges.Take(lists, ownCamera: null, otherCameras: null, options);
        return edges;
    }

    /// <summary>The scale of a vertex whose row at the scale's place has a cosine.</summary>
    public static double ScaleAt(float cosine) => Math.Max(Distance(cosine), LeastScale);

    /// <summary>The weight of an edge before any factor.</summary>
    /// <param name="cosine">The cosine of its ends.</param>
    /// <param name="width">The recipe's width.</param>
    /// <param name="scale">The scale of the vertex that it starts at.</param>
    public static double WeightAt(float cosine, double width, double scale) =>
        Math.Exp(-Distance(cosine) / (width * scale));

    /// <summary>The vertex that a slot's edge starts at.</summary>
    public int SourceOf(int slot) => First + (slot / _recipe.MostEdges);

    private static double Distance(float cosine) => Math.Max(2 - (2 * (double)cosine), 0);

    private void Take(
        INeighborLists plain, INeighborLists? ownCamera, INeighborLists? otherCameras, ComputeOptions options) =>
        Workers.ForRanges(options.ThreadCount, Scales.Length, Chunk, (from, to) =>
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            for (int row = from; row < to; row++)
            {
                Scales[row] = ScaleOf(plain, First + row);
                long slot = (long)row * _recipe.MostEdges;
                long end = slot + _recipe.MostEdges;
                slot = Take(row, plain, _recipe.Count, 1, slot);
                slot = Take(row, ownCamera, _recipe.OwnCameraCount, 1, slot);
                slot = Take(row, otherCameras, _recipe.OtherCamerasCount, _recipe.OtherCamerasFactor, slot);
                Targets.AsSpan((int)slot, (int)(end - slot)).Fill(-1);
            }
        });

    /// <summary>The distance at the place, or at the last place of a shorter list.</summary>
    private double ScaleOf(INeighborLists lists, int vertex)
    {
        ReadOnlySpan<int> neighbors = lists.NeighborsOf(vertex)[..(_recipe.ScalePlace + 1)];
        int length = neighbors.IndexOf(-1) is int padding and >= 0 ? padding : neighbors.Length;
        return length == 0 ? LeastScale : ScaleAt(lists.CosinesOf(vertex)[length - 1]);
    }

    /// <summary>Takes the first edges of a list behind the vertex itself; returns the next free slot.</summary>
    private long Take(int row, INeighborLists? lists, int count, double factor, long slot)
    {
        if (count == 0)
        {
            return slot;
        }

        int vertex = First + row;
        ReadOnlySpan<int> neighbors = lists!.NeighborsOf(vertex);
        ReadOnlySpan<float> cosines = lists.CosinesOf(vertex);
        long end = slot + count;
        for (int place = 1; place < neighbors.Length && neighbors[place] >= 0 && slot < end; place++)
        {
            if (vertex >= _queryCount || neighbors[place] >= _queryCount)
            {
                Targets[slot] = neighbors[place];
                Weights[slot++] = factor * WeightAt(cosines[place], _recipe.Width, Scales[row]);
            }
        }

        return slot;
    }
}
