namespace GnnReRank.Tests.Oracle;

/// <summary>
/// The algorithm as its definition reads, in dense float64 matrices: slow, and with nothing in common with the engine.
/// </summary>
internal static class DenseOracle
{
    /// <summary>S = X X^T of the L2-normalised rows of all given matrices, one after the other.</summary>
    public static double[,] Similarities(params FeatureMatrix?[] matrices)
    {
        double[][] rows = [.. matrices.Where(matrix => matrix is not null).SelectMany(matrix => NormalizedRows(matrix!))];
        double[,] similarities = new double[rows.Length, rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < rows.Length; j++)
            {
                for (int column = 0; column < rows[i].Length; column++)
                {
                    similarities[i, j] += rows[i][column] * rows[j][column];
                }
            }
        }

        return similarities;
    }

    /// <summary>The final scores, n_q x n_g, from neighbour lists (-1 is padding) and all similarities.</summary>
    public static double[,] GnnScores(NeighborGraph graph, GnnReRankSettings settings, double[,] similarities)
    {
        int n = graph.VertexCount;
        double[,] a = new double[n, n];
        double[,] e = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            int[] neighbors = graph.GetNeighbors(i);
            float[] scores = graph.GetScores(i);
            for (int position = 0; position < neighbors.Length; position++)
            {
                a[i, neighbors[position]] = position < settings.K1 ? 1 : 0;
                e[i, neighbors[position]] = position < settings.K2 ? Math.Pow(Math.Max(scores[position], 0.0), settings.Alpha) : 0;
            }
        }

        if (settings.Aggregator == GnnAggregator.Mean)
        {
            e = Map(e, (i, j) => e[i, j] / Math.Min(settings.K2, graph.GetNeighbors(i).Length));
        }

        Func<double[,], double[,], double[,]> pass = settings.Aggregator == GnnAggregator.Max ? Largest : Product;
        double[,] h =
            settings.Variant == GnnVariant.Paper ? Paper(a, e, settings.Layers, pass) : Reference(a, e, settings, pass);
        return Mix(h, settings, similarities, graph.Query!.RowCount);
    }

    private static double[,] Paper(double[,] a, double[,] e, int layers, Func<double[,], double[,], double[,]> pass)
    {
        double[,] h = Scaled(Sum(a, Transposed(a)), 0.5);
        for (int layer = 0; layer < layers; layer++)
        {
            h = RowsNormalized(Sum(h, pass(e, h)));
        }

        // The score is a cosine: with layers the rows have norm 1 already.
        return RowsNormalized(h);
    }

    private static double[,] Reference(
        double[,] a, double[,] e, GnnReRankSettings settings, Func<double[,], double[,], double[,]> pass)
    {
        double[,] h = a;
        for (int layer = 0; layer < settings.Layers && settings.K2 > 1; layer++)
        {
            h = RowsNormalized(pass(e, Sum(h, Transposed(h))));
        }

        return h;
    }

    private static double[,] Mix(double[,] h, GnnReRankSettings settings, double[,] similarities, int queryCount)
    {
        int n = h.GetLength(0);
        double lambda = settings.EffectiveLambda;
        double[,] scores = new double[queryCount, n - queryCount];
        for (int q = 0; q < queryCount; q++)
        {
            for (int g = queryCount; g < n; g++)
            {
                double product = 0;
                for (int c = 0; c < n; c++)
                {
                    product += h[q, c] * h[g, c];
                }

                scores[q, g - queryCount] = ((1 - lambda) * product) + (lambda * similarities[q, g]);
            }
        }

        return scores;
    }

    private static IEnumerable<double[]> NormalizedRows(FeatureMatrix matrix)
    {
        for (int row = 0; row < matrix.RowCount; row++)
        {
            double[] values = [.. matrix.GetRow(row).Select(value => (double)value)];
            double norm = Math.Sqrt(values.Sum(value => value * value));
            yield return norm == 0 ? values : [.. values.Select(value => value / norm)];
        }
    }

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

    /// <summary>As a product, with the largest of the terms in place of their sum.</summary>
    private static double[,] Largest(double[,] x, double[,] y)
    {
        int n = x.GetLength(0);
        return Map(x, (i, j) => Enumerable.Range(0, n).Max(k => x[i, k] * y[k, j]));
    }

    private static double[,] Sum(double[,] x, double[,] y) => Map(x, (i, j) => x[i, j] + y[i, j]);

    private static double[,] Transposed(double[,] x) => Map(x, (i, j) => x[j, i]);

    private static double[,] Scaled(double[,] x, double factor) => Map(x, (i, j) => x[i, j] * factor);

    private static double[,] RowsNormalized(double[,] x)
    {
        int n = x.GetLength(0);
        double[] norms = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                norms[i] += x[i, j] * x[i, j];
            }
        }

        return Map(x, (i, j) => norms[i] == 0 ? 0 : x[i, j] / Math.Sqrt(norms[i]));
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
