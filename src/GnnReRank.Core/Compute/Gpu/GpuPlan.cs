using GnnReRank.Compute.Gpu.Neighbors;
using GnnReRank.Compute.Gpu.Scoring;

namespace GnnReRank.Compute.Gpu;

/// <summary>What a job holds on the device at once: computed, and told, before anything is brought up.</summary>
/// <param name="Features">The bytes of the rows, in float32 and, for the tensor cores, in float16.</param>
/// <param name="Search">The bytes of lists, queues and graph.</param>
/// <param name="Ranking">The bytes of scores and their order; 0 where nothing is ranked.</param>
internal readonly record struct GpuPlan(long Features, long Search, long Ranking)
{
    // Rows after a layer or two: a few hundred entries of an index and a number.
    private const long MessageBytesPerRow = 4096;

    // The driver, the kernels and the pieces of memory too small to use.
    private const double UsableShare = 0.9;

    /// <summary>The bytes that messages are expected to take; only the work shows how many they are.</summary>
    public long Messages { get; private init; }

    /// <summary>The largest sum that is held at one time: the search's queues are gone before messages are passed.</summary>
    public long Peak => Features + Math.Max(Search, Messages + Ranking);

    /// <summary>Plans a job.</summary>
    /// <param name="queryCount">n_q, or 0.</param>
    /// <param name="galleryCount">n_g.</param>
    /// <param name="dimension">d.</param>
    /// <param name="neighborCount">Neighbours to find; 0 where none are.</param>
    /// <param name="depth">Gallery rows to keep a query; 0 where nothing is ranked.</param>
    /// <param name="passesMessages">Whether messages are passed.</param>
    public static GpuPlan For(int queryCount, int galleryCount, int dimension, int neighborCount, int depth, bool passesMessages)
    {
        long count = (long)queryCount + galleryCount;
        long rows = DeviceFeatures.BytesFor(count, dimension);
        long search = neighborCount == 0
            ? 0
            : count * (SearchListSizes.For(Math.Clamp(neighborCount - 1, 1, SearchListSizes.MostWanted), hasMargin: true).BytesPerRow +
                (neighborCount * (long)(sizeof(int) + sizeof(float))));
        return new GpuPlan(rows + (neighborCount == 0 ? 0 : rows / 2), search, depth == 0 ? 0 : GpuRankingStage.BytesFor(queryCount, galleryCount, depth))
        {
            Messages = passesMessages ? count * MessageBytesPerRow : 0,
        };
    }

    /// <summary>Whether a device of so much memory is expected to hold the job.</summary>
    public bool Fits(long deviceBytes) => Peak <= deviceBytes * UsableShare;

    /// <summary>A line for people.</summary>
    public string Describe(string device, long deviceBytes) =>
        $"Device memory: features {MemoryBudget.Gigabytes(Features)} GB, search and graph {MemoryBudget.Gigabytes(Search)} GB, " +
        $"messages about {MemoryBudget.Gigabytes(Messages)} GB, ranking {MemoryBudget.Gigabytes(Ranking)} GB; at most " +
        $"{MemoryBudget.Gigabytes(Peak)} GB at once of {MemoryBudget.Gigabytes(deviceBytes)} GB on {device}";
}
