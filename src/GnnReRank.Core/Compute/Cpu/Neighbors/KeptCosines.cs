namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>When the neighbour search keeps the query x gallery block of S for the ranking, which else multiplies it again.</summary>
internal static class KeptCosines
{
    // A ranking cut short does not need the room of a full one: up to here the block is kept all the same.
    private const long SmallBytes = 256L << 20;

    /// <summary>The bytes of the block.</summary>
    public static long BytesFor(FeatureMatrix query, FeatureMatrix gallery) => (long)query.RowCount * gallery.RowCount * sizeof(float);

    /// <summary>Whether a ranking of this depth profits from the block, and it fits beside the search.</summary>
    /// <param name="query">n_q x d.</param>
    /// <param name="gallery">n_g x d.</param>
    /// <param name="settings">Without cosines in the scores, a ranking cut short asks for those of a few ties alone.</param>
    /// <param name="depth">Gallery rows the ranking will keep a query; n_g scores a query take the block's own room.</param>
    /// <param name="kernels">The kernels of the search.</param>
    /// <param name="memoryLimit">The bytes that may be used.</param>
    public static bool IsWorthIt(
        FeatureMatrix query, FeatureMatrix gallery, GnnReRankSettings settings, int depth, CpuKernels kernels, long memoryLimit)
    {
        long bytes = BytesFor(query, gallery);
        bool isFull = depth == gallery.RowCount;
        return (isFull || (settings.EffectiveLambda > 0 && bytes <= SmallBytes)) &&
            bytes + new NeighborMemory(query, gallery, settings.K1, kernels, keepsCosines: true).Bytes <= memoryLimit;
    }
}
