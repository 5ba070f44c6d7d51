namespace GnnReRank.Tests.Oracle;

/// <summary>
/// Diffusion of a query outside the graph as its definition reads, in dense float64 matrices: the gallery's own S~,
/// bordered by the query's edges.
/// </summary>
internal static class SingleWalkOracle
{
    /// <summary>The score of each gallery row.</summary>
    /// <param name="gallery">The gallery's lists; -1 is padding.</param>
    /// <param name="settings">The parameters.</param>
    /// <param name="cosines">The query's cosine with each gallery row; NaN for rows that were removed.</param>
    public static double[] Scores(NeighborGraph gallery, DiffusionSettings settings, float[] cosines)
    {
        int n = gallery.VertexCount;
        double[,] w = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            int[] list = gallery.GetNeighbors(i);
            double[] d = [.. gallery.GetScores(i).Select(Distance)];
            double scale = Math.Max(1e-4, d.Take(settings.ScaleNeighbors + 1).Last());
            for (int place = 1; place < Math.Min(list.Length, settings.Neighbors + 1); place++)
            {
                w[i, list[place]] = Math.Exp(-d[place] / (settings.EffectiveEdgeWidth * scale));
            }
        }

        int[] nearest =
        [
            .. Enumerable.Range(0, n).Where(row => !float.IsNaN(cosines[row]))
                .OrderByDescending(row => cosines[row]).ThenBy(row => row),
        ];
        double own = Math.Max(1e-4, Distance(cosines[nearest.Take(settings.ScaleNeighbors).Last()]));
        double[] q = new double[n];
        foreach (int row in nearest.Take(settings.Neighbors))
        {
            q[row] = Math.Exp(-Distance(cosines[row]) / (settings.EffectiveEdgeWidth * own)) / 2;
        }

        double[] f = Walk(Bordered(w, q), settings);
        return [.. Enumerable.Range(0, n).Select(row => settings.DistanceWeight == 0
            ? f[row]
            : cosines[row]
                + (own / (2 * settings.DistanceWeight) * Math.Log(1 + ((nearest.Length + 1) * f[row] / settings.Floor))))];
    }

    private static double Distance(float cosine) => Math.Max(2 - (2 * (double)cosine), 0);

    /// <summary>S~ of n rows and the query as the last vertex, which adds nothing to the degrees of the others.</summary>
    private static double[,] Bordered(double[,] w, double[] q)
    {
        int n = q.Length;
        double[] degrees = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => (w[i, j] + w[j, i]) / 2)), q.Sum()];
        double[,] s = new double[n + 1, n + 1];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                s[i, j] = Share((w[i, j] + w[j, i]) / 2, degrees[i], degrees[j]);
            }

            s[i, n] = s[n, i] = Share(q[i], degrees[i], degrees[n]);
        }

        return s;
    }

    private static double Share(double weight, double from, double to) =>
        from * to == 0 ? 0 : weight / Math.Sqrt(from * to);

    private static double[] Walk(double[,] s, DiffusionSettings settings)
    {
        int n = s.GetLength(0);
        double[] f = new double[n];
        f[n - 1] = 1;
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

            next[n - 1] += settings.Restart;
            f = next;
        }

        return f;
    }
}
