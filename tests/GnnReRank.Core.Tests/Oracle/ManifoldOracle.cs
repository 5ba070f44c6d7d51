namespace GnnReRank.Tests.Oracle;

/// <summary>
/// Diffusion as published: each row by elimination in float64, on the dense part of the matrix that its nearest rows
/// span.
/// </summary>
internal static class ManifoldOracle
{
    /// <summary>Scores of the joint form, from the graph of query and gallery (-1 is padding).</summary>
    public static double[,] Joint(NeighborGraph graph, ManifoldDiffusionSettings settings)
    {
        double[][] rows = [.. Rows(graph, settings).Select(Normalized)];
        int queries = graph.Query!.RowCount;
        double[,] scores = new double[queries, graph.VertexCount - queries];
        for (int q = 0; q < queries; q++)
        {
            for (int g = queries; g < graph.VertexCount; g++)
            {
                scores[q, g - queries] = rows[q].Zip(rows[g], (a, b) => a * b).Sum();
            }
        }

        return scores;
    }

    /// <summary>Scores of the gallery form, from the gallery's own graph and the plain ranking.</summary>
    public static double[,] Gallery(NeighborGraph graph, Ranking cosines, ManifoldDiffusionSettings settings)
    {
        double[][] rows = Rows(graph, settings);
        double[,] scores = new double[cosines.QueryCount, graph.VertexCount];
        for (int q = 0; q < cosines.QueryCount; q++)
        {
            for (int start = 0; start < Math.Min(settings.StartCount, cosines.Depth); start++)
            {
                double weight = Weight(cosines.GetScores(q)[start], settings);
                for (int g = 0; g < graph.VertexCount; g++)
                {
                    scores[q, g] += weight * rows[cosines.GetIndices(q)[start]][g];
                }
            }
        }

        return scores;
    }

    private static double Weight(float cosine, ManifoldDiffusionSettings settings) =>
        Math.Pow(Math.Min(Math.Max(cosine, 0.0), 1), settings.EdgeExponent);

    private static double[] Normalized(double[] row)
    {
        double norm = Math.Sqrt(row.Sum(value => value * value));
        return [.. row.Select(value => value / norm)];
    }

    private static double[][] Rows(NeighborGraph graph, ManifoldDiffusionSettings settings)
    {
        int n = graph.VertexCount;
        double[,] matrix = Matrix(graph, settings);
        return
        [
            .. Enumerable.Range(0, n).Select(vertex =>
            {
                int[] part = [.. graph.GetNeighbors(vertex).Take(settings.TruncationSize)];
                double[] solution = FirstColumnOfInverse(matrix, part);
                double[] row = new double[n];
                for (int place = 0; place < part.Length; place++)
                {
                    row[part[place]] = solution[place];
                }

                return row;
            }),
        ];
    }

    /// <summary>I - alpha D^-1/2 A D^-1/2.</summary>
    private static double[,] Matrix(NeighborGraph graph, ManifoldDiffusionSettings settings)
    {
        int n = graph.VertexCount;
        double[,] a = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            int[] list = [.. graph.GetNeighbors(i).Take(settings.Neighbors)];
            for (int place = 1; place < list.Length; place++)
            {
                bool isMutual = graph.GetNeighbors(list[place]).Take(settings.Neighbors).Contains(i);
                a[i, list[place]] = isMutual ? Weight(graph.GetScores(i)[place], settings) : 0;
            }
        }

        double[] degrees = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => a[i, j]))];
        double[,] matrix = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double edge = a[i, j] == 0 ? 0 : settings.Damping * a[i, j] / Math.Sqrt(degrees[i] * degrees[j]);
                matrix[i, j] = (i == j ? 1 : 0) - edge;
            }
        }

        return matrix;
    }

    /// <summary>By Gauss-Jordan elimination; the matrix is positive definite, so it needs no pivoting.</summary>
    private static double[] FirstColumnOfInverse(double[,] matrix, int[] part)
    {
        int n = part.Length;
        double[][] rows =
        [
            .. part.Select((i, place) => part.Select(j => matrix[i, j]).Append(place == 0 ? 1.0 : 0.0).ToArray()),
        ];
        for (int pivot = 0; pivot < n; pivot++)
        {
            for (int row = 0; row < n; row++)
            {
                double factor = row == pivot ? 0 : rows[row][pivot] / rows[pivot][pivot];
                for (int column = pivot; factor != 0 && column <= n; column++)
                {
                    rows[row][column] -= factor * rows[pivot][column];
                }
            }
        }

        return [.. rows.Select((row, place) => row[n] / row[place])];
    }
}
