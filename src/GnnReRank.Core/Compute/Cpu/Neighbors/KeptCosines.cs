namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>When the neighbour search keeps the query x gallery block of S for the ranking, which else multiplies it again.</summary>
internal static class KeptCosines
{
    // A ranking cut short does not need the room of a full one: up to here the block is kept all the same.
    private const long SmallBytes = 256L << 20;

    /// <summary>Room for the block, or null where it is better computed again.</summary>
    /// <param name="query">n_q x d.</param>
    /// <param name="gallery">n_g x d.</param>
    /// <param name="neighborCount">Neighbours a vertex of the search.</param>
    /// <param name="depth">Gallery rows the ranking will keep a query; n_g scores a query take the block's own room.</param>
    /// <param name="kernels">The kernels of the search.</param>
    public static RowBlocks<float>? For(FeatureMatrix query, FeatureMatrix gallery, int neighborCount, int depth, CpuKernels kernels) =>
        IsWorthIt(query, gallery, neighborCount, depth, kernels, MemoryBudget.OfMachine().Limit)
            ? new RowBlocks<float>(query.RowCount, gallery.RowCount)
            : null;

    /// <summary>Whether a ranking of this depth profits from the block, and it fits beside the search.</summary>
    public static bool IsWorthIt(
        FeatureMatrix query, FeatureMatrix gallery, int neighborCount, int depth, CpuKernels kernels, long memoryLimit)
    {
        long bytes = (long)query.RowCount * gallery.RowCount * sizeof(float);
        return (depth == gallery.RowCount || bytes <= SmallBytes) &&
            bytes + new NeighborMemory(query, gallery, neighborCount, kernels, keepsCosines: true).Bytes <= memoryLimit;
    }
}
