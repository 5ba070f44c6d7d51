namespace GnnReRank.Tests.Oracle;

/// <summary>
/// The methods that compare descriptions by Jaccard, as their papers define them, in dense float64 matrices. A vertex counts among its
/// own neighbours where the papers count it; lists that are too short are taken as they are.
/// </summary>
internal sealed class OverlapOracle
{
    private readonly double[,] _similarities;
    private readonly double[,] _distances;
    private readonly int _queryCount;
    private readonly int _count;

    /// <param name="similarities">All cosines, queries first.</param>
    /// <param name="queryCount">n_q.</param>
    public OverlapOracle(double[,] similarities, int queryCount)
    {
        _similarities = similarities;
        _queryCount = queryCount;
        _count = similarities.GetLength(0);
        _distances = new double[_count, _count];
        for (int i = 0; i < _count; i++)
        {
            double[] row = [.. Enumerable.Range(0, _count).Select(j => i == j ? 0 : Math.Max(2 - (2 * similarities[i, j]), 0))];
            for (int j = 0; j < _count; j++)
            {
                // Where all rows are the same there is nothing to divide by but the rounding of their cosines.
                _distances[i, j] = row.Max() < 1e-6 ? 0 : row[j] / row.Max();
            }
        }
    }

    /// <summary>k-reciprocal encoding.</summary>
    /// <param name="lists">Each vertex's neighbours, itself first.</param>
    /// <param name="settings">The parameters.</param>
    public double[,] Scores(int[][] lists, KReciprocalSettings settings)
    {
        int[][] full = Reciprocal(lists, settings.NeighborCount + 1);
        int[][] half = Reciprocal(lists, (int)Math.Round(settings.NeighborCount / 2.0, MidpointRounding.ToEven) + 1);
        int[][] members = [.. full.Select(set => set
            .Where(candidate => half[candidate].Intersect(set).Count() > 2.0 / 3 * half[candidate].Length)
            .SelectMany(candidate => half[candidate])
            .Union(set)
            .ToArray())];
        return Mixed(Averaged(Described(members), [.. lists.Select(list => list.Take(settings.ExpansionCount))]), settings.CosineWeight);
    }

    /// <summary>Sparse contextual activation.</summary>
    /// <param name="lists">Each vertex's neighbours, itself first.</param>
    /// <param name="settings">The parameters.</param>
    public double[,] Scores(int[][] lists, ContextualActivationSettings settings)
    {
        int[][] members = [.. lists.Select(list => list.Take(settings.NeighborCount).ToArray())];
        return Mixed(Averaged(Described(members), [.. lists.Select(list => list.Take(settings.ExpansionCount))]), settings.CosineWeight);
    }

    /// <summary>Camera-aware Jaccard distance.</summary>
    /// <param name="cameras">The camera of each vertex.</param>
    /// <param name="settings">The parameters.</param>
    public double[,] Scores(int[] cameras, CameraJaccardSettings settings)
    {
        int[][] own = ListOracle.Others(_similarities, (i, j) => cameras[i] == cameras[j]);
        own = [.. own.Select((list, vertex) => ListOracle.WithItself(vertex, list, _count))];
        int[][] others = ListOracle.Others(_similarities, (i, j) => cameras[i] != cameras[j]);
        int[][] members = [.. Reciprocal(own, settings.OwnCameraCount + 1)
            .Zip(Reciprocal(others, settings.OtherCamerasCount), (intra, inter) => intra.Union(inter).ToArray())];
        IEnumerable<int>[] averaged = [.. own.Zip(others, (intra, inter) =>
            intra.Take(settings.OwnCameraExpansion).Concat(inter.Take(settings.OtherCamerasExpansion)))];
        return Mixed(Averaged(Described(members), averaged), settings.CosineWeight);
    }

    private static int[][] Reciprocal(int[][] lists, int count) =>
        [.. lists.Select((list, vertex) => list.Take(count).Where(other => lists[other].Take(count).Contains(vertex)).ToArray())];

    private double[,] Described(int[][] members)
    {
        double[,] rows = new double[_count, _count];
        for (int i = 0; i < _count; i++)
        {
            double sum = members[i].Sum(j => Math.Exp(-_distances[i, j]));
            foreach (int j in members[i])
            {
                rows[i, j] = Math.Exp(-_distances[i, j]) / sum;
            }
        }

        return rows;
    }

    private double[,] Averaged(double[,] rows, IEnumerable<int>[] neighbors)
    {
        double[,] means = new double[_count, _count];
        for (int i = 0; i < _count; i++)
        {
            for (int j = 0; j < _count; j++)
            {
                means[i, j] = neighbors[i].Average(neighbor => rows[neighbor, j]);
            }
        }

        return means;
    }

    private double[,] Mixed(double[,] rows, double lambda)
    {
        double[,] scores = new double[_queryCount, _count - _queryCount];
        for (int q = 0; q < _queryCount; q++)
        {
            for (int g = _queryCount; g < _count; g++)
            {
                double minima = 0;
                double maxima = 0;
                for (int j = 0; j < _count; j++)
                {
                    minima += Math.Min(rows[q, j], rows[g, j]);
                    maxima += Math.Max(rows[q, j], rows[g, j]);
                }

                scores[q, g - _queryCount] = 1 - (((1 - lambda) * (1 - (minima / maxima))) + (lambda * _distances[q, g]));
            }
        }

        return scores;
    }
}
