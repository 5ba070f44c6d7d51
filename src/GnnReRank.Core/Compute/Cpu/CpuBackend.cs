using GnnReRank.Compute.Cpu.Neighbors;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Sparse;

namespace GnnReRank.Compute.Cpu;

/// <summary>All stages on the processor's cores, in the widest registers it has. Holds no state between calls.</summary>
internal sealed class CpuBackend : IComputeBackend
{
    private readonly CpuKernels _kernels;
    private readonly MemoryBudget? _sparseBudget;

    /// <param name="kernels">The kernels to use, whatever the processor would do best.</param>
    /// <param name="sparseBudget">The memory for sparse rows; null measures the machine at each call.</param>
    public CpuBackend(CpuKernels kernels, MemoryBudget? sparseBudget = null)
    {
        _kernels = kernels;
        _sparseBudget = sparseBudget;
    }

    /// <summary>The backend of this machine.</summary>
    public static CpuBackend Default { get; } = new(CpuKernels.ForThisProcessor);

    public NeighborGraph FindNeighbors(FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ComputeOptions options) =>
        NeighborStage.Run(query, gallery, neighborCount, _kernels, cosines: null, options);

    public Ranking RankByCosine(FeatureMatrix query, FeatureMatrix gallery, int depth, ComputeOptions options) =>
        RankingStage.Run(query, gallery, depth, new CosineSettings(), _kernels, createScorer: null, breaksTiesOnly: false, cosines: null, options);

    public Ranking ReRankByGnn(NeighborGraph graph, GnnReRankSettings settings, int depth, ComputeOptions options) =>
        ReRankByGnn(graph, settings, depth, cosines: null, options);

    public Ranking ReRankByGnn(
        FeatureMatrix query, FeatureMatrix gallery, GnnReRankSettings settings, int depth, ComputeOptions options)
    {
        RowBlocks<float>? cosines = KeptCosines.For(query, gallery, settings.K1, depth, _kernels);
        NeighborGraph graph = NeighborStage.Run(query, gallery, settings.K1, _kernels, cosines, options);
        return ReRankByGnn(graph, settings, depth, cosines, options);
    }

    private Ranking ReRankByGnn(
        NeighborGraph graph, GnnReRankSettings settings, int depth, RowBlocks<float>? cosines, ComputeOptions options)
    {
        // Said before the messages are passed, which may take minutes.
        bool multiplies = settings.EffectiveLambda > 0 || depth == graph.Gallery!.RowCount;
        new RankingMemory(graph.Query!, graph.Gallery!, depth, cosines is not null, multiplies, _kernels).Require();
        using FinalLayer layer = MessagePassingStage.Run(graph, settings, _sparseBudget ?? MemoryBudget.OfMachine(), options);
        return RankingStage.Run(
            graph.Query!, graph.Gallery!, depth, settings, _kernels, () => new GnnQueryScorer(layer, settings.EffectiveLambda),
            breaksTiesOnly: settings.EffectiveLambda == 0, cosines, options);
    }
}
