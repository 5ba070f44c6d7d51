using GnnReRank.Running;
using GnnReRank.Storage;

namespace GnnReRank.Transforming;

/// <summary>The mean row of each camera, and that of all rows, in float64. Immutable.</summary>
internal sealed class CameraMeans
{
    private readonly Dictionary<int, int> _places;
    private readonly double[] _means;
    private readonly double[] _total;

    /// <param name="cameras">The cameras, ascending.</param>
    /// <param name="rowCounts">How many rows each had.</param>
    /// <param name="means">The mean row of each, one after the other.</param>
    /// <param name="total">The mean of all rows.</param>
    public CameraMeans(int[] cameras, int[] rowCounts, double[] means, double[] total)
    {
        Cameras = cameras;
        RowCounts = rowCounts;
        _means = means;
        _total = total;
        _places = cameras.Select((camera, place) => (camera, place)).ToDictionary(
            pair => pair.camera, pair => pair.place);
    }

    public int[] Cameras { get; }

    public int[] RowCounts { get; }

    public ReadOnlySpan<double> Means => _means;

    public ReadOnlySpan<double> Total => _total;

    /// <summary>Whether the camera was there when the means were taken.</summary>
    public bool Knows(int camera) => _places.ContainsKey(camera);

    /// <summary>The mean of a camera; of all rows, where the camera is not known.</summary>
    public ReadOnlySpan<double> Of(int camera) =>
        _places.TryGetValue(camera, out int place) ? _means.AsSpan(place * _total.Length, _total.Length) : _total;

    /// <summary>
    /// Takes the means, of rows divided by their norms where that is asked for. Sums go row by row, in the order of the
    /// matrices.
    /// </summary>
    public static CameraMeans Of(IReadOnlyList<FeatureMatrix> matrices, bool normalize, ComputeOptions options)
    {
        int[] cameras = [.. matrices.SelectMany(matrix => matrix.CameraArray!).Distinct().Order()];
        int dimension = matrices[0].Dimension;
        double[] means = new double[FeatureMatrixChecks.ElementCount(cameras.Length, dimension)];
        double[] total = new double[dimension];
        CameraMeans result = new(cameras, new int[cameras.Length], means, total);
        double[] row = new double[dimension];
        float[] stored = new float[dimension];
        long rowCount = matrices.Sum(matrix => (long)matrix.RowCount);
        StageReporter reporter = new(StageNames.Means, rowCount, StageUnits.Rows, options);
        foreach (FeatureMatrix matrix in matrices)
        {
            using PinnedRows rows = matrix.Storage.Pin();
            for (int index = 0; index < matrix.RowCount; index++)
            {
                rows.CopyRow(index, stored);
                DoubleRow.Widen(stored, row, normalize);
                int place = result._places[matrix.CameraSpan[index]];
                result.RowCounts[place]++;
                DoubleRow.Add(row, means.AsSpan(place * dimension, dimension));
                DoubleRow.Add(row, total);
                reporter.Advance(1);
            }
        }

        for (int place = 0; place < cameras.Length; place++)
        {
            DoubleRow.Divide(means.AsSpan(place * dimension, dimension), result.RowCounts[place]);
        }

        DoubleRow.Divide(total, rowCount);
        reporter.Complete($"{rowCount:N0} rows of {cameras.Length:N0} cameras");
        return result;
    }
}
