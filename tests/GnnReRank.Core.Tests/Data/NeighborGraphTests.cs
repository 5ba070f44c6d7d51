namespace GnnReRank.Tests.Data;

public sealed class NeighborGraphTests
{
    [Fact]
    public void KeepsItsListsAndLeavesPaddingOut()
    {
        int[] indices = [0, 1, 1, -1];
        NeighborGraph graph = new(indices, [1, 0.5f, 1, 0], 2, 2);
        indices[1] = 0;
        Assert.Equal([0, 1], graph.GetNeighbors(0));
        Assert.Equal([1f, 0.5f], graph.GetScores(0));
        Assert.Equal([1], graph.GetNeighbors(1));
        Assert.Equal([1f], graph.GetScores(1));
    }

    public static TheoryData<string, int[], float[]> BrokenLists => new()
    {
        { "InvalidNeighborGraph", [1, 0, 1, 0], [1, 1, 1, 1] }, // vertex 0 does not come first
        { "GraphIndexOutOfRange", [0, 2, 1, 0], [1, 1, 1, 1] },
        { "GraphIndexOutOfRange", [0, -2, 1, 0], [1, 1, 1, 1] },
        { "InvalidNeighborGraph", [0, 0, 1, 0], [1, 1, 1, 1] }, // vertex 0 twice
        { "InvalidNeighborGraph", [0, 1, 1, 0], [1, float.NaN, 1, 1] },
        { "InvalidNeighborGraph", [0, 1, 1, 0], [1, 55.3f, 1, 1] }, // an inner product
        { "InvalidNeighborGraph", [0, 1, 1, 0], [1, 0.5f, 1, -1.1f] },
        { "InvalidNeighborGraph", [0, 1, 1, -1], [1, 0.5f, 1, 0.5f] }, // padding with a score
        { "InvalidNeighborGraph", [0, 1, 1, -1], [1, 0.5f, 1, float.NaN] },
        { "GraphLengthMismatch", [0, 1, 1], [1, 1, 1, 1] },
        { "GraphLengthMismatch", [0, 1, 1, 0], [1, 1, 1] },
    };

    [Theory]
    [MemberData(nameof(BrokenLists))]
    public void RefusesBrokenLists(string errorId, int[] indices, float[] scores) => Assert.Equal(
        errorId, Assert.Throws<GnnReRankException>(() => new NeighborGraph(indices, scores, 2, 2)).ErrorId);

    [Fact]
    public void SaysWhatToDoAboutInnerProducts() => Assert.Contains(
        "normalise the rows",
        Assert.Throws<GnnReRankException>(() => new NeighborGraph([0, 1, 1, 0], [1, 55.3f, 1, 1], 2, 2)).Message);

    [Theory]
    [InlineData(0.5f, 0.6f, 1, 2)] // scores rise
    [InlineData(0.5f, 0.5f, 2, 1)] // a tie out of index order
    public void RefusesListsOutOfOrder(float first, float second, int firstIndex, int secondIndex)
    {
        int[] indices = [0, firstIndex, secondIndex, 1, -1, -1, 2, -1, -1];
        float[] scores = [1, first, second, 1, 0, 0, 1, 0, 0];
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => new NeighborGraph(indices, scores, 3, 3));
        Assert.Contains("vertex 0 is out of order at position 2", error.Message);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, 0)]
    public void RefusesAnEmptyGraph(int vertices, int neighbors) => Assert.Equal(
        "EmptyNeighborGraph", Assert.Throws<GnnReRankException>(() => new NeighborGraph([], [], vertices, neighbors)).ErrorId);

    [Fact]
    public void RefusesNeighboursAfterPadding() => Assert.Contains(
        "after padding",
        Assert.Throws<GnnReRankException>(() => new NeighborGraph([0, -1, 1, 1, -1, -1], [1, 0, 1, 1, 0, 0], 2, 3)).Message);

    [Fact]
    public void RefusesMatricesThatDoNotFit()
    {
        NeighborGraph graph = new([0, 1, 1, 0], [1, 0, 1, 0], 2, 2);
        FeatureMatrix one = new([1], 1, 1);
        Assert.Same(one, graph.WithMatrices(one, one).Query);
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => graph.WithMatrices(null, one));
        Assert.Equal("GraphDoesNotFit", error.ErrorId);
        Assert.Contains("2 vertices", error.Message);
    }
}
