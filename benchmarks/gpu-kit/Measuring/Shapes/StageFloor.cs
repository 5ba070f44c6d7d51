using GnnReRank.Benchmarks;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>What a stage must do at least: no card of these peaks does it in less time.</summary>
/// <param name="Operations">Float operations on tensor cores, which no other kind of product can beat.</param>
/// <param name="DeviceBytes">Bytes to and from the card's memory, caches at their best.</param>
/// <param name="LinkBytes">Bytes to or from the host.</param>
internal readonly record struct StageFloor(double Operations, double DeviceBytes, double LinkBytes)
{
    // An index and a number.
    private const double EntryBytes = 8;
    private const int Layers = 2;

    public static StageFloor Upload(JobShape job) => new(0, FeatureBytes(job), FeatureBytes(job));

    /// <summary>Half of S: n (n + 1) / 2 products of d values.</summary>
    public static StageFloor Neighbors(JobShape job) =>
        new((double)job.Vertices * (job.Vertices + 1) * job.Dimension, FeatureBytes(job), 0);

    /// <summary>
    /// The lists read once, each layer but the last written and read once, and of the last the queries' rows written: no
    /// other is stored. A row of these has k1 entries at least; it has more after a layer, by how much depends on the
    /// data: the true floor lies higher.
    /// </summary>
    public static StageFloor Messages(KitShape shape) =>
        new(0, EntryBytes * shape.K1 * (((double)shape.Job.Vertices * ((2 * Layers) - 1)) + shape.Job.Queries), 0);

    /// <summary>A score of every pair, written once.</summary>
    public static StageFloor Scores(JobShape job) => new(0, Pairs(job) * sizeof(float), 0);

    /// <summary>A product of every pair, written once.</summary>
    public static StageFloor Cosines(JobShape job) =>
        new(2 * Pairs(job) * job.Dimension, (Pairs(job) * sizeof(float)) + FeatureBytes(job), 0);

    /// <summary>Score and cosine of every pair read once, and the lists written.</summary>
    public static StageFloor Order(JobShape job, int depth) =>
        new(0, (Pairs(job) * 2 * sizeof(float)) + ListBytes(job, depth), 0);

    public static StageFloor Download(JobShape job, int depth) => new(0, ListBytes(job, depth), ListBytes(job, depth));

    /// <summary>Bytes that are read and written.</summary>
    public static StageFloor Copy(double bytes) => new(0, 2 * bytes, 0);

    /// <summary>The least milliseconds; null where the card is not known.</summary>
    public double? On(CardPeaks? peaks) => peaks is null ? null : Math.Max(OnDevice(peaks), OnLink(peaks));

    /// <summary>The least milliseconds of the device.</summary>
    public double OnDevice(CardPeaks peaks) =>
        Math.Max(Operations / (peaks.Half * 1e9), DeviceBytes / (peaks.Memory * 1e6));

    /// <summary>The least milliseconds of the link to the host.</summary>
    public double OnLink(CardPeaks peaks) => LinkBytes / (peaks.Link * 1e6);

    private static double Pairs(JobShape job) => (double)job.Queries * job.Gallery;

    private static double ListBytes(JobShape job, int depth) => job.Queries * EntryBytes * depth;

    private static double FeatureBytes(JobShape job) => (double)job.Vertices * job.Dimension * sizeof(float);
}
