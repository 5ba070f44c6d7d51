using GnnReRank.Compute.Gpu.Kernels;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>Unit vectors in float16 by the framework's own type, and their scores in double precision.</summary>
internal sealed class HalfMatrix
{
    private readonly double[,] _scores;

    public HalfMatrix(FeatureMatrix matrix)
    {
        Count = matrix.RowCount;
        Stride = (matrix.Dimension + 31) / 32 * 32;
        Values = new ushort[(Count + 127) / 128 * 128 * Stride];
        double[,] values = new double[Count, matrix.Dimension];
        for (int row = 0; row < Count; row++)
        {
            double norm = Math.Sqrt(Enumerable.Range(0, matrix.Dimension).Sum(column => Math.Pow(matrix[row, column], 2)));
            for (int column = 0; column < matrix.Dimension; column++)
            {
                Half half = (Half)(float)(matrix[row, column] / norm * DeviceHalf.Scale);
                Values[(row * Stride) + column] = BitConverter.HalfToUInt16Bits(half);
                values[row, column] = (double)half / DeviceHalf.Scale;
            }
        }

        _scores = new double[Count, Count];
        for (int row = 0; row < Count; row++)
        {
            for (int column = 0; column < Count; column++)
            {
                _scores[row, column] = Enumerable.Range(0, matrix.Dimension).Sum(k => values[row, k] * values[column, k]);
            }
        }
    }

    public int Count { get; }

    public int Stride { get; }

    public ushort[] Values { get; }

    public double Score(int row, int column) => _scores[row, column];

    /// <summary>The middle of the widest gap between a row's scores, from rank 10 to rank 60.</summary>
    public float Threshold(int row)
    {
        IEnumerable<int> others = Enumerable.Range(0, Count).Where(column => column != row);
        double[] sorted = [.. others.Select(column => Score(row, column)).OrderDescending()];
        int rank = Enumerable.Range(10, 50).MaxBy(place => sorted[place] - sorted[place + 1]);
        return (float)((sorted[rank] + sorted[rank + 1]) / 2);
    }
}
