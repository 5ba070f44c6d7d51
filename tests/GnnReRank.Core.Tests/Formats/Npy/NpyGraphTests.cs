using GnnReRank.Formats.Npy;

namespace GnnReRank.Tests.Formats.Npy;

public sealed class NpyGraphTests
{
    [Theory]
    [InlineData("graph_cosine.npy", GraphScoreKind.Cosine)]
    [InlineData("graph_distances.npy", GraphScoreKind.SquaredL2)]
    public void ReadsWhatASearchLibraryReturns(string scores, GraphScoreKind kind)
    {
        double[] angles = [0.0, 0.2, 0.5, 1.1, 1.9, 3.0];
        NeighborGraph graph = GraphFile.Read(TestPaths.Data("numpy", "graph_indices.npy"), TestPaths.Data("numpy", scores), kind, ComputeOptions.Default);
        Assert.Equal((6, 3), (graph.VertexCount, graph.NeighborCount));
        for (int vertex = 0; vertex < 6; vertex++)
        {
            int[] nearest = Enumerable.Range(0, 6).OrderBy(other => Math.Abs(angles[vertex] - angles[other])).Take(3).ToArray();
            Assert.Equal(nearest, graph.GetNeighbors(vertex));
            Assert.All(nearest.Zip(graph.GetScores(vertex)), pair => Assert.Equal(Math.Cos(angles[vertex] - angles[pair.First]), pair.Second, 1e-6));
        }
    }

    [Fact]
    public void PutsEachVertexFirstAndDropsTheLastNeighborWhereItWasMissing()
    {
        NeighborGraph graph = Read("<i4", NpyBytes.Ints(1, 2, 0, 1, 0, 1), [0.9f, 0.8f, 0.7f, 1f, 0.95f, 0.9f], 3, 2);
        Assert.Equal([0, 1], graph.GetNeighbors(0));
        Assert.Equal([1f, 0.9f], graph.GetScores(0));
        Assert.Equal([1, 0], graph.GetNeighbors(1));
        Assert.Equal([1f, 0.7f], graph.GetScores(1));
        Assert.Equal([2, 0], graph.GetNeighbors(2));
    }

    [Fact]
    public void KeepsPaddingLastWithTheScoreZero()
    {
        NeighborGraph graph = Read("<i8", NpyBytes.Longs(0, 1, -1, 0, -1, -1), [1f, 0.5f, -3e38f, 0.5f, float.NaN, float.NegativeInfinity], 2, 3);
        Assert.Equal([0, 1, -1], graph.GetNeighborSpan(0));
        Assert.Equal([1f, 0.5f, 0f], graph.GetScoreSpan(0));
        Assert.Equal([1, 0, -1], graph.GetNeighborSpan(1));
        Assert.Equal([1f, 0.5f, 0f], graph.GetScoreSpan(1));
    }

    [Fact]
    public void RefusesInnerProductsOfRowsThatAreNotNormalized()
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => Read("<i4", NpyBytes.Ints(0, 1, 1, 0), [60f, 55f, 58f, 55f], 2, 2));
        Assert.Equal("InvalidNeighborGraph", error.ErrorId);
        Assert.Contains("row 0, position 0 (0-based) is 60", error.Message);
        Assert.Contains("Normalise", error.Message);
    }

    [Fact]
    public void OrdersByScoreThenIndex()
    {
        NeighborGraph graph = Read(
            "<u2", [0, 0, 3, 0, 2, 0, 1, 0, 1, 0, 0, 0, 2, 0, 3, 0, 2, 0, 0, 0, 1, 0, 3, 0, 3, 0, 0, 0, 1, 0, 2, 0],
            [1f, 0.5f, 0.7f, 0.5f, 1, 0.3f, 0.2f, 0.1f, 1, 0.3f, 0.2f, 0.1f, 1, 0.3f, 0.2f, 0.1f], 4, 4);
        Assert.Equal([0, 2, 1, 3], graph.GetNeighbors(0));
    }

    [Fact]
    public void CountsARoundedDistanceBelowZeroAsNone()
    {
        NeighborGraph graph = Read("<i4", NpyBytes.Ints(0, 1, 1, 0), [-1e-6f, 0.5f, -1e-6f, 0.5f], 2, 2, GraphScoreKind.SquaredL2);
        Assert.Equal([1f, 0.75f], graph.GetScores(0));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    [InlineData(1L << 40)]
    [InlineData(-(1L << 40))]
    public void RefusesAnIndexOutOfRange(long index) => AssertRefused(
        "GraphIndexOutOfRange", "<i8", NpyBytes.Longs(0, index, 1, 0), [1, 0.5f, 1, 0.5f], 2, 2);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void RefusesAScoreThatIsNotFinite(float score) =>
        AssertRefused("InvalidNeighborGraph", "<i4", NpyBytes.Ints(0, 1, 1, 0), [1, score, 1, 0.5f], 2, 2);

    [Theory]
    [InlineData(-0.5f)]
    [InlineData(4.5f)]
    public void RefusesADistanceThatNormalisedRowsCannotHave(float distance) =>
        AssertRefused("InvalidNeighborGraph", "<i4", NpyBytes.Ints(0, 1, 1, 0), [0, 1, 0, distance], 2, 2, GraphScoreKind.SquaredL2);

    [Theory]
    [InlineData("graph_distances.npy", GraphScoreKind.Cosine, "-ScoreKind SquaredL2")]
    [InlineData("graph_cosine.npy", GraphScoreKind.SquaredL2, "-ScoreKind Cosine")]
    public void SaysWhenTheScoresAreOfTheOtherKind(string scores, GraphScoreKind kind, string advice)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => GraphFile.Read(
            TestPaths.Data("numpy", "graph_indices.npy"), TestPaths.Data("numpy", scores), kind, ComputeOptions.Default));
        Assert.Equal("WrongScoreKind", error.ErrorId);
        Assert.Contains(advice, error.Message);
    }

    [Fact]
    public void RefusesScoresOfAnotherShape() =>
        AssertRefused("GraphLengthMismatch", "<i4", NpyBytes.Ints(0, 1, 1, 0), [1, 0.5f], 2, 2);

    [Fact]
    public void RefusesIndicesThatAreNoIntegers() =>
        AssertRefused("UnsupportedContent", "<f4", NpyBytes.Singles(0, 1, 1, 0), [1, 0.5f, 1, 0.5f], 2, 2);

    [Fact]
    public void WritesBothFilesAsNumpyDoes()
    {
        using TemporaryFolder folder = new();
        NeighborGraph graph = new([0, 1, 1, -1], [1, 0.5f, 1, 0], 2, 2);
        NpyGraph.Write(folder["i.npy"], folder["s.npy"], graph, ComputeOptions.Default);
        byte[] indices = File.ReadAllBytes(folder["i.npy"]);
        Assert.Equal(128 + 16, indices.Length);
        Assert.Equal(NpyBytes.Ints(0, 1, 1, -1), indices[128..]);
        Assert.StartsWith("{'descr': '<i4', 'fortran_order': False, 'shape': (2, 2), } ", System.Text.Encoding.ASCII.GetString(indices, 10, 100));
        Assert.Equal(NpyBytes.Singles(1, 0.5f, 1, 0), File.ReadAllBytes(folder["s.npy"])[128..]);
        NeighborGraph back = GraphFile.Read(folder["i.npy"], folder["s.npy"], GraphScoreKind.Cosine, ComputeOptions.Default);
        Assert.Equal([1, -1], back.GetNeighborSpan(1));
    }

    private static NeighborGraph Read(
        string descriptor, byte[] indices, float[] scores, int rows, int columns, GraphScoreKind kind = GraphScoreKind.Cosine)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["i.npy"], NpyBytes.Make(descriptor, $"({rows}, {columns})", indices));
        File.WriteAllBytes(folder["s.npy"], NpyBytes.Make("<f4", $"({scores.Length / columns}, {columns})", NpyBytes.Singles(scores)));
        return GraphFile.Read(folder["i.npy"], folder["s.npy"], kind, ComputeOptions.Default);
    }

    private static void AssertRefused(
        string errorId, string descriptor, byte[] indices, float[] scores, int rows, int columns, GraphScoreKind kind = GraphScoreKind.Cosine) =>
        Assert.Equal(errorId, Assert.Throws<GnnReRankException>(() => Read(descriptor, indices, scores, rows, columns, kind)).ErrorId);
}
