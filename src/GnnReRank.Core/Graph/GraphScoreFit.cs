namespace GnnReRank;

/// <summary>
/// Holds the similarities of a graph against the cosines of its features: scores that were said to be of a kind that
/// they are not of order the lists all the same, and no look at the indices finds them.
/// </summary>
internal static class GraphScoreFit
{
    // Rounding, of float16 too, is off by a tenth of this at most.
    private const double Tolerance = 0.02;

    // What the right kind leaves is rounding; scores of another search may happen to lie near one.
    private const double SurelyNearer = 20;

    private const string Squares = "-ScoreKind SquaredL2 (faiss IndexFlatL2 gives squared distances)";
    private const string Lengths = "-ScoreKind L2";
    private const string Cosines = "-ScoreKind CosineDistance";

    // What a score of normalised rows becomes when it is taken for another kind, by their cosine.
    private static readonly (string Kind, Func<double, double> Mistaken)[] s_mistakes =
    [
        (Squares, cosine => 1 - (2 * (1 - cosine) * (1 - cosine))),
        (Squares, cosine => 1 - (2 * (1 - cosine))),
        (Lengths, cosine => 1 - (LengthOf(cosine) / 2)),
        (Lengths, cosine => 1 - LengthOf(cosine)),
        (Cosines, cosine => 1 - ((1 - cosine) * (1 - cosine) / 2)),
        (Cosines, cosine => 1 - ((1 - cosine) / 2)),
    ];

    /// <summary>What is to be told where the similarities of the listed neighbours do not fit; else null.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="query">The features of the first vertices, or null.</param>
    /// <param name="gallery">The features of the others.</param>
    /// <param name="vertices">The rows to look at.</param>
    /// <param name="cancellation">Ends the look.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static string? Misfit(
        NeighborGraph graph, FeatureMatrix? query, FeatureMatrix gallery, int[] vertices,
        CancellationToken cancellation)
    {
        List<(double Found, double Product, double Cosine)> pairs = [];
        foreach (int vertex in vertices)
        {
            cancellation.ThrowIfCancellationRequested();
            float[] row = RowOf(vertex, query, gallery);
            double norm = Math.Sqrt(Product(row, row));
            ReadOnlySpan<int> others = graph.GetNeighborSpan(vertex);
            ReadOnlySpan<float> scores = graph.GetScoreSpan(vertex);
            for (int position = 0; position < others.Length; position++)
            {
                if (others[position] < 0 || others[position] == vertex)
                {
                    continue;
                }

                float[] other = RowOf(others[position], query, gallery);
                double product = Product(row, other);
                double norms = norm * Math.Sqrt(Product(other, other));
                pairs.Add((scores[position], product, norms == 0 ? 0 : product / norms));
            }
        }

        double miss = pairs.Count == 0 ? 0 : Median(pairs.Select(pair => pair.Found - pair.Cosine));
        return miss <= Tolerance ? null : FormattableString.Invariant(
            $"'{graph.Source}': the scores of {vertices.Length:N0} rows give similarities {miss:0.000} off the ") +
            "cosines of the features (median), where rounding gives less than 0.02. " + Advice(pairs, miss);
    }

    private static string Advice(List<(double Found, double Product, double Cosine)> pairs, double miss)
    {
        (string Kind, double Miss)[] kinds =
        [
            .. s_mistakes.Select(mistake => (
                mistake.Kind, Median(pairs.Select(pair => pair.Found - mistake.Mistaken(pair.Cosine))))),
            ("-ScoreKind InnerProduct (InnerProductDistance where it is 1 - inner product)",
                Median(pairs.Select(pair => pair.Found - pair.Product))),
        ];
        (string kind, double least) = kinds.MinBy(each => each.Miss);
        return least < miss / SurelyNearer
            ? $"The scores are of another kind than was said: they fit {kind}."
            : "The scores are of another kind than -ScoreKind says, of other features (rows centred by camera need " +
                "-CenterCamera), or of a search that rounds them roughly. Often it is the kind: faiss IndexFlatL2 " +
                "gives squared distances, so -ScoreKind SquaredL2.";
    }

    private static double LengthOf(double cosine) => Math.Sqrt(2 * Math.Max(0, 1 - cosine));

    private static double Median(IEnumerable<double> differences)
    {
        double[] sorted = [.. differences.Select(Math.Abs).Order()];
        return sorted[sorted.Length / 2];
    }

    private static float[] RowOf(int vertex, FeatureMatrix? query, FeatureMatrix gallery)
    {
        int queries = query?.RowCount ?? 0;
        return vertex < queries ? query!.GetRow(vertex) : gallery.GetRow(vertex - queries);
    }

    private static double Product(float[] left, float[] right)
    {
        double sum = 0;
        for (int column = 0; column < left.Length; column++)
        {
            sum += (double)left[column] * right[column];
        }

        return sum;
    }
}
