namespace GnnReRank.Tests.Data.Joining;

/// <summary>Means of rows worked out by hand, and the multi-query features of a plain loop.</summary>
public sealed class FeatureMergerTests
{
    [Fact]
    public void RowsOfOneLabelAndCameraBecomeTheMeanOfTheirDirections()
    {
        // 3, 4 and 0, 2 point to 0.6, 0.8 and 0, 1; the third row is of another camera, the fourth junk as the sixth is.
        FeatureMatrix merged = FeatureMerger.Merge(new FeatureMatrix(
            [3, 4, 0, 5, 1, 0, 0, 2, 2, 0, 0, 1], 6, 2, labels: [7, 9, -1, 7, 7, -1], cameras: [1, 1, 1, 1, 2, 1],
            names: ["a", "b", "c", "d", "e", "f"], role: FeatureRole.Query, source: "x.mat"));
        Assert.Equal([7, 9, -1, 7, -1], merged.Labels!);
        Assert.Equal([1, 1, 1, 2, 1], merged.Cameras!);
        Assert.Equal(["a", "b", "c", "e", "f"], merged.Names!);
        Assert.Equal([0.3f, 0.9f], merged.GetRow(0));
        Assert.Equal([0f, 1f], merged.GetRow(1));
        Assert.Equal([1f, 0f], merged.GetRow(3));
        Assert.Equal((FeatureRole.Query, "x.mat"), (merged.Role, merged.Source));
    }

    [Fact]
    public void RowsAreAveragedAsTheyAreWhereThatIsAskedFor()
    {
        FeatureMatrix merged = FeatureMerger.Merge(new FeatureMatrix([3, 4, 1, 0, 0, 2], 3, 2, labels: [7, 8, 7]), normalize: false);
        Assert.Equal([1.5f, 3f], merged.GetRow(0));
        Assert.Equal([1f, 0f], merged.GetRow(1));
    }

    [Theory]
    [InlineData(null, "7 8", null)] // no cameras: by label
    [InlineData(FeatureGrouping.Label, "7 8", null)]
    [InlineData(FeatureGrouping.Name, "7 8 7", "a b c")]
    public void GroupsGoByWhatIsAskedFor(FeatureGrouping? grouping, string labels, string? names)
    {
        FeatureMatrix merged = FeatureMerger.Merge(
            new FeatureMatrix([1, 0, 0, 1, 0, 1, 1, 0], 4, 2, labels: [7, 8, 7, 7], names: ["a", "b", "c", "c"]), grouping);
        Assert.Equal(labels, string.Join(' ', merged.Labels!));
        Assert.Equal(names ?? "a b", string.Join(' ', merged.Names!));
    }

    [Fact]
    public void GroupsByLabelAloneHaveNoCamera()
    {
        FeatureMatrix matrix = new([1, 0, 0, 1], 2, 2, labels: [7, 7], cameras: [1, 2]);
        Assert.Null(FeatureMerger.Merge(matrix, FeatureGrouping.Label).Cameras);
        Assert.Equal(2, FeatureMerger.Merge(matrix).RowCount);
    }

    [Fact]
    public void RowsWithoutANameAndRowsOfZerosStayWhatTheyAre()
    {
        FeatureMatrix merged = FeatureMerger.Merge(new FeatureMatrix([1, 2, 0, 0], 4, 1, names: ["", "", "z", "z"]), FeatureGrouping.Name);
        Assert.Equal(["", "", "z"], merged.Names!);
        Assert.Equal([0f], merged.GetRow(2));
    }

    [Fact]
    public void LargeValuesDoNotOverflowTheSum()
    {
        FeatureMatrix matrix = new([float.MaxValue, 0, float.MaxValue, 0, 0, 0], 3, 2, labels: [1, 1, 1]);
        Assert.Equal([(float)(2.0 / 3), 0f], FeatureMerger.Merge(matrix).GetRow(0));
        Assert.Equal([(float)(2.0 / 3 * float.MaxValue), 0f], FeatureMerger.Merge(matrix, normalize: false).GetRow(0));
    }

    [Theory]
    [InlineData(FeatureElementType.Float32)]
    [InlineData(FeatureElementType.Float16)]
    public void TheMultiQueryFeaturesAreThoseOfAPlainLoop(FeatureElementType elementType)
    {
        const int rows = 200;
        const int dimension = 19;
        Random random = new(3);
        Half[] values = [.. Enumerable.Range(0, rows * dimension).Select(_ => (Half)(random.NextSingle() - 0.5f))];
        long[] labels = [.. Enumerable.Range(0, rows).Select(_ => random.NextInt64(-1, 20))];
        int[] cameras = [.. Enumerable.Range(0, rows).Select(_ => random.Next(4))];
        FeatureMatrix matrix = new([.. values.Select(value => (float)value)], rows, dimension, labels, cameras);
        if (elementType == FeatureElementType.Float16)
        {
            matrix = FeatureMatrix.Adopt(new GnnReRank.Storage.ArrayStorage<Half>(values, rows, dimension), labels, cameras, null, FeatureRole.None, null, null);
        }

        FeatureMatrix merged = FeatureMerger.Merge(matrix);
        Assert.Equal(FeatureElementType.Float32, merged.ElementType);
        HashSet<int> left = [.. Enumerable.Range(0, rows)];
        for (int group = 0; group < merged.RowCount; group++)
        {
            int first = left.Min();
            int[] members = labels[first] == -1 ? [first] : [.. left.Where(row => labels[row] == labels[first] && cameras[row] == cameras[first])];
            left.ExceptWith(members);
            for (int column = 0; column < dimension; column++)
            {
                double mean = members.Order().Average(row => matrix[row, column] / Math.Sqrt(matrix.GetRow(row).Sum(value => (double)value * value)));
                Assert.Equal(mean, merged[group, column], 1e-7);
            }
        }

        Assert.Empty(left);
    }

    [Theory]
    [InlineData(FeatureGrouping.Label, "LabelsMissing")]
    [InlineData(FeatureGrouping.LabelAndCamera, "LabelsMissing")]
    [InlineData(FeatureGrouping.Name, "NamesMissing")]
    public void WhatIsNotKnownCannotGroup(FeatureGrouping grouping, string errorId) => Assert.Equal(
        errorId, Assert.Throws<GnnReRankException>(() => FeatureMerger.Merge(new FeatureMatrix([1], 1, 1), grouping)).ErrorId);

    [Fact]
    public void CamerasMustBeKnownWhereTheyAreAskedFor() => Assert.Equal("CamerasMissing", Assert.Throws<GnnReRankException>(
        () => FeatureMerger.Merge(new FeatureMatrix([1], 1, 1, labels: [1]), FeatureGrouping.LabelAndCamera)).ErrorId);

    [Theory]
    [InlineData(new long[] { 1, 2 }, null, "labels")]
    [InlineData(new long[] { 1, 1 }, new[] { 1, 2 }, "cameras")]
    public void RowsOfOneNameMustAgree(long[] labels, int[]? cameras, string what)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => FeatureMerger.Merge(new FeatureMatrix([1, 2], 2, 1, labels, cameras, ["a", "a"]), FeatureGrouping.Name));
        Assert.Equal("RowsDisagree", error.ErrorId);
        Assert.Contains($"Rows 0 and 1 (0-based) are both named 'a' and have different {what}", error.Message);
    }

    [Fact]
    public void TheAveragingCanBeStopped() => Assert.Throws<OperationCanceledException>(() => FeatureMerger.Merge(
        new FeatureMatrix([1], 1, 1, labels: [1]), options: new ComputeOptions { CancellationToken = new CancellationToken(canceled: true) }));
}
