using GnnReRank.Compute.Jobs;
using GnnReRank.Tests.Data.Storage;
using GnnReRank.Tests.Oracle;

namespace GnnReRank.Tests.Compute;

/// <summary>
/// Rows of whole numbers times powers of two, exact in float32 down to its least number and up to its greatest: every result is that of the
/// whole numbers themselves, bit for bit, though float32 has no inverse of their norms.
/// </summary>
public sealed class ExtremeNormTests
{
    private const int Dimension = 17;

    // The exponents of rows in turn: subnormal, nearly infinite, and like others.
    private static readonly int[] s_exponents = [-149, 120, 0, -130, -140, 119];

    public static TheoryData<string> Backends => TestBackends.Names;

    [Theory]
    [MemberData(nameof(Backends))]
    public void AreComparedLikeOthers(string backend)
    {
        (FeatureMatrix query, FeatureMatrix gallery) = (Whole(13, seed: 1, scaled: true), Whole(200, seed: 2, scaled: true));
        (FeatureMatrix plainQuery, FeatureMatrix plainGallery) = (Whole(13, seed: 1, scaled: false), Whole(200, seed: 2, scaled: false));
        IComputeBackend engine = TestBackends.Named(backend);
        GnnReRanker reRanker = new(new GnnReRankSettings { K1 = 8, K2 = 4, Lambda = 0.3 }, engine);
        foreach (ComputePrecision precision in Enum.GetValues<ComputePrecision>())
        {
            ComputeOptions options = new() { Precision = precision };
            AssertSame(CosineRanker.Rank(plainQuery, plainGallery, null, options, engine), CosineRanker.Rank(query, gallery, null, options, engine));
            AssertSame(reRanker.ReRank(plainQuery, plainGallery, null, options), reRanker.ReRank(query, gallery, null, options));
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void HaveTheCosinesOfFloat64(string backend)
    {
        (FeatureMatrix query, FeatureMatrix gallery) = (Whole(13, seed: 1, scaled: true), Whole(200, seed: 2, scaled: true));
        double[,] cosines = DenseOracle.Similarities(query, gallery);
        Ranking ranking = CosineRanker.Rank(query, gallery, null, null, TestBackends.Named(backend));
        for (int row = 0; row < query.RowCount; row++)
        {
            for (int place = 0; place < gallery.RowCount; place++)
            {
                Assert.Equal(cosines[row, query.RowCount + ranking.GetIndexSpan(row)[place]], ranking.GetScoreSpan(row)[place], 1e-6);
            }
        }
    }

    private static FeatureMatrix Whole(int rows, int seed, bool scaled)
    {
        Random random = new(seed);
        float[] values = new float[rows * Dimension];
        for (int place = 0; place < values.Length; place++)
        {
            int exponent = s_exponents[place / Dimension % s_exponents.Length];
            values[place] = MathF.ScaleB(random.Next(-127, 128), scaled ? exponent : 0);
        }

        return new FeatureMatrix(values, rows, Dimension);
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
