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

    public NeighborGraph FindNeighbors(FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ComputeOptions options)
    {
        MemoryPlan.For(query, gallery, options)
            .With("search and graph", new NeighborMemory(query, gallery, neighborCount, _kernels, keepsCosines: false).Bytes)
            .Log();
        return NeighborStage.Run(query, gallery, neighborCount, _kernels, cosines: null, options);
    }

    public Ranking RankByCosine(FeatureMatrix query, FeatureMatrix gallery, int depth, ComputeOptions options)
    {
        RankingMemory memory = new(query, gallery, depth, hasCosines: false, multiplies: true, _kernels);
        MemoryPlan.For(query, gallery, options).With("ranking", memory.Bytes).Log();
        return RankingStage.Run(
            query, gallery, depth, new CosineSettings(), _kernels, createScorer: null, breaksTiesOnly: false, cosines: null, options);
    }

    public Ranking ReRankByGnn(NeighborGraph graph, GnnReRankSettings settings, int depth, ComputeOptions options)
    {
        RankingMemory memory = MemoryOf(graph.Query!, graph.Gallery!, settings, depth, hasCosines: false);
        MemoryPlan.For(graph.Query, graph.Gallery!, options).WithUnknown("messages").With("ranking", memory.Bytes).Log();
        return ReRankByGnn(graph, settings, depth, cosines: null, options);
    }

    public Ranking ReRankByGnn(
        FeatureMatrix query, FeatureMatrix gallery, GnnReRankSettings settings, int depth, ComputeOptions options)
    {
        bool keeps = KeptCosines.IsWorthIt(query, gallery, settings, depth, _kernels, MemoryBudget.OfMachine().Limit);
        RankingMemory memory = MemoryOf(query, gallery, settings, depth, keeps);
        MemoryPlan.For(query, gallery, options)
            .With("search and graph", new NeighborMemory(query, gallery, settings.K1, _kernels, keeps).Bytes)
            .With("cosines kept", keeps ? KeptCosines.BytesFor(query, gallery) : 0)
            .WithUnknown("messages")
            .With("ranking", memory.Bytes)
            .Log();

        // Said before the work, which may take minutes.
        memory.Require();
        RowBlocks<float>? cosines = keeps ? new(query.RowCount, gallery.RowCount) : null;
        NeighborGraph graph = NeighborStage.Run(query, gallery, settings.K1, _kernels, cosines, options);
        return ReRankByGnn(graph, settings, depth, cosines, options);
    }

    private Ranking ReRankByGnn(
        NeighborGraph graph, GnnReRankSettings settings, int depth, RowBlocks<float>? cosines, ComputeOptions options)
    {
        MemoryOf(graph.Query!, graph.Gallery!, settings, depth, cosines is not null).Require();
        using FinalLayer layer = MessagePassingStage.Run(graph, settings, _sparseBudget ?? MemoryBudget.OfMachine(), options);
        return RankingStage.Run(
            graph.Query!, graph.Gallery!, depth, settings, _kernels, () => new GnnQueryScorer(layer, settings.EffectiveLambda),
            breaksTiesOnly: settings.EffectiveLambda == 0, cosines, options);
    }

    private RankingMemory MemoryOf(FeatureMatrix query, FeatureMatrix gallery, GnnReRankSettings settings, int depth, bool hasCosines) =>
        new(query, gallery, depth, hasCosines, multiplies: settings.EffectiveLambda > 0 || depth == gallery.RowCount, _kernels);
}
