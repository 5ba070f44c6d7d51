using GnnReRank.Compute.Jobs;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>Whole jobs of each method: from the host, and from rows that the device still holds.</summary>
/// <param name="lines">Receive the times.</param>
/// <param name="job">The features.</param>
internal sealed class WholeJobs(StepLines lines, JobFeatures job)
{
    private readonly TimeSpan _budget = TimeSpan.FromSeconds(job.Shape.IsLarge ? 1 : 4);

    private readonly JobFeatures _others = JobFeatures.Of(KitShape.Market.Tiny());

    private IComputeBackend Backend => lines.Context.Backend;

    /// <summary>A method's ranking on any backend.</summary>
    public static IReRanker Gnn(KitShape shape, GnnVariant variant, IComputeBackend backend) => new GnnReRanker(
        new GnnReRankSettings { K1 = shape.K1, K2 = shape.K2, Variant = variant }, backend);

    /// <summary>The first job of the process: kernels are compiled in it.</summary>
    public void Cold()
    {
        string what = $"{job.Shape.Name}: whole job, Paper, from host, cold";
        lines.Try(what, () =>
        {
            StageTimes times = StageTimes.Of(
                lines.Context.Device, 1, _budget, () => Rank("Paper", ComputePrecision.Exact, job.Shape.Job.Top));
            lines.Time(what, times, null, "with the compilation of the kernels");
        });
    }

    /// <summary>All methods, warm.</summary>
    public void Warm(
        IReadOnlyList<string> methods, IReadOnlyList<int?> tops, IReadOnlyList<ComputePrecision> precisions)
    {
        foreach (int? top in tops)
        {
            foreach (string method in methods)
            {
                foreach (ComputePrecision precision in precisions)
                {
                    AddWarm(method, top, precision);
                }
            }
        }
    }

    /// <summary>One method's ranking.</summary>
    public Ranking Rank(string method, ComputePrecision precision, int? top)
    {
        IReRanker reRanker = method switch
        {
            "Paper" => Gnn(job.Shape, GnnVariant.Paper, Backend),
            "Reference" => Gnn(job.Shape, GnnVariant.Reference, Backend),
            "Diffusion" => new DiffusionReRanker(new DiffusionSettings(), Backend),
            _ => new CosineRanker(new CosineSettings(), Backend),
        };
        return reRanker.ReRank(job.Query, job.Gallery, top, new ComputeOptions { Precision = precision });
    }

    /// <summary>A device keeps the rows of its last call: after another call it must bring these up again.</summary>
    public void Forget() => CosineRanker.Rank(_others.Query, _others.Gallery, 10, null, Backend);

    private void AddWarm(string method, int? top, ComputePrecision precision)
    {
        string name = $"{job.Shape.Name}: whole job, {method}, {precision}, {(top is null ? "full" : $"top {top}")}";
        lines.Try($"{name}, from device", () =>
        {
            Rank(method, precision, top);
            Add($"{name}, from device", method, top, isFromHost: false, precision);
        });
        lines.Try($"{name}, from host", () => Add($"{name}, from host", method, top, isFromHost: true, precision));
    }

    private void Add(string what, string method, int? top, bool isFromHost, ComputePrecision precision)
    {
        StageTimes times = StageTimes.Of(
            lines.Context.Device, lines.Runs, _budget, () => Rank(method, precision, top), isFromHost ? Forget : null);
        lines.Time(what, times, JobFloor.Of(job.Shape, method, top, isFromHost, lines.Peaks));
    }
}
