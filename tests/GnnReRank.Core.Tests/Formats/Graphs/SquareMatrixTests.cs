using GnnReRank.Tests.Formats.Npy;

namespace GnnReRank.Tests.Formats.Graphs;

/// <summary>Square matrices worked by hand; those of SciPy are among the foreign graphs.</summary>
public sealed class SquareMatrixTests
{
    // Among equals the lower row comes first, and stays where there is no room for all.
    [Theory]
    [InlineData(4, "0 1 2 3", "1 .5 .5 .5")]
    [InlineData(3, "0 1 2", "1 .5 .5")]
    [InlineData(1, "0", "1")]
    public void EqualsStandByTheirRow(int width, string expected, string scores)
    {
        NeighborGraph graph = Read(
            [1, .5f, .5f, .5f, .5f, 1, .2f, .9f, .5f, .2f, 1, .2f, .5f, .9f, .2f, 1], 4, GraphScoreKind.Cosine, width);
        Assert.Equal(expected, string.Join(' ', graph.GetNeighbors(0)));
        Assert.Equal([.. scores.Split(' ').Select(each => float.Parse(each, System.Globalization.CultureInfo.InvariantCulture))], graph.GetScores(0));
        Assert.Equal([1, 3, 0, 2], Read(
            [1, .5f, .5f, .5f, .5f, 1, .2f, .9f, .5f, .2f, 1, .2f, .5f, .9f, .2f, 1], 4, GraphScoreKind.Cosine, null)
            .GetNeighbors(1));
    }

    [Fact]
    public void InfinityIsNoNeighbourAndTheDiagonalIsTheRowItself()
    {
        const float none = float.PositiveInfinity;
        NeighborGraph graph = Read([none, .25f, none, .25f, none, none, none, none, 0], 3, GraphScoreKind.CosineDistance, null);
        Assert.Equal([0, 1], graph.GetNeighbors(0));
        Assert.Equal([1f, .75f], graph.GetScores(0));
        Assert.Equal([2], graph.GetNeighbors(2));
    }

    // numpy.fill_diagonal(S, 0) keeps a row out of its own neighbours; a row of zeros has nothing else.
    [Fact]
    public void ADiagonalOfZerosIsTheRowItselfAndARowOfZerosStaysOne()
    {
        NeighborGraph graph = Read([0, -.5f, .75f, -.5f, 0, -.25f, .75f, -.25f, 0], 3, GraphScoreKind.Cosine, null);
        Assert.Equal([1f, .75f, -.5f], graph.GetScores(0));
        Assert.Equal([1f, .75f, -.25f], graph.GetScores(2));
        Assert.Equal([0f, 0f], Read([1, 0, 0, 0], 2, GraphScoreKind.Cosine, null).GetScores(1));
    }

    [Theory]
    [InlineData(float.NaN, "InvalidNeighborGraph", "row 0, position 1")]
    [InlineData(-1.5f, "InvalidNeighborGraph", "row 0, position 1 (0-based) is -1.5")]
    public void AScoreThatCannotBeIsNamed(float score, string errorId, string expected)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => Read([1, score, -2, 1], 2, GraphScoreKind.Cosine, null));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(expected, error.Message);
    }

    private static NeighborGraph Read(float[] values, int count, GraphScoreKind kind, int? width)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["m.npy"], NpyBytes.Make("<f4", $"({count}, {count})", NpyBytes.Singles(values)));
        return GraphFile.Read(folder["m.npy"], new GraphReadOptions { ScoreKind = kind, NeighborCount = width });
    }
}
