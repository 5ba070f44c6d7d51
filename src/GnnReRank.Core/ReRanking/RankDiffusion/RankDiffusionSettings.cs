using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.RankDiffusion;

namespace GnnReRank;

/// <summary>
/// The parameters of rank diffusion with assured convergence, RDPAC (Pedronette, Valem and Latecki, Journal of Imaging
/// 2021).
/// </summary>
/// <remarks>
/// Works on lists of twice <see cref="ListLength"/> rows. The authors' code, of UDLF, orders lists in another way in
/// between and differs by up to 1.5 points of mAP; this is the paper's statement. Equal scores go by cosine; members
/// without similarity keep the list's order.
/// </remarks>
public sealed record RankDiffusionSettings : MethodSettings
{
    /// <inheritdoc/>
    public override string Method => "RankDiffusion";

    /// <summary>k: first rows of a list that pass similarity on, the vertex itself counted. At least 1.</summary>
    [MethodParameter("k", Minimum = 1, CountsRows = true)]
    public int Neighbors { get; init; } = 15;

    /// <summary>
    /// L: rows of a list within which similarity spreads, the vertex itself counted; lists of 2 L are read. At least 1.
    /// </summary>
    [MethodParameter("L", Minimum = 1, CountsRows = true)]
    public int ListLength { get; init; } = 400;

    /// <summary>p: a row at a place passes on p^place. 0 to 1.</summary>
    [MethodParameter("p", Minimum = 0, Maximum = 1)]
    public double ReferenceDecay { get; init; } = 0.6;

    /// <summary>pl: lists are first sorted by the sum of pl^place of either row in the other's list. 0 to 1.</summary>
    [MethodParameter("pl", Minimum = 0, Maximum = 1)]
    public double ListDecay { get; init; } = 0.99;

    /// <summary>alpha: the share that spreads in a round; the rest stays. 0 to 1.</summary>
    [MethodParameter("alpha", Minimum = 0, Maximum = 1)]
    public double Damping { get; init; } = 0.95;

    /// <summary>Rounds of spreading. At least 1.</summary>
    [MethodParameter("rounds", Minimum = 1)]
    public int Rounds { get; init; } = 15;

    /// <inheritdoc/>
    public override MethodSettings FitTo(int vertexCount)
    {
        RankDiffusionSettings fitted = (RankDiffusionSettings)base.FitTo(vertexCount);
        return fitted with { ListLength = Math.Min(fitted.ListLength, Math.Max(1, vertexCount / 2)) };
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(
            ListLength <= int.MaxValue / 2, "InvalidListLength",
            FormattableString.Invariant(
                $"ListLength (L) of {Method} is {ListLength:N0}, and lists of twice as many rows are read: ") +
            FormattableString.Invariant($"it must be at most {int.MaxValue / 2:N0}."));
    }

    /// <inheritdoc/>
    internal override IReRanker CreateReRanker(IComputeBackend? backend) => new RankDiffusionRanker(this, backend);
}
