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
            ReRankMethod.QueryExpansion, "adds to each query its nearest gallery rows; with -DatabaseNeighbors, to gallery rows too",
            "Chum et al., ICCV 2007; Radenovic et al., TPAMI 2019; Arandjelovic and Zisserman, CVPR 2012",
            new QueryExpansionSettings()),
        new(
            ReRankMethod.GraphConvolution, "smooths rows over their neighbours, of other cameras too with -CrossCamera, in rounds",
            "Zhang et al., TMM 2023", new GraphConvolutionSettings()),
        new(
            ReRankMethod.NeighborNormalization, "lowers gallery rows that lie near to everything (NNN, CSLS)",
            "Chowdhury et al., EMNLP 2024; Conneau et al., ICLR 2018", new NeighborNormalizationSettings()),
        new(
            ReRankMethod.SuperGlobal, "refines the head of each list by its own neighbours, and the query by its best rows",
            "Shao et al., ICCV 2023", new SuperGlobalSettings()),
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
