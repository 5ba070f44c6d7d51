using GnnReRank.Compute.Jobs;
using GnnReRank.Tests.Compute;
using GnnReRank.Tests.Oracle;

namespace GnnReRank.Tests.Graph;

public sealed class NeighborSearchTests
{
    private static readonly int[] s_tileBorderSizes = [1, 2, 3, 5, 6, 7, 12, 13, 31, 32, 33, 191, 192, 193, 385];

    public static TheoryData<string> Backends => TestBackends.Names;

    [Theory]
    [MemberData(nameof(Backends))]
    public void AgreesWithBruteForceAtSizesAroundTileBorders(string backend)
    {
        foreach (int rows in s_tileBorderSizes)
        {
            foreach (int dimension in (int[])[1, 3, 17, 64])
            {
                AssertAgrees(TestBackends.Named(backend), null, MadeFeatures.Random(rows, dimension, rows), Math.Min(rows, 9));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void AgreesWithBruteForceAcrossDepthSteps(string backend)
    {
        foreach (int dimension in (int[])[255, 256, 257, 600])
        {
            AssertAgrees(TestBackends.Named(backend), null, MadeFeatures.Random(40, dimension, dimension), 10);
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void FindsEveryNumberOfNeighborsFromOneToAll(string backend)
    {
        FeatureMatrix query = MadeFeatures.Clustered(50, 17, 8, seed: 1);
        FeatureMatrix gallery = MadeFeatures.Clustered(170, 17, 8, seed: 2);
        foreach (int neighborCount in (int[])[1, 2, 3, 32, 33, 64, 65, 100, 219, 220])
        {
            AssertAgrees(TestBackends.Named(backend), query, gallery, neighborCount);
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void BreaksExactTiesByIndex(string backend)
    {
        FeatureMatrix query = MadeFeatures.ExactlyTied(60, 9, seed: 3);
        FeatureMatrix gallery = MadeFeatures.ExactlyTied(340, 9, seed: 4);
        double[,] similarities = DenseOracle.Similarities(query, gallery);
        NeighborGraph graph = NeighborSearch.Build(query, gallery, 70, null, TestBackends.Named(backend));
        for (int vertex = 0; vertex < graph.VertexCount; vertex++)
        {
            int[] expected = [vertex, .. Enumerable.Range(0, graph.VertexCount).Where(other => other != vertex)
                .OrderByDescending(other => similarities[vertex, other]).ThenBy(other => other).Take(69)];
            Assert.Equal(expected, graph.GetNeighbors(vertex));
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void PutsAVertexFirstInItsOwnListEvenAmongDuplicatesAndZeros(string backend)
    {
        FeatureMatrix gallery = MadeFeatures.WithDuplicatesAndZeros(200, 5, seed: 5);
        NeighborGraph graph = NeighborSearch.Build(null, gallery, 20, null, TestBackends.Named(backend));
        for (int vertex = 0; vertex < graph.VertexCount; vertex++)
        {
            Assert.Equal(vertex, graph.GetNeighbors(vertex)[0]);
            Assert.Equal(vertex % 7 == 6 ? 0 : 1, graph.GetScores(vertex)[0], 1e-6);
        }

        int[] duplicates = [.. Enumerable.Range(0, 200).Where(row => row % 3 == 0 && row % 7 != 6 && row != 99).Take(19)];
        Assert.Equal([99, .. duplicates], graph.GetNeighbors(99));
        AssertAgrees(TestBackends.Named(backend), null, gallery, 20);
    }

    [Fact]
    public void GivesTheSameBitsOnEveryKernelAndNumberOfThreads()
    {
        FeatureMatrix query = MadeFeatures.Clustered(150, 300, 20, seed: 6);
        FeatureMatrix gallery = MadeFeatures.Clustered(451, 300, 20, seed: 7);
        NeighborGraph expected = NeighborSearch.Build(query, gallery, 26, new ComputeOptions { ThrottleLimit = 1 });
        foreach (string backend in TestBackends.ProcessorNames.Select(row => row.Data))
        {
            foreach (int threads in (int[])[1, 2, 3])
            {
                ComputeOptions options = new() { ThrottleLimit = threads };
                NeighborGraph graph = NeighborSearch.Build(query, gallery, 26, options, TestBackends.Named(backend));
                for (int vertex = 0; vertex < graph.VertexCount; vertex++)
                {
                    Assert.Equal(expected.GetNeighbors(vertex), graph.GetNeighbors(vertex));
                    Assert.Equal(expected.GetScores(vertex), graph.GetScores(vertex));
                }
            }
        }
    }

    [Fact]
    public void FindsTheRightRowsBeyondTheSquareRootOfTheLargestInteger()
    {
        FeatureMatrix gallery = MadeFeatures.Random(50_000, 16, seed: 8);
        NeighborGraph graph = NeighborSearch.Build(null, gallery, 5);
        foreach (int vertex in (int[])[0, 1, 46_339, 46_340, 46_341, 48_000, 49_998, 49_999])
        {
            AssertList(graph, vertex, CosinesWith(gallery, vertex));
        }
    }

    [Fact]
    public void RemembersItsMatrices()
    {
        FeatureMatrix query = MadeFeatures.Random(2, 3, seed: 9);
        FeatureMatrix gallery = MadeFeatures.Random(4, 3, seed: 10);
        NeighborGraph graph = NeighborSearch.Build(query, gallery, 3);
        Assert.Same(query, graph.Query);
        Assert.Same(gallery, graph.Gallery);
        Assert.Null(NeighborSearch.Build(null, gallery, 3).Query);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(7)]
    public void RefusesANeighborCountOutOfRange(int neighborCount)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => NeighborSearch.Build(
            MadeFeatures.Random(2, 3, seed: 1), MadeFeatures.Random(4, 3, seed: 2), neighborCount));
        Assert.Equal("InvalidNeighborCount", error.ErrorId);
        Assert.Contains("between 1 and the 6 rows", error.Message);
    }

    [Fact]
    public void RefusesMatricesOfDifferentDimensionsAndNamesBoth()
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => NeighborSearch.Build(
            MadeFeatures.Random(2, 3, seed: 1), MadeFeatures.Random(4, 5, seed: 2), 2));
        Assert.Equal("DimensionMismatch", error.ErrorId);
        Assert.Contains("2 x 3", error.Message);
        Assert.Contains("4 x 5", error.Message);
    }

    [Fact]
    public void RefusesAGraphOfMoreEntriesThanAnArrayHolds()
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => NeighborSearch.Build(
            null, MadeFeatures.Random(70_000, 1, seed: 1), 40_000));
        Assert.Equal("GraphTooLarge", error.ErrorId);
        Assert.Equal(ErrorKind.TooLarge, error.Kind);
    }

    private static void AssertAgrees(IComputeBackend backend, FeatureMatrix? query, FeatureMatrix gallery, int neighborCount)
    {
        double[,] similarities = DenseOracle.Similarities(query, gallery);
        NeighborGraph graph = NeighborSearch.Build(query, gallery, neighborCount, null, backend);
        Assert.Equal(neighborCount, graph.NeighborCount);
        for (int vertex = 0; vertex < graph.VertexCount; vertex++)
        {
            AssertList(graph, vertex, [.. Enumerable.Range(0, graph.VertexCount).Select(other => similarities[vertex, other])]);
        }

        // The public constructor checks order, range and uniqueness of whole lists.
        _ = new NeighborGraph(
            [.. Enumerable.Range(0, graph.VertexCount).SelectMany(graph.GetNeighbors)],
            [.. Enumerable.Range(0, graph.VertexCount).SelectMany(graph.GetScores)], graph.VertexCount, neighborCount);
    }

    private static void AssertList(NeighborGraph graph, int vertex, double[] cosines)
    {
        Assert.Equal(vertex, graph.GetNeighbors(vertex)[0]);
        Assert.Equal(cosines[vertex], graph.GetScores(vertex)[0], NearTies.Tolerance);

        // The vertex leads its list whatever its score; the others follow by score.
        cosines[vertex] = double.NegativeInfinity;
        NearTies.AssertTopList(cosines, graph.GetNeighborSpan(vertex)[1..], graph.GetScoreSpan(vertex)[1..]);
    }

    private static double[] CosinesWith(FeatureMatrix matrix, int vertex)
    {
        double[] cosines = new double[matrix.RowCount];
        ReadOnlySpan<float> own = matrix.GetRowSpan(vertex);
        for (int row = 0; row < matrix.RowCount; row++)
        {
            ReadOnlySpan<float> other = matrix.GetRowSpan(row);
            (double product, double ownSquares, double otherSquares) = (0, 0, 0);
            for (int column = 0; column < own.Length; column++)
            {
                product += (double)own[column] * other[column];
                ownSquares += (double)own[column] * own[column];
                otherSquares += (double)other[column] * other[column];
            }

            cosines[row] = product / Math.Sqrt(ownSquares * otherSquares);
        }

        return cosines;
    }
}
