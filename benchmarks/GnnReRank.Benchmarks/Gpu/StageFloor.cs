namespace GnnReRank.Benchmarks;

/// <summary>The least that a stage must do: no card does it in less than the slowest of its parts takes.</summary>
/// <param name="Operations">Multiplications and additions.</param>
/// <param name="DeviceBytes">Bytes to and from the card's memory.</param>
/// <param name="LinkBytes">Bytes between host and card.</param>
internal readonly record struct StageFloor(double Operations, double DeviceBytes, double LinkBytes)
{
    private const int EntryBytes = 8;
    private const int Layers = 2;

    /// <summary>Each value once over the link.</summary>
    public static StageFloor Upload(JobShape job) => new(0, FeatureBytes(job), FeatureBytes(job));

    /// <summary>Half of S: n (n + 1) / 2 products of d values.</summary>
    public static StageFloor Neighbors(JobShape job) =>
        new((double)job.Vertices * (job.Vertices + 1) * job.Dimension, FeatureBytes(job), 0);

    /// <summary>
    /// The lists read once, and the start and each layer written and read once. A row of these has k1 entries at least; it has more after
    /// a layer, by how much depends on the data: the true floor lies higher.
    /// </summary>
    public static StageFloor Messages(GpuShape shape) =>
        new(0, (double)shape.Job.Vertices * shape.K1 * EntryBytes * (1 + (2 * (Layers + 1))), 0);

    /// <summary>Scores of all pairs written and read once, and the lists sent to the host. Cosines can be left from the search.</summary>
    public static StageFloor Ranking(JobShape job)
    {
        double lists = (double)job.Queries * (job.Top ?? job.Gallery) * EntryBytes;
        return new(0, (2.0 * sizeof(float) * job.Queries * job.Gallery) + lists, lists);
    }

    /// <summary>Seconds, and what takes them.</summary>
    public (double Seconds, string Bound) On(CardPeaks peaks, bool tensor)
    {
        double products = Operations / ((tensor ? peaks.Tensor : peaks.Single) * 1e12);
        double memory = DeviceBytes / (peaks.Memory * 1e9);
        double link = LinkBytes / (peaks.Link * 1e9);
        return products >= memory && products >= link ? (products, tensor ? "float16 tensor" : "float32")
            : memory >= link ? (memory, "memory")
            : (link, "link");
    }

    private static double FeatureBytes(JobShape job) => (double)job.Vertices * job.Dimension * sizeof(float);
}
