using GnnReRank.Benchmarks;
using GnnReRank.Compute.Gpu.Scoring;

namespace GnnReRank.GpuKit.Measuring;

/// <summary>A job of a published size, with the parameters published for it.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Job">Its size.</param>
/// <param name="K1">Neighbours a vertex.</param>
/// <param name="K2">Neighbours that send messages.</param>
internal sealed record KitShape(string Name, JobShape Job, int K1 = 26, int K2 = 7)
{
    public static KitShape Market { get; } = new("Market", new JobShape(3_368, 19_732, 2_048, null));

    public static KitShape Million { get; } = new("Million", new JobShape(10_000, 990_000, 512, 100));

    /// <summary>The shapes beside Market, in order of worth.</summary>
    public static IReadOnlyList<KitShape> Others { get; } =
    [
        new("VeRi", new JobShape(1_678, 11_579, 2_048, null), 60, 10),
        Million,
        new("MSMT17", new JobShape(11_659, 82_161, 2_048, 100)),
        new("University drone", new JobShape(37_855, 951, 512, null)),
        new("University satellite", new JobShape(701, 51_355, 512, null)),
    ];

    /// <summary>The depth of the lists that the job makes.</summary>
    public int Depth => Job.Top ?? Job.Gallery;

    /// <summary>The depth of short lists.</summary>
    public int ShortDepth => Math.Min(Job.Top ?? 100, Job.Gallery);

    /// <summary>The queries whose scores and cosines the engine holds at once, for lists of a depth.</summary>
    public int BlockQueries(int depth) => GpuRankingStage.BlockSize(Job.Queries, Job.Gallery, depth);

    /// <summary>Whether a run of a stage takes seconds: then few are made.</summary>
    public bool IsLarge => Job.Vertices > 200_000;

    /// <summary>The shape so small that it only shows that everything runs.</summary>
    public KitShape Tiny() => this with
    {
        Job = new JobShape(Math.Min(Job.Queries, 40), 340, 64, Job.Top is null ? null : 20), K1 = 10, K2 = 4,
    };

    public override string ToString() => FormattableString.Invariant(
        $"{Name}: {Job.Queries:N0} + {Job.Gallery:N0} x {Job.Dimension:N0}, k1 {K1}, k2 {K2}");
}
