using GnnReRank.Tests.Compute;
using GnnReRank.Tests.Oracle;

namespace GnnReRank.Tests.ReRanking.Refinement;

public sealed class QueryExpansionTests
{
    public static TheoryData<QueryExpansionSettings> Cases =>
    [
        new QueryExpansionSettings(),
        new QueryExpansionSettings { Exponent = 0, Neighbors = 5 },
        new QueryExpansionSettings { Exponent = 1.5, Neighbors = 3, DatabaseNeighbors = 4 },
        new QueryExpansionSettings { Neighbors = 0, DatabaseNeighbors = 3 },
        new QueryExpansionSettings { Neighbors = 0 },
        new QueryExpansionSettings { Joint = true },
        new QueryExpansionSettings { Joint = true, Neighbors = 1, Exponent = 0 },
        new QueryExpansionSettings { Joint = true, Neighbors = 0 },
        new QueryExpansionSettings { Neighbors = 1_000, DatabaseNeighbors = 1_000 },
        new QueryExpansionSettings { Neighbors = 1_000, Joint = true },
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AgreesWithTheOracle(QueryExpansionSettings settings)
    {
        foreach ((FeatureMatrix query, FeatureMatrix gallery) in RefinerCase.Inputs.Concat(RefinerCase.Ties))
        {
            RefinerCase.AssertAgrees(settings, query, gallery, new RefinementOracle(query, gallery).Expansion(settings));
        }
    }

    [Fact]
    public void ExpandsAQueryAsWorkedByHand()
    {
        // (1, 0) + 0.6 (0.6, 0.8) = (1.36, 0.48), of norm sqrt(2.08).
        Ranking ranking = new QueryExpansionSettings { Neighbors = 1, Exponent = 1 }.CreateReRanker()
            .ReRank(new FeatureMatrix([2, 0], 1, 2), new FeatureMatrix([3, 4, 0, 1], 2, 2));
        Assert.Equal([0, 1], ranking.GetIndices(0));
        Assert.Equal(1.2 / Math.Sqrt(2.08), ranking.GetScores(0)[0], 6);
        Assert.Equal(0.48 / Math.Sqrt(2.08), ranking.GetScores(0)[1], 6);
    }

    [Fact]
    public void LeavesPaddingOfShortListsOut()
    {
        NeighborGraph graph = GnnReRankerTests.Padded(NeighborSearch.Build(
            MadeFeatures.Clustered(15, 6, 5, seed: 10), MadeFeatures.Clustered(40, 6, 5, seed: 11), 12));
        Ranking ranking = new QueryExpansionSettings { Neighbors = 11, Joint = true }.CreateReRanker().ReRank(graph);

        // The first vertex's list holds itself alone, so its query is what it was.
        Ranking shorter = new QueryExpansionSettings { Neighbors = 0, Joint = true }.CreateReRanker().ReRank(graph);
        Assert.NotEqual(shorter.GetScores(1), ranking.GetScores(1));
        Assert.All(Enumerable.Range(0, 15), q => Assert.All(ranking.GetScores(q), score => Assert.InRange(score, -1.0001f, 1.0001f)));
    }

    [Fact]
    public void RefusesDatabaseNeighborsInTheJointForm() => Assert.Equal("JointWithDatabaseNeighbors", Assert.Throws<GnnReRankException>(
        () => new QueryExpansionSettings { Joint = true, DatabaseNeighbors = 1 }.CreateReRanker()).ErrorId);
}
