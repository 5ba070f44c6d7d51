using GnnReRank.Compute;
using GnnReRank.Running;

namespace GnnReRank;

/// <summary>Measures how near the lists of a graph come to the exact neighbours.</summary>
public static class GraphRecall
{
    // Above this a list differs from the exact one by what rounding does.
    private const double Exact = 0.9995;

    // Searches worth their name find far more; other features, or other rows, find far less.
    private const double Poor = 0.5;

    /// <summary>The rows that are looked at, unless it is said: enough for a recall to 0.005 or so.</summary>
    public const int DefaultSampleSize = 256;

    /// <summary>Compares the lists of some rows with the cosines of these rows with all rows.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="query">The features of the first vertices, or null.</param>
    /// <param name="gallery">The features of the vertices after the queries; of all where there are no queries.</param>
    /// <param name="sampleSize">Rows to look at, at least 1; all where there are no more.</param>
    /// <param name="seed">Chooses the rows.</param>
    /// <param name="options">How the call runs.</param>
    /// <returns>
    /// The recall: of the nearest others of each row, as many as a list has room for beside the row itself, the share
    /// that is on the list. A neighbour whose cosine is within 1e-5 of the last of them counts as one of them.
    /// </returns>
    /// <exception cref="GnnReRankException">The features do not fit the graph, or the sample is empty.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static GraphApproximation Measure(
        NeighborGraph graph, FeatureMatrix? query, FeatureMatrix gallery, int sampleSize = DefaultSampleSize,
        int seed = 0, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(gallery);
        options ??= ComputeOptions.Default;
        NeighborGraphChecks.Matrices(graph.VertexCount, query, gallery);
        if (query is not null)
        {
            MatrixChecks.RequireFit(query, gallery);
        }

        if (sampleSize < 1)
        {
            throw new GnnReRankException(
                "InvalidSampleSize", ErrorKind.InvalidArgument,
                $"The sample size is {sampleSize:N0}: it counts rows, so it must be at least 1.");
        }

        int[] vertices = Sample(graph.VertexCount, sampleSize, seed);
        int[] found = BackendSelector.OfMachine.For(options).Refiner.CountFound(
            graph, query, gallery, vertices, options);
        long wanted = (long)vertices.Length * (Math.Min(graph.NeighborCount, graph.VertexCount) - 1);
        double recall = wanted == 0 ? 1 : found.Sum(each => (long)each) / (double)wanted;
        return new GraphApproximation(recall, vertices.Length, OriginOf(graph));
    }

    /// <summary>
    /// Gives a graph its matrices, and measures it on them where it does not say how near it comes: a graph that is not
    /// exact then says it. A recall under a half is told by a warning, and so are scores that are none of the cosines of
    /// the features.
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="query">The features of the first vertices, or null.</param>
    /// <param name="gallery">The features of the other vertices, or null.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="GnnReRankException">The features do not fit the graph, or each other.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static NeighborGraph Attach(
        NeighborGraph graph, FeatureMatrix? query, FeatureMatrix? gallery, ComputeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        options ??= ComputeOptions.Default;
        NeighborGraph attached = graph.WithMatrices(query, gallery);
        (FeatureMatrix? first, FeatureMatrix? last) = gallery is null ? (null, query) : (query, gallery);
        bool isBlind = graph.CentersCameras && (first is { HasCameras: false } || last is { HasCameras: false });
        if (last is null || graph.Approximation is not null || isBlind)
        {
            return attached;
        }

        if (graph.CentersCameras)
        {
            (first, last) = FeatureTransformer.CenterCameras(first, last, options);
        }

        GraphApproximation found = Measure(graph, first, last, options: options);
        options.Log?.Invoke($"The lists have a {found}");
        string? doubt = found.Recall < Poor ? PoorRecall(graph, found) : GraphScoreFit.Misfit(
            graph, first, last, Sample(graph.VertexCount, DefaultSampleSize, 0), options.CancellationToken);
        if (doubt is not null)
        {
            options.Warn?.Invoke(doubt);
        }

        return found.Recall >= Exact ? attached : attached.WithApproximation(found);
    }

    private static string PoorRecall(NeighborGraph graph, GraphApproximation found)
    {
        string share = FormattableString.Invariant($"{100 * found.Recall:0.0} %");
        return $"'{graph.Source}' holds {share} of the nearest neighbours that {found.SampledRows:N0} rows of the " +
            "features have. The lists are of other features, of rows in another order (queries come first), or of a " +
            "search that found little.";
    }

    private static string OriginOf(NeighborGraph graph) =>
        string.IsNullOrEmpty(graph.Source) ? "a graph" : Path.GetFileName(graph.Source);

    // Floyd's algorithm: each set of so many rows is as likely as any other.
    private static int[] Sample(int count, int size, int seed)
    {
        SplitMix64 random = SplitMix64.ForSample(seed, 0);
        SortedSet<int> drawn = [];
        for (int last = Math.Max(0, count - size); last < count; last++)
        {
            int row = random.NextIndex(last + 1);
            if (!drawn.Add(row))
            {
                drawn.Add(last);
            }
        }

        return [.. drawn];
    }
}
