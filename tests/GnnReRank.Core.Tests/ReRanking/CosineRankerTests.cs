using GnnReRank.Tests.Compute;
using GnnReRank.Tests.Oracle;

namespace GnnReRank.Tests.ReRanking;

public sealed class CosineRankerTests
{
    public static TheoryData<string> Backends => TestBackends.Names;

    [Theory]
    [MemberData(nameof(Backends))]
    public void AgreesWithTheOracle(string backend)
    {
        foreach ((int queries, int rows, int dimension) in ((int, int, int)[])[(1, 1, 1), (2, 3, 17), (13, 200, 3), (200, 33, 300), (5, 2000, 8)])
        {
            FeatureMatrix query = MadeFeatures.Random(queries, dimension, seed: 1);
            FeatureMatrix gallery = MadeFeatures.Clustered(rows, dimension, 6, seed: 2);
            double[,] similarities = DenseOracle.Similarities(query, gallery);
            foreach (int? top in (int?[])[null, 1, 10])
            {
                Ranking ranking = CosineRanker.Rank(query, gallery, top, null, TestBackends.Named(backend));
                Assert.Equal(Math.Min(top ?? rows, rows), ranking.Depth);
                for (int q = 0; q < queries; q++)
                {
                    double[] exact = [.. Enumerable.Range(queries, rows).Select(g => similarities[q, g])];
                    NearTies.AssertTopList(exact, ranking.GetIndexSpan(q), ranking.GetScoreSpan(q));
                }
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(700)]
    public void BreaksExactTiesByGalleryIndex(int? top)
    {
        FeatureMatrix query = MadeFeatures.ExactlyTied(20, 9, seed: 3);
        FeatureMatrix gallery = MadeFeatures.ExactlyTied(900, 9, seed: 4);
        double[,] similarities = DenseOracle.Similarities(query, gallery);
        Ranking ranking = CosineRanker.Rank(query, gallery, top);
        for (int q = 0; q < query.RowCount; q++)
        {
            int[] expected = [.. Enumerable.Range(0, 900).OrderByDescending(g => similarities[q, 20 + g]).ThenBy(g => g).Take(top ?? 900)];
            Assert.Equal(expected, ranking.GetIndices(q));
        }
    }

    [Fact]
    public void ScoresAZeroRowWithZeroAndKeepsTheGallerysOrder()
    {
        FeatureMatrix gallery = MadeFeatures.Random(30, 4, seed: 5);
        Ranking ranking = CosineRanker.Rank(new FeatureMatrix([0, 0, 0, 0], 1, 4), gallery);
        Assert.Equal(Enumerable.Range(0, 30), ranking.GetIndices(0));
        Assert.All(ranking.GetScores(0), score => Assert.Equal(0f, score));
    }

    [Fact]
    public void TakesPositiveAndNegativeZeroAsOneScore()
    {
        // Only the last products are not 0, and they underflow: to -0 for the first row and to 0 for the second.
        FeatureMatrix query = new([1, 0, 0, 1e-30f], 1, 4);
        FeatureMatrix gallery = new([0, 1, 0, -1e-30f, 0, 1, 0, 1e-30f], 2, 4);
        Ranking ranking = CosineRanker.Rank(query, gallery);
        Assert.Equal([0, 1], ranking.GetIndices(0));
        Assert.Equal([0], CosineRanker.Rank(query, gallery, 1).GetIndices(0));
        Assert.All(ranking.GetScores(0), score => Assert.Equal(0, BitConverter.SingleToInt32Bits(score)));
    }

    [Fact]
    public void KeepsWholeListsWhereTopExceedsTheGallery()
    {
        Ranking ranking = CosineRanker.Rank(MadeFeatures.Random(2, 3, seed: 1), MadeFeatures.Random(4, 3, seed: 2), 100);
        Assert.True(ranking.IsFull);
        Assert.Equal(4, ranking.Depth);
        Assert.Equal(new CosineSettings(), ranking.Settings);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void RefusesATopBelowOne(int top) => Assert.Equal(
        "InvalidTop",
        Assert.Throws<GnnReRankException>(
            () => CosineRanker.Rank(MadeFeatures.Random(2, 3, seed: 1), MadeFeatures.Random(4, 3, seed: 2), top)).ErrorId);

    [Fact]
    public void NamesTheSourcesOfMatricesOfDifferentDimensions()
    {
        FeatureMatrix query = new([1, 2], 1, 2, source: "query.npy");
        FeatureMatrix gallery = new([1, 2, 3], 1, 3, source: "gallery.npy");
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => CosineRanker.Rank(query, gallery));
        Assert.Equal("DimensionMismatch", error.ErrorId);
        Assert.Contains("1 x 2 (from 'query.npy')", error.Message);
        Assert.Contains("1 x 3 (from 'gallery.npy')", error.Message);
    }
}
