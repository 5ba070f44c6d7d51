using GnnReRank.Compute.Cpu.Clusters;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Cluster.Planning;

/// <summary>How fast this machine multiplies.</summary>
internal static class SpeedProbe
{
    private const int Rows = 512;
    private const int MostColumns = 256;

    // What else the machine does makes some of them slow, and none of them fast.
    private const int Runs = 5;

    /// <summary>The time of a multiply-add on one thread, from the best of some short runs of products.</summary>
    public static double SecondsPerOperation(int dimension)
    {
        int columns = Math.Min(dimension, MostColumns);
        float[] values = new float[Rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = 1 + (i % 7);
        }

        using VertexRows rows = new(null, new FeatureMatrix(values, Rows, columns));
        double least = double.MaxValue;
        for (int run = 0; run < Runs; run++)
        {
            least = Math.Min(
                least,
                SearchEstimate.SecondsAPair(rows, CpuKernels.ForThisProcessor.Exact, CancellationToken.None) / columns);
        }

        return least;
    }
}
