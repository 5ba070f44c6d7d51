using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Running;
using GnnReRank.Storage;

namespace GnnReRank.Compute.Cpu.Whitening;

/// <summary>Whitens query and gallery rows by what the gallery rows of their camera show.</summary>
internal sealed class WhiteningStage
{
    private readonly FeatureMatrix _query;
    private readonly FeatureMatrix _gallery;
    private readonly TileKernel _kernel;
    private readonly ComputeOptions _options;

    private WhiteningStage(FeatureMatrix query, FeatureMatrix gallery, TileKernel kernel, ComputeOptions options) =>
        (_query, _gallery, _kernel, _options) = (query, gallery, kernel, options);

    /// <summary>Runs the stage.</summary>
    /// <exception cref="GnnReRankException">A camera of the queries has no gallery row, or the work does not fit
    /// memory.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static (FeatureMatrix Query, FeatureMatrix Gallery) Run(
        FeatureMatrix query, FeatureMatrix gallery, double ridge, TileKernel kernel, ComputeOptions options) =>
        new WhiteningStage(query, gallery, kernel, options).Run(ridge);

    private (FeatureMatrix Query, FeatureMatrix Gallery) Run(double ridge)
    {
        ILookup<int, int> queryRows = RowsByCamera(_query);
        ILookup<int, int> galleryRows = RowsByCamera(_gallery);
        RequireCameras(queryRows, galleryRows);
        RequireMemory(galleryRows.Max(rows => rows.Count()));
        float[] query = new float[FeatureMatrixChecks.ElementCount(_query.RowCount, _query.Dimension)];
        float[] gallery = new float[FeatureMatrixChecks.ElementCount(_gallery.RowCount, _gallery.Dimension)];
        long rows = (long)_query.RowCount + _gallery.RowCount;
        StageReporter reporter = new(StageNames.Whitening, rows, StageUnits.Rows, _options);
        foreach (IGrouping<int, int> camera in galleryRows)
        {
            CameraWhitening whitening = CameraWhitening.Learn(_gallery, [.. camera], ridge, _kernel, _options);
            whitening.Apply(_gallery, [.. camera], gallery, reporter);
            int[] asking = [.. queryRows[camera.Key]];
            if (asking.Length > 0)
            {
                whitening.Apply(_query, asking, query, reporter);
            }
        }

        reporter.Complete(FormattableString.Invariant(
            $"{galleryRows.Count:N0} cameras, {rows:N0} x {_gallery.Dimension:N0}, {_options.ThreadCount} threads"));
        return (Made(_query, query), Made(_gallery, gallery));
    }

    private static ILookup<int, int> RowsByCamera(FeatureMatrix matrix) =>
        Enumerable.Range(0, matrix.RowCount).ToLookup(row => matrix.CameraArray![row]);

    private static FeatureMatrix Made(FeatureMatrix of, float[] values) => FeatureMatrix.Adopt(
        new ArrayStorage<float>(values, of.RowCount, of.Dimension), of.LabelArray, of.CameraArray, of.NameArray,
        of.Role, of.Source, inverseNorms: null, of.LabelNames);

    private static void RequireCameras(ILookup<int, int> queryRows, ILookup<int, int> galleryRows)
    {
        if (queryRows.FirstOrDefault(camera => !galleryRows.Contains(camera.Key)) is IGrouping<int, int> missing)
        {
            throw new GnnReRankException(
                "CameraNotInGallery", ErrorKind.InvalidArgument,
                FormattableString.Invariant($"{missing.Count():N0} queries are of camera {missing.Key}, which no gallery ") +
                "row is of: whitening learns each camera from its gallery rows. Leave the ridge out (-Ridge), or add " +
                "rows of that camera.");
        }
    }

    private void RequireMemory(long mostRows)
    {
        long dimension = _gallery.Dimension;
        long rows = _query.RowCount + (long)_gallery.RowCount;

        // The results; a camera's rows, centred, transposed and multiplied; covariance and factor in float64, and
        // what is made of them.
        long bytes = (rows + (3 * mostRows)) * dimension * sizeof(float);
        bytes += 5 * dimension * dimension * sizeof(double);
        MemoryBudget.OfMachine().Require(
            bytes, "WhiteningTooLarge",
            FormattableString.Invariant($"Whitening {rows:N0} rows x {dimension:N0} by camera"),
            "Leave the ridge out (-Ridge), use fewer rows, or features of fewer columns.");
    }
}
