using GnnReRank.Tests.Data.Storage;

namespace GnnReRank.Tests.Compute;

/// <summary>Where and in which precision values are kept changes no bit of any result.</summary>
public sealed class StoredPrecisionTests
{
    public static TheoryData<string> Backends => TestBackends.Names;

    [Theory]
    [MemberData(nameof(Backends))]
    public void EveryStorageGivesTheSameBits(string backend)
    {
        using TemporaryFolder folder = new();
        foreach ((int queries, int rows, int dimension) in ((int, int, int)[])[(1, 1, 1), (5, 190, 3), (13, 200, 17), (193, 385, 64), (3, 30, 301)])
        {
            string name = $"{queries}x{rows}x{dimension}";
            Half[] query = StoredValues.Halves(queries * dimension, seed: rows);
            Half[] gallery = StoredValues.Halves(rows * dimension, seed: dimension);
            FeatureMatrix[] queryKinds = Kinds(folder[name + "q"], query, dimension);
            FeatureMatrix[] galleryKinds = Kinds(folder[name + "g"], gallery, dimension);
            for (int kind = 1; kind < galleryKinds.Length; kind++)
            {
                AssertSame(backend, queryKinds[0], galleryKinds[0], queryKinds[kind], galleryKinds[kind]);
                AssertSame(backend, queryKinds[0], galleryKinds[0], queryKinds[0], galleryKinds[kind]);
                AssertSame(backend, queryKinds[0], galleryKinds[0], queryKinds[kind], galleryKinds[0]);
            }
        }
    }

    [Fact]
    public void TheNumberOfThreadsChangesNothingWhereRowsAreWidened()
    {
        FeatureMatrix query = StoredValues.Matrix(StoredValues.InMemory(StoredValues.Halves(100 * 33, seed: 1), 33));
        FeatureMatrix gallery = StoredValues.Matrix(StoredValues.InMemory(StoredValues.Halves(700 * 33, seed: 2), 33));
        Ranking expected = new GnnReRanker(Small(800)).ReRank(query, gallery, null, new ComputeOptions { ThrottleLimit = 1 });
        foreach (int threads in (int[])[2, 3, 8])
        {
            AssertSame(expected, new GnnReRanker(Small(800)).ReRank(query, gallery, null, new ComputeOptions { ThrottleLimit = threads }));
        }
    }

    /// <summary>float32 in memory first, which the tests of the engine hold against the oracle.</summary>
    private static FeatureMatrix[] Kinds(string path, Half[] values, int dimension) =>
    [
        StoredValues.Matrix(StoredValues.InMemory(StoredValues.Widened(values), dimension)),
        StoredValues.Matrix(StoredValues.InMemory(values, dimension)),
        StoredValues.Matrix(StoredValues.Mapped(path + ".f4", StoredValues.Widened(values), dimension, 5)),
        StoredValues.Matrix(StoredValues.Mapped(path + ".f2", values, dimension, 3)),
    ];

    private static GnnReRankSettings Small(int rows) => new GnnReRankSettings { K1 = 8, K2 = 4, Lambda = 0.3 }.ClampTo(rows);

    private static void AssertSame(
        string backend, FeatureMatrix query, FeatureMatrix gallery, FeatureMatrix otherQuery, FeatureMatrix otherGallery)
    {
        int rows = query.RowCount + gallery.RowCount;
        NeighborGraph expected = NeighborSearch.Build(query, gallery, Math.Min(9, rows), null, TestBackends.Named(backend));
        NeighborGraph actual = NeighborSearch.Build(otherQuery, otherGallery, Math.Min(9, rows), null, TestBackends.Named(backend));
        for (int vertex = 0; vertex < rows; vertex++)
        {
            Assert.Equal(expected.GetNeighbors(vertex), actual.GetNeighbors(vertex));
            Assert.Equal(StoredValues.Bits(expected.GetScoreSpan(vertex)), StoredValues.Bits(actual.GetScoreSpan(vertex)));
        }

        GnnReRanker reRanker = new(Small(rows), TestBackends.Named(backend));
        AssertSame(reRanker.ReRank(query, gallery), reRanker.ReRank(otherQuery, otherGallery));
        AssertSame(
            CosineRanker.Rank(query, gallery, null, null, TestBackends.Named(backend)),
            CosineRanker.Rank(otherQuery, otherGallery, null, null, TestBackends.Named(backend)));
    }

    private static void AssertSame(Ranking expected, Ranking actual)
    {
        for (int query = 0; query < expected.QueryCount; query++)
        {
            Assert.Equal(expected.GetIndices(query), actual.GetIndices(query));
            Assert.Equal(StoredValues.Bits(expected.GetScoreSpan(query)), StoredValues.Bits(actual.GetScoreSpan(query)));
        }
    }
}
