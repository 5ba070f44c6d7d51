namespace GnnReRank;

/// <summary>All methods there are.</summary>
public static class ReRankMethods
{
    private static readonly ReRankMethodInfo[] s_all =
    [
        new(ReRankMethod.Cosine, "the plain ranking by cosine: the baseline", "-", new CosineSettings())
        {
            HasIndex = true,
            WithCameras = PublicList.Of<MethodSettings>([new CosineSettings { CenterCamera = true }]),
        },
        new(
            ReRankMethod.Gnn, "describes rows by their neighbours and passes the descriptions along the graph's edges",
            "Zhang et al., arXiv 2012.07620; ACM TOMM 2026", new GnnReRankSettings())
        {
            Unset = new GnnReRankSettings { IsAutomatic = true },
            HasIndex = true,
            WithCameras = PublicList.Of<MethodSettings>([new GnnReRankSettings { IsAutomatic = true, CenterCamera = true }]),
        },
        new(
            ReRankMethod.Diffusion, "walks from each query over few neighbours, restarting there: the default, which needs no parameters",
            "this project", new DiffusionSettings())
        {
            HasIndex = true,
            WithCameras = PublicList.Of<MethodSettings>(
            [
                new DiffusionSettings { CenterCamera = true }, new DiffusionSettings { CenterCamera = true, UseCameras = true },
            ]),
        },
        new(
            ReRankMethod.KReciprocal, "compares the sets of rows that have each other among their nearest",
            "Zhong et al., CVPR 2017", new KReciprocalSettings()),
        new(
            ReRankMethod.CameraJaccard, "k-reciprocal sets found within a camera and between cameras, each for itself",
            "Chen et al., CVPR 2024", new CameraJaccardSettings())
        {
            WithCameras = PublicList.Of<MethodSettings>([new CameraJaccardSettings { CenterCamera = true }]),
        },
        new(
            ReRankMethod.ContextualActivation, "compares the nearest rows as they are: k-reciprocal without reciprocity",
            "Bai and Bai, TIP 2016", new ContextualActivationSettings()),
        new(
            ReRankMethod.QueryExpansion, "adds to each query its nearest gallery rows; with -DatabaseNeighbors, to gallery rows too",
            "Chum et al., ICCV 2007; Radenovic et al., TPAMI 2019; Arandjelovic and Zisserman, CVPR 2012",
            new QueryExpansionSettings()),
        new(
            ReRankMethod.CrossNeighborhood, "compares the neighbours of each side, and theirs, with the other side (ECN)",
            "Sarfraz et al., CVPR 2018", new CrossNeighborhoodSettings()),
        new(
            ReRankMethod.ManifoldDiffusion, "solves for where a walk along mutual neighbours comes, as published",
            "Iscen et al., CVPR 2017; Yang et al., AAAI 2019", new ManifoldDiffusionSettings()),
        new(
            ReRankMethod.GraphConvolution, "smooths rows over their neighbours, of other cameras too with -CrossCamera, in rounds",
            "Zhang et al., TMM 2023", new GraphConvolutionSettings())
        {
            WithCameras = PublicList.Of<MethodSettings>(
            [
                new GraphConvolutionSettings { CrossCamera = true },
                new GraphConvolutionSettings { CrossCamera = true, CenterCamera = true },
            ]),
        },
        new(
            ReRankMethod.RankDiffusion, "spreads similarity within long lists, round by round (RDPAC)",
            "Pedronette et al., Journal of Imaging 2021", new RankDiffusionSettings()),
        new(
            ReRankMethod.Hypergraph, "sorts long lists again by a hypergraph of who lists whom (LHRR)",
            "Pedronette et al., IEEE TIP 2019", new HypergraphSettings()),
        new(
            ReRankMethod.CartesianProduct, "sorts lists again by pairs of rows that are listed together (CPRR)",
            "Valem and Pedronette, 2016", new CartesianProductSettings()),
        new(
            ReRankMethod.NeighborNormalization, "lowers gallery rows that lie near to everything (NNN, CSLS)",
            "Chowdhury et al., EMNLP 2024; Conneau et al., ICLR 2018", new NeighborNormalizationSettings()),
        new(
            ReRankMethod.SuperGlobal, "refines the head of each list by its own neighbours, and the query by its best rows",
            "Shao et al., ICCV 2023", new SuperGlobalSettings()),
    ];

    /// <summary>All methods, in the order of <see cref="ReRankMethod"/>.</summary>
    public static IReadOnlyList<ReRankMethodInfo> All { get; } = PublicList.Of(s_all);

    /// <summary>The settings to compare where none are named: the authors' of each method, ours where it has a rule, those that use cameras.</summary>
    /// <param name="camerasKnown">Whether the camera of every row is known.</param>
    public static IReadOnlyList<MethodSettings> SettingsToCompare(bool camerasKnown) => PublicList.Of<MethodSettings>(
    [
        .. s_all.SelectMany(info => new[] { info.Defaults, info.Unset }
            .Concat(camerasKnown ? info.WithCameras : [])
            .Distinct()),
    ]);

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
