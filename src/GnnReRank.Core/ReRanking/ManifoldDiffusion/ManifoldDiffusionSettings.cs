using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.ManifoldDiffusion;

namespace GnnReRank;

/// <summary>
/// The parameters of diffusion as it was published (Iscen, Tolias, Avrithis, Furon and Chum, CVPR 2017; with truncation
/// as Yang, Hinami, Matsui, Ly and Satoh, AAAI 2019).
/// </summary>
/// <remarks>
/// Scores are rows of (I - alpha S)^-1, S the normalised weights max(cosine, 0)^gamma of mutual neighbours, each row
/// solved by conjugate gradients on the part of the graph that its nearest rows span. The authors' code stops after 20
/// steps; here each row is solved to a residual of 1e-9.
/// </remarks>
public sealed record ManifoldDiffusionSettings : MethodSettings
{
    /// <inheritdoc/>
    public override string Method => "ManifoldDiffusion";

    /// <summary>Which graph it runs over.</summary>
    [MethodParameter("form")]
    public DiffusionForm Form { get; init; } = DiffusionForm.Joint;

    /// <summary>kd: neighbours a vertex that may make edges, itself counted. At least 1.</summary>
    [MethodParameter("kd", Minimum = 1, CountsRows = true)]
    public int Neighbors { get; init; } = 50;

    /// <summary>kq: gallery rows that a query starts from; the form Joint does without. At least 1.</summary>
    [MethodParameter("kq", Minimum = 1, CountsRows = true)]
    public int StartCount { get; init; } = 10;

    /// <summary>gamma: an edge, and a start, weighs max(cosine, 0)^gamma. Not negative.</summary>
    [MethodParameter("gamma", Minimum = 0)]
    public double EdgeExponent { get; init; } = 3;

    /// <summary>alpha: the share that goes on along the edges at each step, 0 to 0.9999.</summary>
    [MethodParameter("alpha", Minimum = 0, Maximum = 0.9999)]
    public double Damping { get; init; } = 0.99;

    /// <summary>
    /// Nearest rows, the vertex itself counted, that its part of the graph is cut to. As many as there are rows cut
    /// nothing.
    /// </summary>
    [MethodParameter("trunc", Minimum = 1, CountsRows = true)]
    public int TruncationSize { get; init; } = 1000;

    /// <inheritdoc/>
    internal override IReRanker CreateReRanker(IComputeBackend? backend) => new ManifoldDiffusionRanker(this, backend);
}
