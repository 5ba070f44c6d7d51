namespace GnnReRank.Tests.Oracle;

/// <summary>
/// The list methods as their definitions read, in dense float64 matrices: n_q x n_g similarities, 0 outside the lists.
/// Lists are sorted by similarities rounded to float32, so that sums which differ in the order of their terms alone tie
/// as the definition has it.
/// </summary>
internal static class ListMethodOracle
{
    /// <summary>
    /// Above this similarities begin. Below are members without similarity, by their place: their order is known, their
    /// score is none.
    /// </summary>
    public const double Unlike = 1e-200;

    public static double[,] CartesianProduct(NeighborGraph graph, CartesianProductSettings settings)
    {
        int length = settings.ListLength;
        int[][] lists = Lists(graph, length);
        Resort(lists, Symmetric(Weighed(lists, length, place => length - place)));
        double[,] w = new double[0, 0];
        for (int round = 0; round < settings.Rounds; round++)
        {
            int k = settings.Neighbors;
            double[,] p = Weighed(lists, k, place => k - place);
            double[,] q = Map(p, (i, j) => i == j ? 0 : p[i, j]);
            double[,] pp = Product(Transposed(p), p);
            double[,] qq = Product(q, Transposed(q));
            w = WithinThenResort(lists, Map(p, (i, j) => 2 * (pp[i, j] + qq[i, j])));
        }

        return Scores(graph, w);
    }

    public static double[,] Hypergraph(NeighborGraph graph, HypergraphSettings settings)
    {
        int length = settings.ListLength;
        int[][] lists = Lists(graph, length);
        Resort(lists, Symmetric(Weighed(lists, length, place => length - place)));
        double[,] w = new double[0, 0];
        for (int round = 0; round < settings.Rounds; round++)
        {
            int k = settings.Neighbors;
            double[,] b = Weighed(lists, k, place => 1 - (Math.Log(place + 1) / Math.Log(k)));
            double[,] bb = Product(b, b);
            double[,] h = Map(b, (i, j) => (i == j ? 1 : 0) + bb[i, j]);
            double[] c = [.. lists.Select((_, i) => Row(h, i).OrderDescending().Take(k).Sum())];
            double[,] weighed = Product(Transposed(h), Map(h, (i, j) => c[i] * h[i, j]));
            double[,] rows = Product(h, Transposed(h));
            double[,] columns = settings.Variant == HypergraphVariant.Paper
                ? Product(Transposed(h), h)
                : Transposed(Product(h, h));
            w = WithinThenResort(lists, Map(h, (i, j) => (1 + weighed[i, j]) * rows[i, j] * columns[i, j]));
        }

        return Scores(graph, w);
    }

    public static double[,] RankDiffusion(NeighborGraph graph, RankDiffusionSettings settings)
    {
        int half = settings.ListLength;
        int[][] lists = Lists(graph, 2 * half);
        Resort(lists, Symmetric(Weighed(lists, half, place => Math.Pow(settings.ListDecay, place + 1))));
        double[,] near = Weighed(lists, half, _ => 1);
        double[,] far = Weighed(lists, 2 * half, _ => 1);
        double[,] r = Weighed(lists, settings.Neighbors, place => Math.Pow(settings.ReferenceDecay, place + 1));
        double[,] w = Transposed(ColumnsNormalized(r));
        for (int round = 0; round < settings.Rounds; round++)
        {
            double[,] spread = Product(ColumnsNormalized(r), w);
            double alpha = settings.Damping;
            r = Map(spread, (i, j) => (alpha * near[i, j] * spread[i, j]) + (i == j ? 1 - alpha : 0));
        }

        r = ColumnsNormalized(r);
        double[,] squared = Product(r, r);
        squared = Map(squared, (i, j) => far[i, j] * squared[i, j]);
        double[,] last = Product(r, squared);
        return Scores(graph, WithinThenResort(lists, last));
    }

    private static int[][] Lists(NeighborGraph graph, int length) =>
        [.. Enumerable.Range(0, graph.VertexCount).Select(vertex => graph.GetNeighbors(vertex).Take(length).ToArray())];

    private static double[,] Weighed(int[][] lists, int count, Func<int, double> weigh)
    {
        double[,] matrix = new double[lists.Length, lists.Length];
        for (int i = 0; i < lists.Length; i++)
        {
            for (int place = 0; place < Math.Min(count, lists[i].Length); place++)
            {
                matrix[i, lists[i][place]] = weigh(place);
            }
        }

        return matrix;
    }

    private static void Resort(int[][] lists, double[,] w)
    {
        for (int i = 0; i < lists.Length; i++)
        {
            lists[i] = [i, .. lists[i].OrderByDescending(j => (float)w[i, j]).Where(j => j != i)];
        }
    }

    private static double[,] WithinThenResort(int[][] lists, double[,] w)
    {
        double[,] places = Weighed(lists, int.MaxValue, place => Unlike / (place + 2));
        Resort(lists, w);
        return Map(w, (i, j) => places[i, j] == 0 ? 0 : w[i, j] == 0 ? places[i, j] : w[i, j]);
    }

    private static double[,] Scores(NeighborGraph graph, double[,] w)
    {
        int queries = graph.Query!.RowCount;
        double[,] scores = new double[queries, graph.VertexCount - queries];
        for (int q = 0; q < queries; q++)
        {
            for (int g = queries; g < graph.VertexCount; g++)
            {
                scores[q, g - queries] = w[q, g];
            }
        }

        return scores;
    }

    private static double[,] ColumnsNormalized(double[,] x)
    {
        double[,] columns = Transposed(x);
        double[] sums = [.. Enumerable.Range(0, x.GetLength(0)).Select(j => Row(columns, j).Sum())];
        return Map(x, (i, j) => sums[j] > 0 ? x[i, j] / sums[j] : 0);
    }

    private static IEnumerable<double> Row(double[,] x, int i) =>
        Enumerable.Range(0, x.GetLength(1)).Select(j => x[i, j]);

    private static double[,] Symmetric(double[,] x) => Map(x, (i, j) => x[i, j] + x[j, i]);

    private static double[,] Transposed(double[,] x) => Map(x, (i, j) => x[j, i]);

    private static double[,] Product(double[,] x, double[,] y)
    {
        int n = x.GetLength(0);
        double[,] result = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++)
            {
                for (int j = 0; x[i, k] != 0 && j < n; j++)
                {
                    result[i, j] += x[i, k] * y[k, j];
                }
            }
        }

        return result;
    }

    private static double[,] Map(double[,] x, Func<int, int, double> value)
    {
        int n = x.GetLength(0);
        double[,] result = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                result[i, j] = value(i, j);
            }
        }

        return result;
    }
}
