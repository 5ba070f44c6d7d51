namespace GnnReRank.Compute.Devices;

/// <summary>About how much a job asks of a device.</summary>
/// <param name="Bytes">Device memory.</param>
/// <param name="Operations">Multiplications and additions of its largest product.</param>
internal readonly record struct DeviceJob(long Bytes, double Operations)
{
    // A row's features in float32 and in a form half as wide, and its share of lists and of sparse matrices.
    private const long BytesPerValue = 6;
    private const long ListEntries = 320;
    private const long BytesPerEntry = 8;

    public static DeviceJob Search(FeatureMatrix? query, FeatureMatrix gallery, int neighborCount) => new(
        RowBytes(query, gallery, neighborCount), 2.0 * Rows(query, gallery) * Rows(query, gallery) * gallery.Dimension);

    public static DeviceJob Rank(FeatureMatrix query, FeatureMatrix gallery, int neighborCount, int depth) => new(
        RowBytes(query, gallery, neighborCount) + RankingBytes(query, depth), 2.0 * query.RowCount * gallery.RowCount * gallery.Dimension);

    public static DeviceJob ReRank(FeatureMatrix query, FeatureMatrix gallery, int neighborCount, int depth)
    {
        DeviceJob search = Search(query, gallery, neighborCount);
        return search with { Bytes = search.Bytes + RankingBytes(query, depth) };
    }

    private static long Rows(FeatureMatrix? query, FeatureMatrix gallery) => (query?.RowCount ?? 0L) + gallery.RowCount;

    private static long RowBytes(FeatureMatrix? query, FeatureMatrix gallery, int neighborCount) =>
        Rows(query, gallery) * ((gallery.Dimension * BytesPerValue) + ((neighborCount + ListEntries) * BytesPerEntry));

    private static long RankingBytes(FeatureMatrix query, int depth) => (long)query.RowCount * depth * BytesPerEntry;
}
