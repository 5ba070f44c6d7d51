namespace GnnReRank;

/// <summary>All methods there are.</summary>
public static class ReRankMethods
{
    private static readonly ReRankMethodInfo[] s_all =
    [
        new(ReRankMethod.Cosine, "the plain ranking by cosine: the baseline", "-", new CosineSettings()),
        new(
            ReRankMethod.Gnn, "describes rows by their neighbours and passes the descriptions along the graph's edges",
            "Zhang et al., arXiv 2012.07620; ACM TOMM 2026", new GnnReRankSettings()),
        new(
            ReRankMethod.Diffusion,
            "walks from each query over few neighbours, restarting there: the default, which needs no parameters",
            "this project", new DiffusionSettings()),
    ];

    /// <summary>All methods, in the order of <see cref="ReRankMethod"/>.</summary>
    public static IReadOnlyList<ReRankMethodInfo> All { get; } = PublicList.Of(s_all);

    /// <summary>One method.</summary>
    /// <param name="method">The method.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such method.</exception>
    public static ReRankMethodInfo Of(ReRankMethod method) =>
        s_all.FirstOrDefault(info => info.Method == method) ?? throw new ArgumentOutOfRangeException(nameof(method), method, "There is no such method.");

    /// <summary>The method that some settings are of.</summary>
    /// <param name="settings">The settings.</param>
    public static ReRankMethodInfo Of(MethodSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return s_all.First(info => info.Defaults.GetType() == settings.GetType());
    }
}
