using GnnReRank.Benchmarks;
using GnnReRank.Compute.Cpu;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>From which size on the GPU is the faster one, kernels compiled: Auto's limit is set by it.</summary>
/// <param name="lines">Receive the times.</param>
internal sealed class AutoCrossing(StepLines lines)
{
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(2);
    private static readonly int[] s_galleries = [250, 500, 1_000, 2_000, 4_000, 8_000];

    public void Run()
    {
        foreach (int gallery in lines.Context.IsSmall ? s_galleries[..1] : s_galleries)
        {
            KitShape shape = new("Auto", new JobShape(gallery / 5, gallery, lines.Context.IsSmall ? 32 : 512, null));
            string what = FormattableString.Invariant($"Auto: {shape.Job.Vertices:N0} x {shape.Job.Dimension}");
            lines.Try(what, () => Add(what, JobFeatures.Of(shape)));
        }
    }

    private void Add(string what, JobFeatures job)
    {
        StageTimes Of(IComputeBackend backend)
        {
            IReRanker reRanker = WholeJobs.Gnn(job.Shape, GnnVariant.Paper, backend);
            FeatureMatrix other = job.Gallery;
            return StageTimes.Of(
                lines.Context.Device, lines.Runs, s_budget, () => reRanker.ReRank(job.Query, job.Gallery),
                () => CosineRanker.Rank(other, other, 1, null, backend));
        }

        DeviceJob size = new(job.Query.RowCount, job.Gallery.RowCount, job.Gallery.Dimension, job.Shape.K1, 1, null);
        string operations = FormattableString.Invariant($"{size.Operations:0.0e0} operations as Auto counts them");
        StageTimes gpu = Of(lines.Context.Backend);
        StageTimes processor = Of(CpuBackend.Default);
        string faster = gpu.Median < processor.Median ? "the GPU is faster" : "the processor is faster";
        lines.Time($"{what}, GPU from host", gpu, null, $"{operations}; {faster}");
        lines.Time($"{what}, processor", processor, null, $"{Environment.ProcessorCount} threads");
    }
}
