using GnnReRank.Tests.Compute;
using GnnReRank.Tests.Oracle;

namespace GnnReRank.Tests.Graph;

/// <summary>Features that are hard on selection, tiles and bounds: every backend finds what sorting all pairs finds.</summary>
public sealed class AdversarialNeighborTests
{
    public static TheoryData<string> Backends => TestBackends.Names;

    [Theory]
    [MemberData(nameof(Backends))]
    public void AllRowsEqual(string backend)
    {
        // A power of two each: the norm and all products are exact, so all cosines tie at 1.
        FeatureMatrix gallery = Made(401, 16, (_, _) => 0.5f);
        NeighborGraph graph = NeighborSearch.Build(null, gallery, 30, null, TestBackends.Named(backend));
        for (int vertex = 0; vertex < graph.VertexCount; vertex++)
        {
            Assert.Equal([vertex, .. Enumerable.Range(0, 401).Where(other => other != vertex).Take(29)], graph.GetNeighbors(vertex));
            Assert.All(graph.GetScores(vertex), score => Assert.Equal(1f, score));
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void AllRowsOrthogonal(string backend)
    {
        FeatureMatrix gallery = Made(389, 389, (row, column) => row == column ? 1 << (row % 8) : 0);
        NeighborGraph graph = NeighborSearch.Build(null, gallery, 9, null, TestBackends.Named(backend));
        for (int vertex = 0; vertex < graph.VertexCount; vertex++)
        {
            Assert.Equal([vertex, .. Enumerable.Range(0, 389).Where(other => other != vertex).Take(8)], graph.GetNeighbors(vertex));
            Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0, 0], graph.GetScores(vertex));
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void OneHubThatEveryRowNamesFirst(string backend)
    {
        // Each row is the hub and as much again of a direction of its own: cos 0.71 with the hub, 0.5 with every other row.
        FeatureMatrix gallery = Made(300, 301, (row, column) => column == 0 ? 1 : row != 250 && column == row + 1 ? 1 : 0);
        NeighborGraph graph = NeighborSearch.Build(null, gallery, 5, null, TestBackends.Named(backend));
        for (int vertex = 0; vertex < graph.VertexCount; vertex++)
        {
            int[] others = [.. Enumerable.Range(0, 300).Where(other => other != vertex && other != 250)];
            Assert.Equal(vertex == 250 ? [250, .. others.Take(4)] : [vertex, 250, .. others.Take(3)], graph.GetNeighbors(vertex));
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void TheSameRowsOnBothSidesOfATileBorder(string backend)
    {
        Random random = new(3);
        float[][] half = [.. Enumerable.Range(0, 192).Select(_ => Enumerable.Range(0, 40).Select(_ => (float)random.NextDouble()).ToArray())];
        FeatureMatrix gallery = Made(576, 40, (row, column) => half[row % 192][column]);
        NeighborGraph graph = NeighborSearch.Build(null, gallery, 3, null, TestBackends.Named(backend));
        for (int vertex = 0; vertex < graph.VertexCount; vertex++)
        {
            int[] copies = [vertex % 192, (vertex % 192) + 192, (vertex % 192) + 384];
            Assert.Equal([vertex, .. copies.Where(copy => copy != vertex)], graph.GetNeighbors(vertex));
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void ManyNeighborsWithinTheBoundOfOneRow(string backend)
    {
        // All rows lie equally far from row 0 but for the last digits, and far from each other: only row 0 has too many near ties.
        Random random = new(4);
        double[][] own = [.. Enumerable.Range(0, 400).Select(_ => UnitVector(random, 199))];
        FeatureMatrix gallery = Made(400, 200, (row, column) =>
            row == 0 ? (column == 0 ? 1 : 0) : column == 0 ? 0.6f : (float)(0.8 * own[row][column - 1]));
        List<string> lines = [];
        ComputeOptions options = new() { Log = lines.Add };
        NeighborGraph graph = NeighborSearch.Build(null, gallery, 26, options, TestBackends.Named(backend));
        AssertAgrees(graph, gallery);
        Assert.DoesNotContain(lines, line => line.Contains("near ties"));
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void NeighborsFartherApartThanFloat32RoundsAndCloserThanInt16Does(string backend)
    {
        // Row 0 is the diagonal; the others have cosines of 0.6 + 2e-6 i with it, in shuffled order, and all columns round at random.
        Random random = new(9);
        int[] order = [.. Enumerable.Range(1, 60)];
        random.Shuffle(order);
        double[][] own = [.. Enumerable.Range(0, 61).Select(_ => UnitVector(random, 100))];
        FeatureMatrix gallery = Made(61, 200, (row, column) =>
        {
            double cosine = row == 0 ? 1 : 0.6 + (2e-6 * order[row - 1]);
            double across = own[row][column / 2] * (column % 2 == 0 ? 1 : -1) / Math.Sqrt(2);
            return (float)((cosine / Math.Sqrt(200)) + (Math.Sqrt(1 - (cosine * cosine)) * across));
        });
        NeighborGraph graph = NeighborSearch.Build(null, gallery, 26, null, TestBackends.Named(backend));
        int[] expected = [0, .. Enumerable.Range(1, 60).OrderByDescending(row => order[row - 1]).Take(25)];
        Assert.Equal(expected, graph.GetNeighbors(0));
    }

    [Fact]
    public void GivesUpTheCoarseSearchWhereManyRowsHaveTooManyNearTies()
    {
        Assert.SkipWhen(TestBackends.CoarseKernels.Count == 0, "This processor has no coarse kernel.");
        Random random = new(5);
        FeatureMatrix gallery = Made(300, 50, (_, column) => (float)(Math.Sin(column) + (1e-5 * random.NextDouble())));
        List<string> lines = [];
        ComputeOptions options = new() { Log = lines.Add };
        NeighborGraph graph = NeighborSearch.Build(null, gallery, 26, options, TestBackends.Named(TestBackends.CoarseKernels[0].Name));
        Assert.Contains(lines, line => line.Contains("near ties"));
        AssertSame(NeighborSearch.Build(null, gallery, 26), graph);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void AnyShape(string backend)
    {
        Random random = new(6);
        for (int round = 0; round < 25; round++)
        {
            int rows = random.Next(1, 420);
            FeatureMatrix gallery = random.Next(3) switch
            {
                0 => MadeFeatures.Random(rows, random.Next(1, 90), round),
                1 => MadeFeatures.Clustered(rows, random.Next(1, 90), random.Next(1, 30), round),
                _ => MadeFeatures.WithDuplicatesAndZeros(rows, random.Next(1, 90), round),
            };
            AssertAgrees(NeighborSearch.Build(null, gallery, random.Next(1, rows + 1), null, TestBackends.Named(backend)), gallery);
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void FiveThousandColumns(string backend)
    {
        FeatureMatrix gallery = MadeFeatures.Clustered(60, 5_000, 6, seed: 7);
        AssertAgrees(NeighborSearch.Build(null, gallery, 20, null, TestBackends.Named(backend)), gallery);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void TheSameBitsOnAnyNumberOfThreads(string backend)
    {
        FeatureMatrix gallery = MadeFeatures.WithDuplicatesAndZeros(1_000, 70, seed: 8);
        NeighborGraph one = NeighborSearch.Build(null, gallery, 40, new ComputeOptions { ThrottleLimit = 1 }, TestBackends.Named(backend));
        foreach (int threads in (int[])[2, 3, 8])
        {
            AssertSame(one, NeighborSearch.Build(null, gallery, 40, new ComputeOptions { ThrottleLimit = threads }, TestBackends.Named(backend)));
        }
    }

    private static void AssertAgrees(NeighborGraph graph, FeatureMatrix gallery)
    {
        double[,] cosines = DenseOracle.Similarities(null, gallery);
        for (int vertex = 0; vertex < graph.VertexCount; vertex++)
        {
            Assert.Equal(vertex, graph.GetNeighbors(vertex)[0]);
            double[] row = [.. Enumerable.Range(0, graph.VertexCount).Select(other => other == vertex ? double.NegativeInfinity : cosines[vertex, other])];
            NearTies.AssertTopList(row, graph.GetNeighborSpan(vertex)[1..], graph.GetScoreSpan(vertex)[1..]);
        }
    }

    private static void AssertSame(NeighborGraph expected, NeighborGraph actual)
    {
        for (int vertex = 0; vertex < expected.VertexCount; vertex++)
        {
            Assert.Equal(expected.GetNeighbors(vertex), actual.GetNeighbors(vertex));
            Assert.Equal(expected.GetScores(vertex), actual.GetScores(vertex));
        }
    }

    private static double[] UnitVector(Random random, int length)
    {
        double[] vector = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)];
        double norm = Math.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / norm)];
    }

    private static FeatureMatrix Made(int rows, int dimension, Func<int, int, float> value)
    {
        float[] values = new float[rows * dimension];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = value(i / dimension, i % dimension);
        }

        return new FeatureMatrix(values, rows, dimension);
    }
}
