using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.QueryExpansion;

namespace GnnReRank;

/// <summary>
/// Query expansion: each row becomes the normalised sum of itself, with weight 1, and of its nearest rows x, with
/// weights max(cosine, 0)^alpha; then the gallery is ranked by the cosine of the new rows. Lists and summands are
/// those of the given rows, on both sides.
/// </summary>
/// <remarks>
/// <para>
/// Average query expansion (AQE; Chum et al., ICCV 2007) is an exponent of 0. alpha-QE (Radenovic et al., TPAMI 2019)
/// is the default, with 3. Database-side augmentation (DBA; Arandjelovic and Zisserman, CVPR 2012) expands gallery
/// rows by gallery rows, and goes with either. The joint form, as the code of fast-reid has it, expands queries and
/// gallery rows alike by the nearest of both.
/// </para>
/// <para>Defaults: k 10, and alpha 3 as alpha-QE's authors have it; DBA is off.</para>
/// <para>
/// Different from public code: the row itself counts apart from its k neighbours (some codes count it among them),
/// and negative cosines weigh nothing (some codes raise them to alpha as they are).
/// </para>
/// </remarks>
public sealed record QueryExpansionSettings : MethodSettings
{
    /// <inheritdoc/>
    public override string Method => "QueryExpansion";

    /// <summary>
    /// k: gallery rows a query is expanded by; in the joint form rows of both sides, for every row. 0 leaves queries
    /// as they are.
    /// </summary>
    [MethodParameter("k", Minimum = 0, CountsRows = true)]
    public int Neighbors { get; init; } = 10;

    /// <summary>alpha: a neighbour weighs max(cosine, 0)^alpha. 0 weighs all alike (AQE).</summary>
    [MethodParameter("alpha", Minimum = 0)]
    public double Exponent { get; init; } = 3;

    /// <summary>
    /// dba: gallery rows that each gallery row is expanded by, itself not counted. 0 leaves the gallery as it is.
    /// </summary>
    [MethodParameter("dba", Minimum = 0, CountsRows = true)]
    public int DatabaseNeighbors { get; init; }

    /// <summary>Whether every row, of queries and gallery alike, is expanded by the nearest of both.</summary>
    [MethodParameter("joint")]
    public bool Joint { get; init; }

    /// <summary>Checks every range.</summary>
    /// <exception cref="GnnReRankException">A parameter is out of its range, or the joint form is given database
    /// neighbours.</exception>
    public override void Validate()
    {
        base.Validate();
        Require(
            !Joint || DatabaseNeighbors == 0, "JointWithDatabaseNeighbors",
            $"DatabaseNeighbors (dba) is {DatabaseNeighbors} and Joint is on: the joint form expands both sides by " +
            "Neighbors (k). Give one of the two.");
    }

    /// <inheritdoc/>
    internal override IReRanker CreateReRanker(IComputeBackend? backend) => new QueryExpansionRanker(this, backend);
}
