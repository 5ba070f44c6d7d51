using GnnReRank.Tests.Oracle;

namespace GnnReRank.Tests.ReRanking.Refinement;

public sealed class SuperGlobalTests
{
    // Weights that are powers of two: ties that the definition has are ties of every sum, too.
    public static TheoryData<SuperGlobalSettings> Cases =>
    [
        new SuperGlobalSettings { NeighborWeight = 0.25 },
        new SuperGlobalSettings { Candidates = 20, Neighbors = 4, NeighborWeight = 0.5 },
        new SuperGlobalSettings { Candidates = 5, NeighborWeight = 1 },
        new SuperGlobalSettings { Candidates = 1 },
        new SuperGlobalSettings { Neighbors = 0, Candidates = 30 },
        new SuperGlobalSettings { NeighborWeight = 0, Candidates = 30 },
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheOracle(SuperGlobalSettings settings)
    {
        foreach ((FeatureMatrix query, FeatureMatrix gallery) in RefinerCase.Inputs.Concat(RefinerCase.Ties))
        {
            RefinerCase.AssertAgrees(settings, query, gallery, new RefinementOracle(query, gallery).SuperGlobal(settings));
        }
    }

    [Fact]
    public void ScoresAHeadAsWorkedByHand()
    {
        // The head's two rows have a cosine of 0.96, and weigh 0.48: g' are (1.088, 0.984) / 1.48 and (0.984, 1.088)
        // / 1.48, and q' is (1.088, 1.088) / 1.48. The third row follows at 0.6 below the last of the head.
        Ranking ranking = new SuperGlobalSettings { Candidates = 2, Neighbors = 1, NeighborWeight = 0.5 }.CreateReRanker()
            .ReRank(new FeatureMatrix([1, 0], 1, 2), new FeatureMatrix([0, 1, 0.8f, 0.6f, 0.6f, 0.8f], 3, 2));
        double expanded = 1.088 * 2.072 / (1.48 * 1.48);
        double last = ((0.984 / 1.48) + expanded) / 2;
        Assert.Equal([1, 2, 0], ranking.GetIndices(0));
        Assert.Equal(((1.088 / 1.48) + expanded) / 2, ranking.GetScores(0)[0], 5);
        Assert.Equal(last, ranking.GetScores(0)[1], 5);
        Assert.Equal(last - 0.6, ranking.GetScores(0)[2], 5);
    }

    [Fact]
    public void KeepsTheOrderBehindTheHead()
    {
        foreach ((FeatureMatrix query, FeatureMatrix gallery) in RefinerCase.Ties)
        {
            Ranking ranking = new SuperGlobalSettings { Candidates = 10 }.CreateReRanker().ReRank(query, gallery);
            Ranking cosine = CosineRanker.Rank(query, gallery);
            for (int q = 0; q < query.RowCount; q++)
            {
                Assert.Equal(cosine.GetIndices(q)[..10].Order(), ranking.GetIndices(q)[..10].Order());
                Assert.Equal(cosine.GetIndices(q)[10..], ranking.GetIndices(q)[10..]);
                Assert.Equal(ranking.GetScores(q).OrderDescending(), ranking.GetScores(q));
            }
        }
    }
}
