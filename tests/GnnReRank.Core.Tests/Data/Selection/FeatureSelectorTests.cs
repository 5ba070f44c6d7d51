namespace GnnReRank.Tests.Data.Selection;

/// <summary>Smaller matrices of a matrix, worked by hand.</summary>
public sealed class FeatureSelectorTests
{
    // Row r, column c holds 10 r + c + 1.
    private static readonly FeatureMatrix s_matrix = new(
        [1, 2, 3, 11, 12, 13, 21, 22, 23, 31, 32, 33], 4, 3, [7, -1, 7, 8], [1, 2, 3, 1], ["a", "b", "c", "d"], FeatureRole.Gallery, "made");

    [Fact]
    public void KeepsAllThatIsKnownOfTheRowsTaken()
    {
        FeatureMatrix taken = FeatureSelector.Select(s_matrix, new RowSelection { Labels = [7] }, [2, 0]);
        Assert.Equal(new float[,] { { 1, 3 }, { 21, 23 } }, taken.ToArray());
        Assert.Equal([7L, 7], taken.Labels!);
        Assert.Equal([1, 3], taken.Cameras!);
        Assert.Equal(["a", "c"], taken.Names!);
        Assert.Equal((FeatureRole.Gallery, "made"), (taken.Role, taken.Source));
    }

    [Fact]
    public void NormsAreThoseOfWhatIsLeft()
    {
        FeatureMatrix taken = FeatureSelector.Select(s_matrix, new RowSelection { Indices = [0, 3] });
        Assert.Equal([s_matrix.InverseNorms[0], s_matrix.InverseNorms[3]], taken.InverseNorms.ToArray());
        Assert.Equal([1f, 1f / 11, 1f / 21, 1f / 31], FeatureSelector.Select(s_matrix, null, [0]).InverseNorms.ToArray(), (expected, actual) =>
            MathF.Abs(expected - actual) <= 1e-7f);
    }

    [Fact]
    public void NamesTheSourceInErrors()
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => FeatureSelector.Select(s_matrix, new RowSelection { Labels = [99] }));
        Assert.Equal("NoRowSelected", error.ErrorId);
        Assert.StartsWith("'made': no row is left of 4: -Label left 0.", error.Message);
        Assert.Equal("ColumnIndexOutOfRange", Assert.Throws<GnnReRankException>(() => FeatureSelector.Select(s_matrix, null, [3])).ErrorId);
    }
}
