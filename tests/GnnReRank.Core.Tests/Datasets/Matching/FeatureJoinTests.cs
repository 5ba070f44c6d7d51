using GnnReRank.Datasets.Matching;
using GnnReRank.Datasets.Model;

namespace GnnReRank.Tests.Datasets.Matching;

/// <summary>Joins worked out by hand: row i of every matrix here is (i + 1, 10), so a row's first value says where it came from.</summary>
public sealed class FeatureJoinTests
{
    private static readonly DatasetTruth s_truth = new(
        [new DatasetImage("query/0001_c1.jpg", 1, 1), new DatasetImage("query/0002_c1.jpg", 2, 1)],
        [new DatasetImage("gallery/0001_c2.jpg", 1, 2), new DatasetImage("gallery/0002_c2.jpg", 2, 2), new DatasetImage("gallery/-1_c3.jpg", -1, 3)]);

    [Theory]
    [InlineData("query/0001_c1.jpg")]
    [InlineData("query\\0001_c1.jpg")]
    [InlineData("./query/0001_c1.jpg")]
    [InlineData("/data/market/query/0001_c1.jpg")]
    [InlineData("0001_c1.jpg")]
    [InlineData("0001_c1")]
    [InlineData("query/0001_c1.npy")]
    [InlineData("other/0001_c1.jpg")]
    [InlineData("/elsewhere/0001_c1.PNG")]
    public void ANameMatchesByPathFileOrStem(string name)
    {
        JoinedFeatures joined = FeatureJoin.Join(s_truth, new DatasetReadOptions { Query = Matrix("0002_c1", name) });
        Assert.Equal([2f, 1f], FirstValues(joined.Query!));
        Assert.Equal([1L, 2L], joined.Query!.Labels);
        Assert.Equal([1, 1], joined.Query.Cameras);
        Assert.Equal(["query/0001_c1.jpg", "query/0002_c1.jpg"], joined.Query.Names);
        Assert.Equal(FeatureRole.Query, joined.Query.Role);
        Assert.Null(joined.Gallery);
        Assert.Empty(joined.Warnings);
    }

    [Fact]
    public void OneMatrixServesBothSetsInTheDataSetsOrder()
    {
        FeatureMatrix all = Matrix("-1_c3", "0002_c2", "0002_c1", "0001_c2", "0001_c1");
        JoinedFeatures joined = FeatureJoin.Join(s_truth, new DatasetReadOptions { Features = all });
        Assert.Equal([5f, 3f], FirstValues(joined.Query!));
        Assert.Equal([4f, 2f, 1f], FirstValues(joined.Gallery!));
        Assert.Equal([1L, 2L, -1L], joined.Gallery!.Labels);
        Assert.Equal(FeatureRole.Gallery, joined.Gallery.Role);
        Assert.Empty(joined.UnmatchedFeatures);
    }

    [Fact]
    public void WhatFindsNoPartnerIsListedAndSummedUp()
    {
        JoinedFeatures joined = FeatureJoin.Join(
            s_truth, new DatasetReadOptions { Query = Matrix("0002_c1", "0009_c9"), Gallery = Matrix("0001_c2", "0002_c2", "-1_c3") });
        Assert.Equal([1f], FirstValues(joined.Query!));
        Assert.Equal([2L], joined.Query!.Labels);
        Assert.Equal([new UnmatchedImage(FeatureRole.Query, s_truth.Query[0])], joined.UnmatchedImages);
        Assert.Equal([new UnmatchedFeature(FeatureRole.Query, 1, "0009_c9")], joined.UnmatchedFeatures);
        Assert.Collection(
            joined.Warnings,
            line => Assert.StartsWith("1 of 2 queries have no feature row and are left out: 'query/0001_c1.jpg'.", line),
            line => Assert.StartsWith("1 feature rows of the query name no image of the data set and are left out: '0009_c9'.", line));
    }

    [Fact]
    public void WhereAllAreRequiredAMissingImageIsAnError()
    {
        DatasetReadOptions options = new() { Features = Matrix("0001_c1", "0001_c2", "0002_c2", "-1_c3"), RequireAll = true };
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => FeatureJoin.Join(s_truth, options));
        Assert.Equal("DatasetIncomplete", error.ErrorId);
        Assert.Contains("'query/0002_c1.jpg'", error.Message);
    }

    [Fact]
    public void AnImageThatFitsTwoRowsIsAnErrorThatNamesBoth()
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => FeatureJoin.Join(s_truth, new DatasetReadOptions { Query = Matrix("a/0001_c1.jpg", "0002_c1", "b/0001_c1.jpg") }));
        Assert.Equal("AmbiguousImageName", error.ErrorId);
        Assert.Contains("row 0 'a/0001_c1.jpg' and row 2 'b/0001_c1.jpg'", error.Message);
    }

    [Fact]
    public void TheRowWithMoreOfTheFoldersWins()
    {
        FeatureMatrix query = Matrix("0001_c1.jpg", "/x/query/0001_c1.jpg", "0002_c1");
        JoinedFeatures joined = FeatureJoin.Join(s_truth, new DatasetReadOptions { Query = query });
        Assert.Equal([2f, 3f], FirstValues(joined.Query!));
        Assert.Equal([new UnmatchedFeature(FeatureRole.Query, 0, "0001_c1.jpg")], joined.UnmatchedFeatures);
    }

    // Neither shares a folder with the image: the one that names as many folders is meant.
    [Fact]
    public void OfTwoRowsThatFitAlikeTheOneOfTheSameDepthWins()
    {
        DatasetTruth truth = new([new DatasetImage("a.jpg", 1)], [new DatasetImage("g.jpg", 1)]);
        JoinedFeatures joined = FeatureJoin.Join(truth, new DatasetReadOptions { Query = Matrix("thumbs/a.jpg", "a.jpg") });
        Assert.Equal([2f], FirstValues(joined.Query!));
    }

    [Fact]
    public void InOrderRowsBehindAnOpenGallerysImagesAreItsNegatives()
    {
        GroundTruth lists = new([new QueryTruth { Easy = [0] }], galleryCount: 1, ["q"], ["a"]);
        DatasetTruth truth = new([new DatasetImage("q")], [new DatasetImage("a")], lists) { GalleryIsOpen = true };
        JoinedFeatures joined = FeatureJoin.Join(truth, new DatasetReadOptions { Gallery = Unnamed(3), InOrder = true });
        Assert.Equal([1f, 2f, 3f], FirstValues(joined.Gallery!));
        Assert.Equal(3, joined.GroundTruth!.GalleryCount);
    }

    // As in University-1652, where every building has an image-01.
    [Fact]
    public void ARowThatFitsTwoImagesOfASetIsAnErrorThatNamesBoth()
    {
        DatasetImage[] images = [new DatasetImage("0001/image-01.jpeg", 1), new DatasetImage("0002/image-01.jpeg", 2)];
        DatasetTruth truth = new(images, [new DatasetImage("gallery/0001.jpg", 1)]);
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => FeatureJoin.Join(truth, new DatasetReadOptions { Query = Matrix("image-01.jpeg") }));
        Assert.Equal("AmbiguousFeatureName", error.ErrorId);
        Assert.Contains("'0001/image-01.jpeg' and '0002/image-01.jpeg'", error.Message);
    }

    // 0002's row is missing: 0001's, which has its own image, must not stand in for it.
    [Fact]
    public void ARowThatHasItsImageDoesNotServeAnotherOfTheSameFileName()
    {
        DatasetImage[] images = [new DatasetImage("query/0001/image-01.jpeg", 1), new DatasetImage("query/0002/image-01.jpeg", 2)];
        DatasetTruth truth = new(images, [new DatasetImage("gallery/0001.jpg", 1)]);
        JoinedFeatures joined = FeatureJoin.Join(truth, new DatasetReadOptions { Query = Matrix("/data/query/0001/image-01.jpeg") });
        Assert.Equal([1L], joined.Query!.Labels);
        Assert.Equal("query/0002/image-01.jpeg", Assert.Single(joined.UnmatchedImages).Image.Name);
    }

    // As in VeRi-776, whose queries lie in the gallery too.
    [Fact]
    public void QueryAndGalleryMayShareARowOfABareName()
    {
        DatasetTruth truth = new([new DatasetImage("image_query/a.jpg", 1, 1)], [new DatasetImage("image_test/a.jpg", 1, 1), new DatasetImage("image_test/b.jpg", 1, 2)]);
        JoinedFeatures joined = FeatureJoin.Join(truth, new DatasetReadOptions { Features = Matrix("b", "a") });
        Assert.Equal([2f], FirstValues(joined.Query!));
        Assert.Equal([2f, 1f], FirstValues(joined.Gallery!));
    }

    [Fact]
    public void InOrderRowsAreTakenAsTheyComeQueriesFirst()
    {
        JoinedFeatures joined = FeatureJoin.Join(s_truth, new DatasetReadOptions { Features = Unnamed(5), InOrder = true });
        Assert.Equal([1f, 2f], FirstValues(joined.Query!));
        Assert.Equal([3f, 4f, 5f], FirstValues(joined.Gallery!));
        Assert.Equal(["gallery/0001_c2.jpg", "gallery/0002_c2.jpg", "gallery/-1_c3.jpg"], joined.Gallery!.Names);
    }

    [Fact]
    public void InOrderTheRowsMustBeAsManyAsTheImages()
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => FeatureJoin.Join(s_truth, new DatasetReadOptions { Gallery = Unnamed(4), InOrder = true }));
        Assert.Equal("RowCountNotImageCount", error.ErrorId);
        Assert.Contains("have 4 rows, and the data set has 3 images", error.Message);
    }

    [Fact]
    public void FeaturesWithoutNamesAreNotGuessedAt()
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => FeatureJoin.Join(s_truth, new DatasetReadOptions { Gallery = Unnamed(3) }));
        Assert.Equal("FeaturesWithoutNames", error.ErrorId);
        Assert.Contains("-InOrder", error.Message);
    }

    [Fact]
    public void FeaturesOfAnotherDataSetAreAnErrorThatShowsNamesOfBoth()
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => FeatureJoin.Join(s_truth, new DatasetReadOptions { Query = Matrix("cat", "dog") }));
        Assert.Equal("NoImageHasFeatures", error.ErrorId);
        Assert.Contains("'query/0001_c1.jpg'", error.Message);
        Assert.Contains("'cat', 'dog'", error.Message);
    }

    [Fact]
    public void OneSetKeepsItsRowsOnceInBothRoles()
    {
        DatasetImage[] images = [new DatasetImage("a.jpg", 1), new DatasetImage("b.jpg", 1), new DatasetImage("c.jpg", 2)];
        JoinedFeatures joined = FeatureJoin.Join(new DatasetTruth(images, images), new DatasetReadOptions { Features = Matrix("c", "a") });
        Assert.Equal([2f, 1f], FirstValues(joined.Query!));
        Assert.Same(joined.Query!.Storage, joined.Gallery!.Storage);
        Assert.Equal((FeatureRole.Query, FeatureRole.Gallery), (joined.Query.Role, joined.Gallery.Role));
        Assert.StartsWith("1 of 3 images have no feature row", Assert.Single(joined.Warnings));
        Assert.Single(joined.UnmatchedImages);
    }

    [Fact]
    public void OneSetInTwoMatricesTellsWhatEachLacks()
    {
        DatasetImage[] images = [new DatasetImage("a.jpg", 1), new DatasetImage("b.jpg", 1), new DatasetImage("c.jpg", 2)];
        JoinedFeatures joined = FeatureJoin.Join(
            new DatasetTruth(images, images), new DatasetReadOptions { Query = Matrix("a", "b", "c"), Gallery = Matrix("c", "a") });
        Assert.Equal([new UnmatchedImage(FeatureRole.Gallery, images[1])], joined.UnmatchedImages);
        Assert.StartsWith("1 of 3 gallery images have no feature row", Assert.Single(joined.Warnings));
        Assert.Equal([2f, 1f], FirstValues(joined.Gallery!));
    }

    // Query 0 is left out; gallery rows 0 1 2 3 become - 0 - 1, and query 1 keeps easy 3 -> 1, hard 1 -> 0, and loses its easy 2.
    [Fact]
    public void TheGroundTruthIsRenumberedAndLostPositivesAreTold()
    {
        GroundTruth lists = new(
            [new QueryTruth { Easy = [0] }, new QueryTruth { Easy = [2, 3], Hard = [1], Junk = [0], Region = [1, 2, 3, 4] }],
            galleryCount: 4, ["q0", "q1"], ["g0", "g1", "g2", "g3"]);
        DatasetTruth truth = new(
            [new DatasetImage("q0"), new DatasetImage("q1")], [.. lists.GalleryNames!.Select(name => new DatasetImage(name))], lists);
        JoinedFeatures joined = FeatureJoin.Join(truth, new DatasetReadOptions { Query = Matrix("q1"), Gallery = Matrix("g3", "g1") });
        QueryTruth query = Assert.Single(joined.GroundTruth!.Queries);
        Assert.Equal([1], query.Easy);
        Assert.Equal([0], query.Hard);
        Assert.Empty(query.Junk);
        Assert.Equal([1d, 2d, 3d, 4d], query.Region);
        Assert.Equal(["g1", "g3"], joined.GroundTruth.GalleryNames);
        Assert.Equal([2f, 1f], FirstValues(joined.Gallery!));
        Assert.Null(joined.Gallery!.Labels);
        Assert.Contains(joined.Warnings, line => line.StartsWith("1 of 3 positives of the ground truth have no feature row", StringComparison.Ordinal));
    }

    [Fact]
    public void AllFeaturesBesideThoseOfASetAreRefused()
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => FeatureJoin.Check(new DatasetReadOptions { Features = Unnamed(1), Query = Unnamed(1) }));
        Assert.Equal("FeaturesAndSets", error.ErrorId);
    }

    private static FeatureMatrix Matrix(params string[] names) => new(Values(names.Length), names.Length, 2, names: names);

    private static FeatureMatrix Unnamed(int rows) => new(Values(rows), rows, 2);

    private static float[] Values(int rows) => [.. Enumerable.Range(0, rows).SelectMany(row => new[] { row + 1f, 10f })];

    private static float[] FirstValues(FeatureMatrix matrix) => [.. Enumerable.Range(0, matrix.RowCount).Select(row => matrix[row, 0])];
}
