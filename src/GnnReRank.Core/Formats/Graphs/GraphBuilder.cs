namespace GnnReRank.Formats.Graphs;

/// <summary>Makes a graph of lists that another program found.</summary>
/// <remarks>
/// A list need not start with its own row, as it does here: search results that leave it out, or list it later, get it
/// first. Its score is the one listed, else 1. Where no list holds its own row, each gets one more place; where some
/// lack it and are full, their last neighbour gives way.
/// </remarks>
internal static class GraphBuilder
{
    /// <summary>Makes the graph, and tells what had to be put right.</summary>
    /// <param name="lists">The lists; their arrays may be changed and kept.</param>
    /// <param name="kind">What the scores are.</param>
    /// <param name="options">What is known of the rows, and how many neighbours to keep.</param>
    /// <exception cref="GnnReRankException">A list makes no sense, or does not fit the features.</exception>
    public static NeighborGraph Build(ForeignLists lists, GraphScoreKind kind, GraphReadOptions options)
    {
        ScoreConversion conversion = ConversionChoice.For(kind, KnownRows.Of(options, kind, lists.Rows), lists);
        GraphScoreCheck.Check(lists, conversion, options.Compute.CancellationToken);
        bool isWidened = lists.CountWithOwn() == 0;
        int width = Math.Min(isWidened ? lists.Columns + 1 : lists.Columns, options.NeighborCount ?? int.MaxValue);
        if ((long)width * lists.Rows > Array.MaxLength)
        {
            throw GraphErrors.TooLarge(lists.Path, $"the array ({lists.Rows:N0} x {lists.Columns:N0})");
        }

        bool isInPlace = width == lists.Columns;
        int[] indices = isInPlace ? lists.Indices : new int[width * lists.Rows];
        float[] scores = isInPlace ? lists.Scores : new float[width * lists.Rows];
        GraphRepair repair = new(lists, conversion);
        RepairCounts counts = new();
        for (int row = 0; row < lists.Rows; row++)
        {
            options.Compute.CancellationToken.ThrowIfCancellationRequested();
            counts.Add(repair.Order(row, indices.AsSpan(row * width, width), scores.AsSpan(row * width, width)));
        }

        counts.Tell(lists.Path, lists.Rows, isWidened, options.Compute);
        return NeighborGraph.Adopt(indices, scores, lists.Rows, width, query: null, gallery: null, lists.Path);
    }

    /// <summary>The first neighbours of each list.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="neighborCount">How many to keep, itself included; null keeps all.</param>
    public static NeighborGraph Head(NeighborGraph graph, int? neighborCount)
    {
        if (neighborCount is not int width || width >= graph.NeighborCount)
        {
            return graph;
        }

        int[] indices = new int[graph.VertexCount * width];
        float[] scores = new float[graph.VertexCount * width];
        for (int row = 0; row < graph.VertexCount; row++)
        {
            graph.GetNeighborSpan(row)[..width].CopyTo(indices.AsSpan(row * width));
            graph.GetScoreSpan(row)[..width].CopyTo(scores.AsSpan(row * width));
        }

        return NeighborGraph.Adopt(indices, scores, graph.VertexCount, width, graph.Query, graph.Gallery, graph.Source)
            .WithCenteredCameras(graph.CentersCameras)
            .WithApproximation(graph.Approximation);
    }
}
