using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.GpuKit.Running;
using GnnReRank.ReRanking.Gnn;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>The other published shapes, in order of worth: whole job, stages, memory, torch's search.</summary>
internal sealed class ShapesStep : IKitStep
{
    // The least that a shape is begun with.
    private static readonly TimeSpan s_least = TimeSpan.FromSeconds(15);

    public int Number => 4;

    public string Name => "VeRi, 1,000,000 x 512, MSMT17, University";

    public TimeSpan Limit { get; } = TimeSpan.FromSeconds(210);

    public void Run(KitContext context)
    {
        StepLines lines = new(context, Number, Limit);
        foreach (KitShape each in context.IsSmall ? KitShape.Others.Take(1) : KitShape.Others)
        {
            KitShape shape = context.IsSmall ? each.Tiny() : each;
            if (lines.Left < s_least)
            {
                lines.Skip(shape.Name, KitLine.NoTime);
                continue;
            }

            lines.Try(shape.Name, () => RunShape(lines, shape));
        }
    }

    private static void RunShape(StepLines lines, KitShape shape)
    {
        JobFeatures job = JobFeatures.Of(shape);
        WholeJobs jobs = new(lines, job);
        PeakMemory.Run(
            lines, shape, jobs, GnnRecipe.Of(new GnnReRankSettings { K1 = shape.K1, K2 = shape.K2 }),
            () => jobs.Rank("Paper", ComputePrecision.Exact, shape.Job.Top));
        jobs.Warm(["Paper"], [shape.Job.Top], [ComputePrecision.Exact, ComputePrecision.Fast]);
        NeighborGraph? exact = new ResultLines(lines, job, jobs).Graphs();
        GpuDevice device = lines.Context.Device;
        lines.Try($"{shape.Name}: stages", () =>
        {
            lock (device.Gate)
            {
                device.Accelerator.Bind();
                using StageBench bench = new(device, job);
                new StageLines(lines, job, bench).Run();
            }
        });
        lines.Try($"{shape.Name}: torch", () => Torch(lines, job, exact));
    }

    private static void Torch(StepLines lines, JobFeatures job, NeighborGraph? exact)
    {
        using PeerFolder folder = new(job);
        if (exact is not null)
        {
            folder.Add(exact);
        }

        TimeSpan limit = TimeSpan.FromSeconds(Math.Min(40, lines.Left.TotalSeconds));
        new PeerScript(lines, job.Shape, folder).Run("torch_peer.py", limit, "--jobs", "knn");
    }
}
