using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>When the neighbour search keeps the query x gallery block of S for the ranking, which else multiplies it again.</summary>
internal static class KeptCosines
{
    // A ranking cut short does not need the room of a full one: up to here the block is kept all the same.
    private const long SmallBytes = 256L << 20;

    /// <summary>The bytes of the block.</summary>
    public static long BytesFor(RankingJob job) => (long)job.Query.RowCount * job.Gallery.RowCount * sizeof(float);

    /// <summary>Whether a job that searches profits from the block, and it fits beside the search.</summary>
    /// <param name="job">
    /// The job. n_g scores a query take the block's own room; without cosines in the scores, a ranking cut short asks for those of a few
    /// ties alone.
    /// </param>
    /// <param name="kernels">The kernels of the search.</param>
    /// <param name="memoryLimit">The bytes that may be used.</param>
    public static bool IsWorthIt(RankingJob job, CpuKernels kernels, long memoryLimit)
    {
        long bytes = BytesFor(job);
        return !job.IsIndependent && job.Pass is ListNeeds needs &&
            (job.IsFull || (job.NeedsAllCosines && bytes <= SmallBytes)) &&
            bytes + new NeighborMemory(job.Query, job.Gallery, needs, kernels, keepsCosines: true).Bytes <= memoryLimit;
    }
}
