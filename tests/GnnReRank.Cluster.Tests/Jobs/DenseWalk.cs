using GnnReRank.Cluster.Stages.Walks;

namespace GnnReRank.Tests.Jobs;

/// <summary>(1 - restart) S~ as the documentation of diffusion states it, in a dense array of float64.</summary>
internal static class DenseWalk
{
    public static double[,] Of(NeighborGraph graph, DiffusionSettings settings, int queryCount)
    {
        int count = graph.VertexCount;
        double[,] weights = new double[count, count];
        for (int row = 0; row < count; row++)
        {
            int[] neighbors = graph.GetNeighbors(row);
            float[] cosines = graph.GetScores(row);
            double scale = Math.Max(2 - (2.0 * cosines[settings.ScaleNeighbors]), 1e-4);
            int[] ends = [.. Enumerable.Range(1, neighbors.Length - 1)
                .Where(place => row >= queryCount || neighbors[place] >= queryCount).Take(settings.Neighbors)];
            foreach (int place in ends)
            {
                double distance = Math.Max(2 - (2.0 * cosines[place]), 0);
                double half = Math.Exp(-distance / (settings.EffectiveEdgeWidth * scale)) / 2;
                weights[row, neighbors[place]] += half;
                weights[neighbors[place], row] += half;
            }
        }

        double[] sums = new double[count];
        for (int row = 0; row < count; row++)
        {
            sums[row] = Enumerable.Range(0, count).Sum(column => weights[row, column]);
        }

        for (int row = 0; row < count; row++)
        {
            for (int column = 0; column < count; column++)
            {
                double product = Math.Sqrt(sums[row]) * Math.Sqrt(sums[column]);
                weights[row, column] = product > 0 ? (1 - settings.Restart) * weights[row, column] / product : 0;
            }
        }

        return weights;
    }

    public static unsafe double[,] Read(MappedWalkRows rows, int count)
    {
        double[,] dense = new double[count, count];
        for (int row = 0; row < count; row++)
        {
            int length = rows.Find(row, out int* columns, out float* values);
            for (int entry = 0; entry < length; entry++)
            {
                dense[row, columns[entry]] = values[entry];
            }
        }

        return dense;
    }
}
