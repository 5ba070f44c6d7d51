namespace GnnReRank.Tests.Oracle;

/// <summary>The expanded cross neighbourhood as its definition reads, pair by pair in float64.</summary>
internal static class CrossNeighborhoodOracle
{
    /// <summary>n_q x n_g scores, from neighbour lists (-1 is padding) and all similarities.</summary>
    public static double[,] Scores(NeighborGraph graph, CrossNeighborhoodSettings settings, double[,] similarities)
    {
        int n = graph.VertexCount;
        int queries = graph.Query!.RowCount;
        int[][] lists = [.. Enumerable.Range(0, n).Select(graph.GetNeighbors)];
        int[][] expanded = [.. lists.Select(list => Expand(lists, list, settings))];
        bool isRank = settings.Form == CrossNeighborhoodForm.Rank;
        double[,] compared = isRank ? Overlaps(lists, settings.Neighbors) : similarities;
        double divisor = 2.0 * settings.ExpansionCount * (1 + settings.SecondExpansionCount);
        double[,] scores = new double[queries, n - queries];
        for (int q = 0; q < queries; q++)
        {
            for (int g = queries; g < n; g++)
            {
                double sum = expanded[q].Sum(j => compared[j, g]) + expanded[g].Sum(j => compared[q, j]);
                scores[q, g - queries] = isRank && sum == 0 ? similarities[q, g] - 1 : sum / divisor;
            }
        }

        return scores;
    }

    private static int[] Expand(int[][] lists, int[] list, CrossNeighborhoodSettings settings)
    {
        int[] near = [.. list.Skip(1).Take(settings.ExpansionCount)];
        return [.. near, .. near.SelectMany(j => lists[j].Skip(1).Take(settings.SecondExpansionCount))];
    }

    private static double[,] Overlaps(int[][] lists, int k)
    {
        double[,] overlaps = new double[lists.Length, lists.Length];
        for (int i = 0; i < lists.Length; i++)
        {
            for (int j = 0; j < lists.Length; j++)
            {
                for (int place = 0; place < Math.Min(k, lists[i].Length); place++)
                {
                    int other = Array.IndexOf(lists[j], lists[i][place]);
                    overlaps[i, j] += other >= 0 && other < k ? (k - place) * (k - other) : 0;
                }
            }
        }

        return overlaps;
    }
}
