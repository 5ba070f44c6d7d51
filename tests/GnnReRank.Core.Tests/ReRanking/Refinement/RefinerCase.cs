using GnnReRank.Compute.Jobs;
using GnnReRank.Tests.Compute;
using GnnReRank.Tests.Oracle;

namespace GnnReRank.Tests.ReRanking.Refinement;

/// <summary>Inputs for the methods that refine, and what must hold of each of them.</summary>
internal static class RefinerCase
{
    /// <summary>Queries and galleries of many kinds, from two rows on.</summary>
    public static IEnumerable<(FeatureMatrix Query, FeatureMatrix Gallery)> Inputs =>
    [
        (MadeFeatures.Clustered(23, 17, 9, seed: 1), MadeFeatures.Clustered(90, 17, 9, seed: 2)),
        (MadeFeatures.Random(20, 5, seed: 3), MadeFeatures.Random(70, 5, seed: 4)),
        (MadeFeatures.Random(12, 130, seed: 5), MadeFeatures.Random(40, 130, seed: 6)),
        .. Tiny,
    ];

    /// <summary>Two to ten rows, and columns around a register's width.</summary>
    public static IEnumerable<(FeatureMatrix Query, FeatureMatrix Gallery)> Tiny =>
        from sizes in ((int Queries, int Rows)[])[(1, 1), (1, 2), (2, 1), (4, 6)]
        from dimension in (int[])[2, 8, 17]
        select (
            MadeFeatures.Random(sizes.Queries, dimension, seed: dimension),
            MadeFeatures.Random(sizes.Rows, dimension, seed: 100 + dimension));

    /// <summary>Cosines that tie, rows that repeat, rows of zeros.</summary>
    public static IEnumerable<(FeatureMatrix Query, FeatureMatrix Gallery)> Ties =>
    [
        (MadeFeatures.ExactlyTied(15, 7, seed: 6), MadeFeatures.ExactlyTied(60, 7, seed: 7)),
        (MadeFeatures.WithDuplicatesAndZeros(21, 6, seed: 5), MadeFeatures.WithDuplicatesAndZeros(77, 6, seed: 5)),
    ];

    /// <summary>The same rows with cameras 1, 2, ... count, 1, 2, ...</summary>
    public static FeatureMatrix WithCameras(FeatureMatrix matrix, int count) => FeatureMatrix.Adopt(
        matrix.Storage, null, [.. Enumerable.Range(0, matrix.RowCount).Select(row => (row % count) + 1)], null, FeatureRole.None, null, null);

    /// <summary>
    /// Fails unless a ranking, whole and cut short, is that of the exact scores, and says what it is of.
    /// </summary>
    public static void AssertAgrees(
        MethodSettings settings, FeatureMatrix query, FeatureMatrix gallery, double[][] exact, IComputeBackend? backend = null)
    {
        Ranking ranking = settings.CreateReRanker(backend).ReRank(query, gallery, null, new ComputeOptions { Device = "Cpu" });
        Assert.Same(query, ranking.Query);
        Assert.Same(gallery, ranking.Gallery);
        Assert.Equal(settings, ranking.Settings);
        Assert.True(ranking.IsFull);
        for (int q = 0; q < query.RowCount; q++)
        {
            NearTies.AssertTopList(exact[q], ranking.GetIndexSpan(q), ranking.GetScoreSpan(q));
        }

        int top = Math.Min(3, gallery.RowCount);
        Ranking head = settings.CreateReRanker(backend).ReRank(query, gallery, top, new ComputeOptions { Device = "Cpu" });
        Assert.Equal(top, head.Depth);
        for (int q = 0; q < query.RowCount; q++)
        {
            Assert.Equal(ranking.GetIndices(q)[..top], head.GetIndices(q));
            Assert.Equal(ranking.GetScores(q)[..top], head.GetScores(q));
        }
    }

    /// <summary>Fails unless both are the same bits.</summary>
    public static void AssertSameBits(Ranking expected, Ranking actual)
    {
        Assert.Equal(expected.Depth, actual.Depth);
        for (int q = 0; q < expected.QueryCount; q++)
        {
            Assert.Equal(expected.GetIndices(q), actual.GetIndices(q));
            Assert.Equal(
                expected.GetScores(q).Select(BitConverter.SingleToInt32Bits), actual.GetScores(q).Select(BitConverter.SingleToInt32Bits));
        }
    }
}
