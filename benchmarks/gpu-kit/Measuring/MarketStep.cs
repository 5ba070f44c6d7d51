using GnnReRank.Compute.Gpu.Hardware;
using GnnReRank.Compute.Gpu.Kernels.Neighbors;
using GnnReRank.GpuKit.Running;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>Market's shape: stages, whole jobs, checks of both, torch, and what guesses rest on.</summary>
internal sealed class MarketStep : IKitStep
{
    private static readonly string[] s_methods = ["Paper", "Reference", "Diffusion", "Cosine"];

    public int Number => 3;

    public string Name => "Market's shape, beside torch";

    public TimeSpan Limit { get; } = TimeSpan.FromMinutes(3);

    public void Run(KitContext context)
    {
        StepLines lines = new(context, Number, Limit);
        KitShape shape = context.IsSmall ? KitShape.Market.Tiny() : KitShape.Market;
        JobFeatures job = JobFeatures.Of(shape);
        WholeJobs jobs = new(lines, job);
        jobs.Cold();
        ResultLines results = new(lines, job, jobs);
        NeighborGraph? exact = results.Graphs();
        WithStages(lines, job, bench =>
        {
            new StageLines(lines, job, bench).Run();
            new Ceilings(lines).Copy();
            new Ceilings(lines).Tiles(bench, shape);
            Bounds(lines, bench);
        });
        jobs.Warm(["Paper"], [null, 100], [ComputePrecision.Exact, ComputePrecision.Fast]);
        lines.Try("torch", () => Torch(lines, job, exact));
        results.BesideProcessor();
        results.Rankings(s_methods);
        jobs.Warm(s_methods[1..], [null, 100], [ComputePrecision.Exact]);
        Guesses(lines, job, exact);
    }

    private static void WithStages(StepLines lines, JobFeatures job, Action<StageBench> work)
    {
        GpuDevice device = lines.Context.Device;
        lines.Try($"{job.Shape.Name}: stages", () =>
        {
            lock (device.Gate)
            {
                device.Accelerator.Bind();
                using StageBench bench = new(device, job);
                bench.Upload();
                work(bench);
            }
        });
    }

    private static void Torch(StepLines lines, JobFeatures job, NeighborGraph? exact)
    {
        using PeerFolder folder = new(job);
        if (exact is not null)
        {
            folder.Add(exact);
        }

        TimeSpan limit = TimeSpan.FromSeconds(Math.Min(100, lines.Left.TotalSeconds));
        new PeerScript(lines, job.Shape, folder).Run("torch_peer.py", limit);
    }

    /// <summary>What results rest on, not times alone.</summary>
    private static void Bounds(StepLines lines, StageBench bench)
    {
        if (TensorTileKernel.IsSupported(lines.Context.Device.Accelerator))
        {
            lines.Check("tensor cores pass their check", bench.UsesTensorCores, "else the search stays in float32");
        }

        new ScoreErrors(lines).Run(bench.UsesTensorCores);
    }

    private static void Guesses(StepLines lines, JobFeatures job, NeighborGraph? exact)
    {
        new UploadPieces(lines).Run();
        WithStages(lines, job, bench =>
        {
            SearchCounter.Run(lines, job.Shape, bench);
            new DriverCosts(lines).Run();
        });
        if (exact is not null)
        {
            new MessageSizes(lines).Run(job.Shape, exact);
            new PanelSearch(lines).Run(job, exact);
        }

        new AutoCrossing(lines).Run();
    }
}
