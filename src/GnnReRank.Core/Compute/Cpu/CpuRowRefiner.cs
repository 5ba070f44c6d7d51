using GnnReRank.Compute.Cpu.Heads;
using GnnReRank.Compute.Cpu.Mixing;
using GnnReRank.Compute.Cpu.Recall;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Compute.Cpu.Whitening;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.Compute.Cpu;

/// <summary>Refines rows and heads of rankings on the processor's cores.</summary>
/// <param name="kernels">The kernels for cosines.</param>
internal sealed class CpuRowRefiner(CpuKernels kernels) : IRowRefiner
{
    public FeatureMatrix Mix(RowMix mix, ComputeOptions options) => MixStage.Run(mix, options);

    public Ranking RescoreHeads(Ranking ranking, HeadRescoring how, int depth, ComputeOptions options) =>
        HeadStage.Run(ranking, how, depth, kernels, options);

    public (FeatureMatrix Query, FeatureMatrix Gallery) WhitenByCamera(
        FeatureMatrix query, FeatureMatrix gallery, double ridge, ComputeOptions options) =>
        WhiteningStage.Run(query, gallery, ridge, kernels.Exact, options);

    public int[] CountFound(
        NeighborGraph graph, FeatureMatrix? query, FeatureMatrix gallery, int[] vertices, ComputeOptions options) =>
        RecallStage.Run(graph, query, gallery, vertices, kernels.Exact, options);
}
