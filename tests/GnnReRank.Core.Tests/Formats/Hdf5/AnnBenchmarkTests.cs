namespace GnnReRank.Tests.Formats.Hdf5;

/// <summary>Files laid out as ann-benchmarks does, with neighbours that NumPy found; make_hdf5_fixtures.py says how.</summary>
public sealed class AnnBenchmarkTests
{
    private static readonly string s_file = TestPaths.Data("hdf5", "ann.hdf5");

    [Fact]
    public void TestRowsAreQueriesAndTrainRowsTheGallery()
    {
        IReadOnlyList<FeatureMatrix> sets = FeatureFile.Read(s_file, new FeatureReadOptions { Sets = [FeatureRole.Query, FeatureRole.Gallery] }).Matrices;
        Assert.Equal([(FeatureRole.Query, 7, 6), (FeatureRole.Gallery, 40, 6)], sets.Select(set => (set.Role, set.RowCount, set.Dimension)));
        Assert.Equal(40, Assert.Single(FeatureFile.Read(s_file, new FeatureReadOptions { Sets = [FeatureRole.Gallery] }).Matrices).RowCount);
    }

    [Fact]
    public void WithoutASetItIsSaidWhichThereAre()
    {
        GnnReRankException error = Hdf5Fixtures.Refused("ann.hdf5");
        Assert.Equal("AmbiguousContent", error.ErrorId);
        Assert.Contains("'test' and 'train'", error.Message);
        Assert.Contains("-Set Query", error.Message);
    }

    [Theory]
    [InlineData(null, -1f)]
    [InlineData(RankingScoreKind.Distance, -1f)]
    [InlineData(RankingScoreKind.Index, -1f)]
    [InlineData(RankingScoreKind.Similarity, 1f)]
    public void ItsNeighboursAreARanking(RankingScoreKind? kind, float sign)
    {
        IReadOnlyList<FeatureMatrix> sets = FeatureFile.Read(s_file, new FeatureReadOptions { Sets = [FeatureRole.Query, FeatureRole.Gallery] }).Matrices;
        Ranking ranking = RankingFile.Read(s_file, sets[0], sets[1], new RankingReadOptions { ScoreKind = kind });
        for (int query = 0; query < 7; query++)
        {
            (int Row, double Distance)[] expected =
                [.. Enumerable.Range(0, 40).Select(row => (row, Distance(sets[0], query, sets[1], row))).OrderBy(pair => pair.Item2).Take(10)];
            Assert.Equal(expected.Select(pair => pair.Row), ranking.GetIndices(query));
            Assert.All(expected.Zip(ranking.GetScores(query)), pair => Assert.Equal(sign * pair.First.Distance, pair.Second, 1e-5));
        }
    }

    [Fact]
    public void OtherQueriesAreRefused()
    {
        FeatureMatrix gallery = Assert.Single(FeatureFile.Read(s_file, new FeatureReadOptions { Sets = [FeatureRole.Gallery] }).Matrices);
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => RankingFile.Read(s_file, gallery, gallery));
        Assert.Equal("RunCountMismatch", error.ErrorId);
        Assert.Contains("7 lists", error.Message);
    }

    [Theory]
    [InlineData("ann_self_angular.hdf5", GraphScoreKind.Cosine)]
    [InlineData("ann_self_euclidean.hdf5", GraphScoreKind.Cosine)]
    [InlineData("ann_self_squared.hdf5", GraphScoreKind.SquaredL2)]
    public void NeighboursOfAllRowsAreAGraph(string file, GraphScoreKind kind)
    {
        string path = TestPaths.Data("hdf5", file);
        FeatureMatrix train = Assert.Single(FeatureFile.Read(path, new FeatureReadOptions { FeatureColumns = ["train"] }).Matrices);
        NeighborGraph graph = GraphFile.Read(path, scoreKind: kind);
        Assert.Equal((40, 10), (graph.VertexCount, graph.NeighborCount));
        for (int vertex = 0; vertex < 40; vertex++)
        {
            (int Row, double Distance)[] expected =
                [.. Enumerable.Range(0, 40).Select(row => (row, Distance(train, vertex, train, row))).OrderBy(pair => pair.Item2).Take(10)];
            Assert.Equal(expected.Select(pair => pair.Row), graph.GetNeighborSpan(vertex).ToArray());
            Assert.All(expected.Zip(graph.GetScoreSpan(vertex).ToArray()), pair => Assert.Equal(1 - pair.First.Distance, pair.Second, 1e-5));
        }
    }

    [Theory]
    [InlineData("ann.hdf5", null, "NeighborsOfOtherRows", "the 7 rows of 'test' among those of 'train' (40)")]
    [InlineData("ann_self_hamming.hdf5", null, "UnsupportedContent", "'hamming'")]
    [InlineData("sets.h5", null, "ColumnNotFound", "'neighbors'")]
    [InlineData("ann.hdf5", "scores.npy", "ScorePathNotUsed", "an HDF5 file")]
    public void WhatIsNoGraphIsRefused(string file, string? scores, string errorId, string expected)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => GraphFile.Read(TestPaths.Data("hdf5", file), scores));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(expected, error.Message);
    }

    // 1 - cosine, in float64.
    private static double Distance(FeatureMatrix left, int row, FeatureMatrix right, int other)
    {
        (double product, double first, double second) = (0, 0, 0);
        for (int column = 0; column < left.Dimension; column++)
        {
            (double a, double b) = (left[row, column], right[other, column]);
            (product, first, second) = (product + (a * b), first + (a * a), second + (b * b));
        }

        return 1 - (product / Math.Sqrt(first * second));
    }
}
