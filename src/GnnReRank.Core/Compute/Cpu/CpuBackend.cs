using GnnReRank.Compute.Cpu.Clusters;
using GnnReRank.Compute.Cpu.Neighbors;
using GnnReRank.Compute.Cpu.Ordering;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Singles;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Compute.Jobs;
using GnnReRank.Running;

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

    public IRowRefiner Refiner => new CpuRowRefiner(_kernels);

    public NeighborGraph FindNeighbors(FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ComputeOptions options)
    {
        MemoryPlan.For(query, gallery, options)
            .With("search and graph", new NeighborMemory(query, gallery, new ListNeeds(neighborCount), _kernels, keepsCosines: false).Bytes)
            .Log();
        return NeighborStage.Run(query, gallery, graph: null, new ListNeeds(neighborCount), _kernels, cosines: null, options).Graph;
    }

    public NeighborGraph FindNeighborsNearly(
        FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ApproximateSearchSettings settings,
        ComputeOptions options) =>
        ClusterStage.Run(query, gallery, neighborCount, settings, _kernels, options) ??
        FindNeighbors(query, gallery, neighborCount, options);

    public TimeSpan? EstimateSearch(
        FeatureMatrix? query, FeatureMatrix gallery, int neighborCount, ComputeOptions options) =>
        SearchEstimate.Of(query, gallery, _kernels.Exact, options);

    public GraphLists FindLists(
        FeatureMatrix? query, FeatureMatrix gallery, NeighborGraph? graph, ListNeeds needs, ComputeOptions options)
    {
        MemoryPlan.For(query, gallery, options)
            .With("search and graph", new NeighborMemory(query, gallery, needs, _kernels, keepsCosines: false).Bytes)
            .Log();
        return NeighborStage.Run(query, gallery, graph, needs, _kernels, cosines: null, options);
    }

    public Ranking Rank(RankingJob job, ComputeOptions options)
    {
        bool keepsCosines = KeptCosines.IsWorthIt(job, _kernels, MemoryBudget.OfMachine().Limit);
        RankingMemory memory = new(RankingShape.Of(job), keepsCosines, _kernels);
        Tell(job, memory, keepsCosines, options);

        // Said before the work, which may take minutes.
        memory.Require();
        RowBlocks<float>? cosines = keepsCosines ? new(job.Query.RowCount, job.Gallery.RowCount) : null;
        IScoring? ready = job.Recipe is null ? null : CpuScorings.WithoutLists(job.Recipe);
        GraphLists? lists = job.Recipe is null || ready is not null
            ? null
            : NeighborStage.Run(job.GraphQuery, job.Gallery, job.Graph, job.Needs, _kernels, cosines, options);
        RankingJob decided = lists is null ? job : job.DecidedBy(lists.Graph);
        using IScoring? scoring = lists is null ? ready : Prepare(decided, lists, options);
        memory.Require();
        using VertexRows queryRows = new(null, job.Query);
        using VertexRows galleryRows = new(null, job.Gallery);
        RankedLists ranked = new RankingStage(RankingShape.Of(decided), memory, _kernels, scoring, cosines, options)
            .Run(queryRows, galleryRows);
        return new Ranking(job.Query, job.Gallery, ranked.Indices, ranked.Scores, decided.Settings);
    }

    private IScoring Prepare(RankingJob job, GraphLists lists, ComputeOptions options)
    {
        MemoryBudget budget = _sparseBudget ?? MemoryBudget.OfMachine();
        if (!job.IsIndependent)
        {
            return CpuScorings.Prepare(job.Recipe!, lists, _kernels, budget, options);
        }

        GalleryLists gallery = new(lists.Graph, job.Gallery.RowCount);
        return new SingleQueryScoring(SingleScorings.Prepare(job.Recipe!, gallery, budget, options));
    }

    private void Tell(RankingJob job, RankingMemory memory, bool keepsCosines, ComputeOptions options)
    {
        MemoryPlan plan = MemoryPlan.For(job.Query, job.Gallery, options);
        if (job.Pass is ListNeeds needs)
        {
            long search = new NeighborMemory(job.GraphQuery, job.Gallery, needs, _kernels, keepsCosines).Bytes;
            plan.With("search and graph", search).With("cosines kept", keepsCosines ? KeptCosines.BytesFor(job) : 0);
        }

        if (job.Recipe is not null)
        {
            plan.WithUnknown(job.Recipe.Work);
        }

        plan.With("ranking", memory.Bytes).Log();
    }
}
