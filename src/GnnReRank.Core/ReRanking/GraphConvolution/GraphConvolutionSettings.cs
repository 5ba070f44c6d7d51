using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.GraphConvolution;

namespace GnnReRank;

/// <summary>
/// Graph convolution re-ranking, GCR (Zhang et al., "Graph convolution based efficient re-ranking for visual
/// retrieval", TMM 2023): rounds in which every row becomes a mean of its nearest rows and, where cameras are used,
/// of its nearest rows of other cameras; then the gallery is ranked by the cosine of the rows.
/// </summary>
/// <remarks>
/// <para>
/// A round: A_ij = exp(s_ij / beta) for the k nearest j of i, itself among them; y = D_r^-1/2 A D_c^-1/2 x, with D_r
/// and D_c the row and column sums of A; x = normalise((1 - scale) y + scale y'), with y' the same over the row
/// itself and its nearest rows of other cameras. Each round finds its lists anew.
/// </para>
/// <para>
/// Defaults are the authors': k1 15, k2 3, both beta 0.2, scale 0.3, three rounds. Cameras are off unless asked for.
/// </para>
/// <para>
/// Different from the authors' code: a row with fewer than k2 - 1 rows of other cameras has those and no others. The
/// ridge is their per-camera whitening, "PVG", for which they take 10.
/// </para>
/// </remarks>
public sealed record GraphConvolutionSettings : MethodSettings
{
    /// <inheritdoc/>
    public override string Method => "GraphConvolution";

    /// <summary>k1: nearest rows a row is a mean of, itself included.</summary>
    [MethodParameter("k1", Minimum = 1, CountsRows = true)]
    public int Neighbors { get; init; } = 15;

    /// <summary>beta1: a neighbour weighs exp(cosine / beta1).</summary>
    [MethodParameter("beta1", Minimum = 0.001)]
    public double Temperature { get; init; } = 0.2;

    /// <summary>Rounds; 0 ranks by the cosine itself, after whitening where that is asked for.</summary>
    [MethodParameter("rounds", Minimum = 0)]
    public int Rounds { get; init; } = 3;

    /// <summary>Whether nearest rows of other cameras are mixed in: every row's camera must be known.</summary>
    [MethodParameter("crossCamera")]
    public bool CrossCamera { get; init; }

    /// <summary>k2: the row itself and its nearest rows of other cameras, together. Used where cameras are.</summary>
    [MethodParameter("k2", Minimum = 1, CountsRows = true)]
    public int OtherCameraNeighbors { get; init; } = 3;

    /// <summary>beta2: a row of another camera weighs exp(cosine / beta2). Used where cameras are.</summary>
    [MethodParameter("beta2", Minimum = 0.001)]
    public double OtherCameraTemperature { get; init; } = 0.2;

    /// <summary>scale: the share of other cameras' rows. Used where cameras are.</summary>
    [MethodParameter("scale", Minimum = 0, Maximum = 1)]
    public double OtherCameraWeight { get; init; } = 0.3;

    /// <summary>
    /// ridge: each camera's rows are whitened before the first round, with the covariance of its gallery rows plus
    /// the ridge; the authors take 10. Every row's camera must be known. Unless set, nothing is whitened.
    /// </summary>
    [MethodParameter("ridge", Minimum = 0.001, Maximum = 1_000_000, Unset = "none: rows are not whitened")]
    public double? Ridge { get; init; }

    /// <summary>Whether cameras must be known: for rows of other cameras, or to whiten.</summary>
    public override bool UsesCameras => CrossCamera || Ridge is not null;

    /// <inheritdoc/>
    internal override IReRanker CreateReRanker(IComputeBackend? backend) => new GraphConvolutionRanker(this, backend);
}
