namespace GnnReRank;

/// <summary>The methods that re-rank, by the names that people choose them by.</summary>
public enum ReRankMethod
{
    /// <summary>The plain ranking by cosine, which others are compared with.</summary>
    Cosine,

    /// <summary>GNN re-ranking (Zhang et al., arXiv 2012.07620).</summary>
    Gnn,

    /// <summary>Diffusion with restart over few neighbours: the default, which needs no parameters.</summary>
    Diffusion,

    /// <summary>k-reciprocal encoding (Zhong et al., CVPR 2017).</summary>
    KReciprocal,

    /// <summary>Camera-aware Jaccard distance (Chen et al., CVPR 2024).</summary>
    CameraJaccard,

    /// <summary>Sparse contextual activation (Bai and Bai, TIP 2016).</summary>
    ContextualActivation,

    /// <summary>Query expansion: AQE, alpha-QE, DBA and their combinations (Chum 2007; Radenovic 2018; Arandjelovic 2012).</summary>
    QueryExpansion,

    /// <summary>Expanded cross neighbourhood distance (Sarfraz et al., CVPR 2018).</summary>
    CrossNeighborhood,

    /// <summary>Diffusion as published (Iscen et al., CVPR 2017; Yang et al., AAAI 2019).</summary>
    ManifoldDiffusion,

    /// <summary>Graph convolution re-ranking (Zhang et al., TMM 2023).</summary>
    GraphConvolution,

    /// <summary>Rank diffusion with assured convergence (Pedronette et al., 2021).</summary>
    RankDiffusion,

    /// <summary>Hypergraph of ranking references, LHRR (Pedronette et al., TIP 2019).</summary>
    Hypergraph,

    /// <summary>Cartesian product of ranking references, CPRR (Valem et al., 2016).</summary>
    CartesianProduct,

    /// <summary>Nearest-neighbour normalisation of scores: NNN and CSLS.</summary>
    NeighborNormalization,

    /// <summary>SuperGlobal re-ranking (Shao et al., ICCV 2023).</summary>
    SuperGlobal,
}
