using GnnReRank.Compute.Gpu;

namespace GnnReRank.Compute.Devices;

/// <summary>What a job asks of a device.</summary>
/// <param name="QueryCount">n_q, or 0.</param>
/// <param name="GalleryCount">n_g.</param>
/// <param name="Dimension">d.</param>
/// <param name="NeighborCount">Neighbours to find; 0 where none are.</param>
/// <param name="Depth">Gallery rows to keep a query; 0 where nothing is ranked.</param>
/// <param name="PassesMessages">Whether messages are passed.</param>
internal readonly record struct DeviceJob(
    int QueryCount, int GalleryCount, int Dimension, int NeighborCount, int Depth, bool PassesMessages)
{
    /// <summary>Multiplications and additions of its largest product.</summary>
    public double Operations
    {
        get
        {
            double rows = NeighborCount == 0 ? QueryCount : (double)QueryCount + GalleryCount;
            double columns = NeighborCount == 0 ? GalleryCount : rows;
            return 2 * rows * columns * Dimension;
        }
    }

    /// <summary>About how much device memory it takes with all features there at once.</summary>
    public long Bytes => Plan(long.MaxValue).Peak;

    public static DeviceJob Search(FeatureMatrix? query, FeatureMatrix gallery, int neighborCount) =>
        new(query?.RowCount ?? 0, gallery.RowCount, gallery.Dimension, neighborCount, 0, false);

    public static DeviceJob Rank(FeatureMatrix query, FeatureMatrix gallery, int depth, bool passesMessages) =>
        new(query.RowCount, gallery.RowCount, gallery.Dimension, 0, depth, passesMessages);

    public static DeviceJob ReRank(FeatureMatrix query, FeatureMatrix gallery, int neighborCount, int depth) =>
        new(query.RowCount, gallery.RowCount, gallery.Dimension, neighborCount, depth, true);

    /// <summary>Whether a device holds it with all features there at once; in panels a GPU may be slower than the processor.</summary>
    public bool Fits(long deviceBytes) => Plan(deviceBytes) is { Fits: true, PanelRows: 0 };

    private GpuPlan Plan(long deviceBytes) =>
        GpuPlan.For(QueryCount, GalleryCount, Dimension, NeighborCount, Depth, PassesMessages, deviceBytes);
}
