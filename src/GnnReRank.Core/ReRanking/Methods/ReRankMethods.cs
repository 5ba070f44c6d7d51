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
            ReRankMethod.CrossNeighborhood, "compares the neighbours of each side, and theirs, with the other side (ECN)",
            "Sarfraz et al., CVPR 2018", new CrossNeighborhoodSettings()),
        new(
            ReRankMethod.ManifoldDiffusion, "solves for where a walk along mutual neighbours comes, as published",
            "Iscen et al., CVPR 2017; Yang et al., AAAI 2019", new ManifoldDiffusionSettings()),
        new(
            ReRankMethod.RankDiffusion, "spreads similarity within long lists, round by round (RDPAC)",
            "Pedronette et al., Journal of Imaging 2021", new RankDiffusionSettings()),
        new(
            ReRankMethod.Hypergraph, "sorts long lists again by a hypergraph of who lists whom (LHRR)",
            "Pedronette et al., IEEE TIP 2019", new HypergraphSettings()),
        new(
            ReRankMethod.CartesianProduct, "sorts lists again by pairs of rows that are listed together (CPRR)",
            "Valem and Pedronette, 2016", new CartesianProductSettings()),
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
