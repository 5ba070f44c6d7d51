namespace GnnReRank.Tests.Data;

public sealed class FeatureMatrixTests
{
    [Fact]
    public void KeepsACopyOfItsArrays()
    {
        float[] values = [1, 2, 3, 4];
        FeatureMatrix matrix = new(values, 2, 2);
        values[0] = 9;
        matrix.GetRow(0)[1] = 9;
        Assert.Equal([1f, 2f], matrix.GetRow(0));
        Assert.Equal(3f, matrix[1, 0]);
        Assert.Equal(4f, matrix.ToArray()[1, 1]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void NamesTheRowAndColumnOfANonFiniteValue(float bad)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => new FeatureMatrix([1, 2, 3, 4, bad, 6], 2, 3));
        Assert.Equal("NonFiniteFeature", error.ErrorId);
        Assert.Contains("Row 1, column 1", error.Message);
    }

    [Fact]
    public void TakesNormsOfVeryLargeAndVerySmallRows()
    {
        FeatureMatrix matrix = new([3e30f, 4e30f, 3e-30f, 4e-30f, 0, 0], 3, 2);
        Assert.Equal(1 / 5e30, matrix.InverseNorms[0], 1e-36);
        Assert.Equal(1, matrix.InverseNorms[1] * 5e-30, 1e-6);
        Assert.Equal(0, matrix.InverseNorms[2]);
    }

    [Theory]
    [InlineData(0.6f, 0.8f, true)]
    [InlineData(0.6f, 0.9f, false)]
    public void KnowsWhetherItIsNormalized(float x, float y, bool expected) =>
        Assert.Equal(expected, new FeatureMatrix([1, 0, x, y], 2, 2).IsNormalized);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void RefusesAnEmptyMatrix(int rows, int columns) => Assert.Equal(
        "EmptyFeatureMatrix", Assert.Throws<GnnReRankException>(() => new FeatureMatrix([], rows, columns)).ErrorId);

    [Fact]
    public void RefusesLabelsOfTheWrongLength() => Assert.Equal(
        "RowCountMismatch", Assert.Throws<GnnReRankException>(() => new FeatureMatrix([1, 2], 2, 1, labels: [1])).ErrorId);

    [Fact]
    public void RefusesMoreElementsThanAnArrayHolds() => Assert.Equal(
        "FeatureMatrixTooLarge", Assert.Throws<GnnReRankException>(() => new FeatureMatrix([1], 1 << 30, 1 << 30)).ErrorId);

    [Fact]
    public void NamesTheArgumentWhereRowsAreMissing() => Assert.Throws<ArgumentNullException>("rows", () => FeatureMatrix.FromRows(null!));
}
