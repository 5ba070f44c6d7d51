namespace GnnReRank.Benchmarks;

/// <summary>A job of a published size, with the parameters published for it.</summary>
internal sealed record GpuShape(string Name, JobShape Job, int K1 = GnnReRankSettings.DefaultK1, int K2 = GnnReRankSettings.DefaultK2)
{
    public const string Form = $"a name, or {JobShape.Form}";

    /// <summary>A job so small that it only shows that everything runs.</summary>
    public static GpuShape Quick { get; } = new("quick", new JobShape(60, 340, 64, null), 10, 4);

    public static IReadOnlyList<GpuShape> Published { get; } =
    [
        new("market", new JobShape(3_368, 19_732, 2_048, null)),
        new("market-1536", new JobShape(3_368, 19_732, 1_536, null)),
        new("veri", new JobShape(1_678, 11_579, 2_048, null), 60, 10),
        new("university-drone", new JobShape(37_855, 951, 512, null)),
        new("university-satellite", new JobShape(701, 51_355, 512, null)),
        new("msmt17", new JobShape(11_659, 82_161, 2_048, null)),
        new("million", new JobShape(10_000, 990_000, 512, 100)),
    ];

    /// <summary>Reads <see cref="Form"/>.</summary>
    public static GpuShape Parse(string text) =>
        Published.Append(Quick).FirstOrDefault(shape => shape.Name.Equals(text, StringComparison.OrdinalIgnoreCase))
        ?? (text is [>= '0' and <= '9', ..]
            ? new GpuShape(text, JobShape.Parse(text))
            : throw new ArgumentException($"'{text}' is no shape: write {Form}. Names: {string.Join<GpuShape>(", ", Published)}."));

    public override string ToString() => Name;
}
