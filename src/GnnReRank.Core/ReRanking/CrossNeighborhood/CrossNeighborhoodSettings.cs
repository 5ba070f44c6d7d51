using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.CrossNeighborhood;

namespace GnnReRank;

/// <summary>
/// The parameters of the expanded cross neighbourhood distance, ECN (Sarfraz, Schumann, Eberle and Stiefelhagen, CVPR
/// 2018).
/// </summary>
/// <remarks>
/// Each row is expanded by its t nearest and the q nearest of each of these; the score is the mean similarity of the
/// expanded rows with the other side, in both directions. Defaults are those of the authors' code, whose scores these
/// are: its distances are minus the score, and 1 minus it where cosines are compared.
/// </remarks>
public sealed record CrossNeighborhoodSettings : MethodSettings
{
    /// <inheritdoc/>
    public override string Method => "CrossNeighborhood";

    /// <summary>What is compared.</summary>
    [MethodParameter("form")]
    public CrossNeighborhoodForm Form { get; init; } = CrossNeighborhoodForm.Rank;

    /// <summary>
    /// k: rows of a list that is compared, the vertex itself counted. At least 1; the form Cosine does without.
    /// </summary>
    [MethodParameter("k", Minimum = 1, CountsRows = true)]
    public int Neighbors { get; init; } = 25;

    /// <summary>t: nearest rows that a row is expanded by, itself not counted. At least 1.</summary>
    [MethodParameter("t", Minimum = 1, CountsRows = true)]
    public int ExpansionCount { get; init; } = 3;

    /// <summary>q: nearest rows of each of these, itself not counted. Not negative.</summary>
    [MethodParameter("q", Minimum = 0, CountsRows = true)]
    public int SecondExpansionCount { get; init; } = 8;

    /// <inheritdoc/>
    public override MethodSettings FitTo(int vertexCount)
    {
        CrossNeighborhoodSettings fitted = (CrossNeighborhoodSettings)base.FitTo(vertexCount);
        int others = vertexCount - 1;
        return fitted with
        {
            ExpansionCount = Math.Min(fitted.ExpansionCount, others),
            SecondExpansionCount = Math.Min(fitted.SecondExpansionCount, others),
        };
    }

    /// <inheritdoc/>
    internal override IReRanker CreateReRanker(IComputeBackend? backend) => new CrossNeighborhoodRanker(this, backend);
}
