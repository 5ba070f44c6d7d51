using GnnReRank.Tests.Oracle;

namespace GnnReRank.Tests.ReRanking.Refinement;

public sealed class NeighborNormalizationTests
{
    public static TheoryData<NeighborNormalizationSettings> Cases =>
    [
        new NeighborNormalizationSettings(),
        new NeighborNormalizationSettings { Neighbors = 3, Weight = 0.5 },
        new NeighborNormalizationSettings { Neighbors = 1, Weight = 2 },
        new NeighborNormalizationSettings { Weight = 0 },
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheOracle(NeighborNormalizationSettings settings)
    {
        foreach (NormalizationBank bank in Enum.GetValues<NormalizationBank>())
        {
            NeighborNormalizationSettings banked = settings with { Bank = bank };
            foreach ((FeatureMatrix query, FeatureMatrix gallery) in RefinerCase.Inputs.Concat(RefinerCase.Ties))
            {
                RefinerCase.AssertAgrees(banked, query, gallery, new RefinementOracle(query, gallery).Normalization(banked));
            }
        }
    }

    [Fact]
    public void LowersScoresAsWorkedByHand()
    {
        // The best cosines of the gallery rows over the queries are 1 and 0.8; half of them is taken off.
        Ranking ranking = new NeighborNormalizationSettings { Neighbors = 1, Weight = 0.5 }.CreateReRanker()
            .ReRank(new FeatureMatrix([1, 0, 0, 1], 2, 2), new FeatureMatrix([1, 0, 0.6f, 0.8f], 2, 2));
        Assert.Equal([0, 1], ranking.GetIndices(0));
        Assert.Equal(0.5, ranking.GetScores(0)[0], 6);
        Assert.Equal(0.2, ranking.GetScores(0)[1], 6);
        Assert.Equal([1, 0], ranking.GetIndices(1));
        Assert.Equal(0.4, ranking.GetScores(1)[0], 6);
        Assert.Equal(-0.5, ranking.GetScores(1)[1], 6);
    }
}
