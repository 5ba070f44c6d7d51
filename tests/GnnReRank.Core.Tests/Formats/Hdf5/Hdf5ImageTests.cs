namespace GnnReRank.Tests.Formats.Hdf5;

/// <summary>Files with a dataset for each image; make_hdf5_fixtures.py says what is in them, created in another order than that of the names.</summary>
public sealed class Hdf5ImageTests
{
    [Theory]
    [InlineData("image_datasets.h5", null, "")]
    [InlineData("image_groups.h5", null, "")]
    [InlineData("image_groups.h5", "vector_of_image", "")]
    [InlineData("hloc.h5", null, "db/")]
    [InlineData("hloc.h5", "Global_Descriptor", "db/")]
    public void ADatasetIsARowWithItsName(string file, string? features, string folder)
    {
        FeatureMatrix matrix = Hdf5Fixtures.Read(file, features);
        Formulas.AssertFeatures(matrix, 12, 5, Formulas.Feature);
        Assert.Equal(
            Enumerable.Range(0, 12).Select(row => $"{(row < 8 || folder.Length == 0 ? folder : "query/night/")}img_{row:00}.jpg"), matrix.Names!);
        Assert.Equal(file == "hloc.h5" ? FeatureElementType.Float16 : FeatureElementType.Float32, matrix.ElementType);
    }

    [Fact]
    public void RowsAreTakenByTheirNames()
    {
        FeatureMatrix matrix = Assert.Single(FeatureFile.Read(
            TestPaths.Data("hdf5", "hloc.h5"), new FeatureReadOptions { Rows = new RowSelection { Names = ["query/*"] } }).Matrices);
        Formulas.AssertFeatures(matrix, 4, 5, (row, column) => Formulas.Feature(row + 8, column));
    }

    [Fact]
    public void VectorsAreAlike()
    {
        GnnReRankException error = Hdf5Fixtures.Refused("image_unlike.h5");
        Assert.Equal("UnlikeVectors", error.ErrorId);
        Assert.Contains("dataset 'img_07.jpg' holds 4 numbers of type float32, and 'img_00.jpg' 5 numbers", error.Message);
    }

    [Theory]
    [InlineData("image_datasets.h5", "12 images ('img_00.jpg'")]
    [InlineData("hloc.h5", "12 images ('db/img_00.jpg'")]
    public void ThereAreNoSets(string file, string expected)
    {
        GnnReRankException error = Formulas.Refused(TestPaths.Data("hdf5", file), new FeatureReadOptions { Sets = [FeatureRole.Query] });
        Assert.Equal("UnsupportedContent", error.ErrorId);
        Assert.Contains(expected, error.Message);
    }

    [Theory]
    [InlineData("no_images.h5", null)]
    [InlineData("groups_latest.h5", "item00")]
    [InlineData("image_datasets.h5", "absent")]
    public void WhatIsNoneOfImagesIsReadAsBefore(string file, string? features)
    {
        GnnReRankException error = Hdf5Fixtures.Refused(file, features);
        Assert.Equal(features == "item00" ? "WrongArrayShape" : "ColumnNotFound", error.ErrorId);
    }

    [Fact]
    public void CanBeStopped()
    {
        using CancellationTokenSource source = new();
        FeatureReadOptions options = new() { Compute = new ComputeOptions { CancellationToken = source.Token, Progress = new ProgressCallback(_ => source.Cancel()) } };
        Assert.ThrowsAny<OperationCanceledException>(() => FeatureFile.Read(TestPaths.Data("hdf5", "hloc.h5"), options));
    }
}
