namespace GnnReRank.Compute.Jobs;

/// <summary>The sizes of what a call asks of a device.</summary>
/// <param name="QueryCount">n_q, or 0.</param>
/// <param name="GalleryCount">n_g.</param>
/// <param name="Dimension">d.</param>
/// <param name="NeighborCount">Neighbours to find; 0 where none are.</param>
/// <param name="Depth">Gallery rows to keep a query; 0 where nothing is ranked.</param>
/// <param name="Recipe">What gives the scores; null for none.</param>
internal readonly record struct DeviceJob(
    int QueryCount, int GalleryCount, int Dimension, int NeighborCount, int Depth, ScoringRecipe? Recipe)
{
    /// <summary>Neighbours of the graph that the caller gives, which the device then holds; 0 for none.</summary>
    public int GivenNeighbors { get; init; }

    /// <summary>n_q + n_g.</summary>
    public long VertexCount => (long)QueryCount + GalleryCount;

    /// <summary>Multiplications and additions of its largest product.</summary>
    public double Operations
    {
        get
        {
            double rows = NeighborCount == 0 ? QueryCount : VertexCount;
            double columns = NeighborCount == 0 ? GalleryCount : rows;
            return 2 * rows * columns * Dimension;
        }
    }

    public static DeviceJob Search(FeatureMatrix? query, FeatureMatrix gallery, int neighborCount) =>
        new(query?.RowCount ?? 0, gallery.RowCount, gallery.Dimension, neighborCount, Depth: 0, Recipe: null);

    public static DeviceJob Of(RankingJob job) =>
        new(
            job.Query.RowCount, job.Gallery.RowCount, job.Gallery.Dimension, job.SearchedNeighbors, job.Depth,
            job.Recipe)
        {
            GivenNeighbors = job.Graph?.NeighborCount ?? 0,
        };
}
