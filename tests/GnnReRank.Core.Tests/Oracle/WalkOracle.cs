namespace GnnReRank.Tests.Oracle;

/// <summary>Diffusion with restart as its definition reads, in dense float64 matrices.</summary>
internal static class WalkOracle
{
    /// <summary>The final scores, n_q x n_g.</summary>
    /// <param name="graph">The lists; -1 is padding.</param>
    /// <param name="settings">The parameters.</param>
    /// <param name="similarities">All cosines.</param>
    public static double[,] Scores(NeighborGraph graph, DiffusionSettings settings, double[,] similarities)
    {
        int n = graph.VertexCount;
        int queries = graph.Query!.RowCount;
        double[] scale = [.. Enumerable.Range(0, n).Select(i => ScaleOf(graph, i, settings))];
        double[,] w =
            settings.UseCameras ? CameraEdges(graph, settings, similarities, scale) : Edges(graph, settings, scale);
        double[,] s = Normalized(w);
        double[,] scores = new double[queries, n - queries];
        for (int q = 0; q < queries; q++)
        {
            double[] f = Walk(s, q, settings);
            for (int g = queries; g < n; g++)
            {
                scores[q, g - queries] = settings.DistanceWeight == 0
                    ? f[g]
                    : similarities[q, g]
                        + (scale[q] / (2 * settings.DistanceWeight) * Math.Log(1 + (n * f[g] / settings.Floor)));
            }
        }

        return scores;
    }

    /// <summary>S~, where cameras are not used.</summary>
    public static double[,] Transitions(NeighborGraph graph, DiffusionSettings settings) => Normalized(
        Edges(graph, settings, [.. Enumerable.Range(0, graph.VertexCount).Select(i => ScaleOf(graph, i, settings))]));

    private static double ScaleOf(NeighborGraph graph, int vertex, DiffusionSettings settings) =>
        Math.Max(1e-4, Distances(graph, vertex).Take(settings.ScaleNeighbors + 1).Last());

    private static double[] Distances(NeighborGraph graph, int vertex) =>
        [.. graph.GetScores(vertex).Select(score => Math.Max(2 - (2 * (double)score), 0))];

    private static double[,] Edges(NeighborGraph graph, DiffusionSettings settings, double[] scale)
    {
        int n = graph.VertexCount;
        int queries = graph.Query!.RowCount;
        double[,] w = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            int[] list = graph.GetNeighbors(i);
            double[] d = Distances(graph, i);
            IEnumerable<int> places = Enumerable.Range(1, list.Length - 1)
                .Where(place => i >= queries || list[place] >= queries);
            foreach (int place in places.Take(settings.Neighbors))
            {
                w[i, list[place]] = Math.Exp(-d[place] / (settings.EffectiveEdgeWidth * scale[i]));
            }
        }

        return w;
    }

    /// <summary>The nearest rows of a row's own camera and of others, from all cosines.</summary>
    private static double[,] CameraEdges(
        NeighborGraph graph, DiffusionSettings settings, double[,] similarities, double[] scale)
    {
        int n = graph.VertexCount;
        int queries = graph.Query!.RowCount;
        int[] cameras = [.. graph.Query.Cameras!, .. graph.Gallery!.Cameras!];
        double[,] w = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            int[] others =
            [
                .. Enumerable.Range(0, n)
                    .Where(j => j != i && (i >= queries || j >= queries))
                    .OrderByDescending(j => similarities[i, j]),
            ];
            foreach (int j in others.Where(j => cameras[j] == cameras[i]).Take(settings.OwnCameraNeighbors))
            {
                w[i, j] =
                    Math.Exp(-Math.Max(0, 2 - (2 * similarities[i, j])) / (settings.EffectiveEdgeWidth * scale[i]));
            }

            foreach (int j in others.Where(j => cameras[j] != cameras[i]).Take(settings.OtherCameraNeighbors))
            {
                w[i, j] = settings.OtherCameraFactor * Math.Exp(
                    -Math.Max(0, 2 - (2 * similarities[i, j])) / (settings.EffectiveEdgeWidth * scale[i]));
            }
        }

        return w;
    }

    private static double[,] Normalized(double[,] w)
    {
        int n = w.GetLength(0);
        double[,] s = new double[n, n];
        double[] sums = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                s[i, j] = (w[i, j] + w[j, i]) / 2;
                sums[i] += s[i, j];
            }
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                s[i, j] = s[i, j] == 0 ? 0 : s[i, j] / Math.Sqrt(sums[i] * sums[j]);
            }
        }

        return s;
    }

    private static double[] Walk(double[,] s, int query, DiffusionSettings settings)
    {
        int n = s.GetLength(0);
        double[] f = new double[n];
        f[query] = 1;
        for (int step = 0; step < settings.Steps; step++)
        {
            double[] next = new double[n];
            for (int j = 0; j < n; j++)
            {
                for (int i = 0; i < n; i++)
                {
                    next[j] += (1 - settings.Restart) * f[i] * s[i, j];
                }
            }

            next[query] += settings.Restart;
            f = next;
        }

        return f;
    }
}
