using GnnReRank.Storage;

namespace GnnReRank.Tests.Data.Joining;

/// <summary>Matrices joined by rows and by columns, worked by hand.</summary>
public sealed class FeatureJoinerTests
{
    private static readonly FeatureMatrix s_first = new([3, 4, 0, 2], 2, 2, [1, 2], [5, 6], ["a", "b"], FeatureRole.Gallery, "one");

    [Fact]
    public void RowsFollowEachOther()
    {
        FeatureMatrix joined = FeatureJoiner.Append([s_first, new([6, 8], 1, 2, [9], [7], ["c"], FeatureRole.Gallery, "two")]);
        Assert.Equal(new float[,] { { 3, 4 }, { 0, 2 }, { 6, 8 } }, joined.ToArray());
        Assert.Equal([1L, 2, 9], joined.Labels!);
        Assert.Equal([5, 6, 7], joined.Cameras!);
        Assert.Equal(["a", "b", "c"], joined.Names!);
        Assert.Equal((FeatureRole.Gallery, "one + two"), (joined.Role, joined.Source));
        Assert.Equal([1f / 5, 1f / 2, 1f / 10], joined.InverseNorms.ToArray());
    }

    [Fact]
    public void ColumnsLieSideBySide()
    {
        FeatureMatrix joined = FeatureJoiner.Concatenate([s_first, new([0, 0, 7, 0, 24, 0], 2, 3, [1, 2], role: FeatureRole.Query)]);
        Assert.Equal(new float[,] { { 3, 4, 0, 0, 7 }, { 0, 2, 0, 24, 0 } }, joined.ToArray());
        Assert.Equal([1L, 2], joined.Labels!);
        Assert.Equal(["a", "b"], joined.Names!);
        Assert.Equal(FeatureRole.None, joined.Role);
    }

    [Fact]
    public void PartsCanBeNormalizedFirst()
    {
        FeatureMatrix joined = FeatureJoiner.Concatenate([s_first, new([5, 12, 0, 0], 2, 2)], normalize: true);
        float[] expected = [0.6f, 0.8f, 5f / 13, 12f / 13, 0, 1, 0, 0];
        Assert.Equal(expected, joined.ToArray().Cast<float>(), (left, right) => MathF.Abs(left - right) <= 1e-6f);
    }

    [Fact]
    public void RowsCanBeMatchedByName()
    {
        FeatureMatrix other = new([10, 20], 2, 1, [2, 1], names: ["b", "a"]);
        FeatureMatrix joined = FeatureJoiner.Concatenate([s_first, other], matchNames: true);
        Assert.Equal(new float[,] { { 3, 4, 20 }, { 0, 2, 10 } }, joined.ToArray());
        Assert.Equal([1L, 2], joined.Labels!);
        AssertError("RowsDisagree", () => FeatureJoiner.Concatenate([s_first, other]), "Row 0", "'1'", "'2'", "-MatchNames");
    }

    [Fact]
    public void HalvesStayWhereAllAreHalves()
    {
        FeatureMatrix half = FeatureMatrix.Adopt(
            new ArrayStorage<Half>([(Half)1.5f, (Half)2, (Half)3, (Half)0.25f], 2, 2), null, null, null, FeatureRole.None, null, null);
        FeatureMatrix below = FeatureJoiner.Append([half, half]);
        Assert.Equal(FeatureElementType.Float16, below.ElementType);
        Assert.Equal(new float[,] { { 1.5f, 2 }, { 3, 0.25f }, { 1.5f, 2 }, { 3, 0.25f } }, below.ToArray());
        FeatureMatrix beside = FeatureJoiner.Concatenate([half, half]);
        Assert.Equal(FeatureElementType.Float16, beside.ElementType);
        Assert.Equal(new float[,] { { 1.5f, 2, 1.5f, 2 }, { 3, 0.25f, 3, 0.25f } }, beside.ToArray());
        Assert.Equal(FeatureElementType.Float32, FeatureJoiner.Concatenate([half, s_first]).ElementType);
        Assert.Equal(FeatureElementType.Float32, FeatureJoiner.Append([half, new([1, 2], 1, 2)]).ElementType);
    }

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        FeatureMatrix bare = new([1, 2], 1, 2, source: "bare");
        AssertError("PartlyKnownRows", () => FeatureJoiner.Append([s_first, bare]), "Matrix 2 ('bare') has no labels", "Matrix 1 ('one')");
        AssertError("MatricesDoNotFit", () => FeatureJoiner.Append([s_first, new([1f], 1, 1)]), "Matrix 2 has 1 columns", "has 2");
        AssertError("MatricesDoNotFit", () => FeatureJoiner.Concatenate([s_first, bare]), "1 rows", "has 2");
        AssertError("TooFewMatrices", () => FeatureJoiner.Append([]), "0 matrices");
        AssertError("TooFewMatrices", () => FeatureJoiner.Concatenate([s_first]), "1 matrices");
        AssertError("RowsDisagree", () => FeatureJoiner.Concatenate([s_first, new([1f, 2], 2, 1, cameras: [5, 7])]), "Row 1", "camera '6'", "'7'");
    }

    [Fact]
    public void RefusesNamesThatDoNotMatch()
    {
        AssertError("NamesMissing", () => FeatureJoiner.Concatenate([s_first, new([1f, 2], 2, 1)], matchNames: true), "Matrix 2 has no names");
        AssertError("DuplicateName", () => FeatureJoiner.Concatenate([s_first, new([1f, 2], 2, 1, names: ["a", "a"])], matchNames: true), "'a'", "rows 0 and 1");
        AssertError("NameNotFound", () => FeatureJoiner.Concatenate([s_first, new([1f, 2], 2, 1, names: ["a", "x"])], matchNames: true), "'b'", "row 1");
    }

    private static void AssertError(string id, Func<FeatureMatrix> join, params string[] parts)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(join);
        Assert.Equal(id, error.ErrorId);
        Assert.All(parts, part => Assert.Contains(part, error.Message));
    }
}
