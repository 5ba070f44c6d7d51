using GnnReRank.Datasets.Identity;

namespace GnnReRank.Tests.Datasets;

/// <summary>Trees after the published naming; labels and cameras read off the names by hand.</summary>
public sealed class PersonReaderTests
{
    [Fact]
    public void MarketTakesLabelAndCameraFromTheFileNamesAndKeepsJunkAndDistractors()
    {
        using DatasetTree tree = new(
            "query/0002_c1s1_000451_03.jpg", "query/1501_c6s4_001902_01.jpg", "bounding_box_train/0007_c3s3_077419_03.jpg",
            "bounding_box_test/0002_c3s1_000551_01.jpg", "bounding_box_test/-1_c1s1_000401_03.jpg", "bounding_box_test/0000_c5s2_000101_01.jpg");
        tree.Write("query/Thumbs.db");
        RetrievalDataset set = RetrievalDatasets.Read(DatasetKind.Market1501, tree.Path);
        Assert.Equal(
            [new DatasetImage("query/0002_c1s1_000451_03.jpg", 2, 1), new DatasetImage("query/1501_c6s4_001902_01.jpg", 1501, 6)], set.QueryImages);
        Assert.Equal(
            [
                new DatasetImage("bounding_box_test/-1_c1s1_000401_03.jpg", -1, 1),
                new DatasetImage("bounding_box_test/0000_c5s2_000101_01.jpg", 0, 5),
                new DatasetImage("bounding_box_test/0002_c3s1_000551_01.jpg", 2, 3),
            ],
            set.GalleryImages);
        Assert.Equal((EvaluationProtocol.Market1501, "Full"), (set.Protocol, set.Variant));
        Assert.Null(set.Query);
        Assert.Null(set.GroundTruth);
    }

    [Fact]
    public void MarketWithoutJunkDropsTheImagesLabelledMinusOne()
    {
        using DatasetTree tree = new(
            "query/0002_c1s1_000451_03.jpg", "bounding_box_test/-1_c1s1_000401_03.jpg", "bounding_box_test/0000_c5s2_000101_01.jpg");
        RetrievalDataset set = RetrievalDatasets.Read(DatasetKind.Market1501, tree.Path, new DatasetReadOptions { Variant = "withoutjunk" });
        Assert.Equal([new DatasetImage("bounding_box_test/0000_c5s2_000101_01.jpg", 0, 5)], set.GalleryImages);
        Assert.Equal("WithoutJunk", set.Variant);
        Assert.Contains(set.Warnings, line => line.Contains("15,913 gallery images as published, and 1 were found"));
    }

    [Fact]
    public void DukeReadsItsFramesAsMarketDoes()
    {
        using DatasetTree tree = new("query/0005_c2_f0046985.jpg", "bounding_box_test/0005_c8_f0051341.jpg");
        RetrievalDataset set = RetrievalDatasets.Read(DatasetKind.DukeMtmc, tree.Path);
        Assert.Equal([new DatasetImage("query/0005_c2_f0046985.jpg", 5, 2)], set.QueryImages);
        Assert.Equal([new DatasetImage("bounding_box_test/0005_c8_f0051341.jpg", 5, 8)], set.GalleryImages);
        Assert.Null(set.Variant);
    }

    [Fact]
    public void ImagesWithoutAFittingNameAreSummedUp()
    {
        using DatasetTree tree = new("query/0005_c2_f0046985.jpg", "query/holiday.jpg", "bounding_box_test/0005_c8_f0051341.jpg");
        RetrievalDataset set = RetrievalDatasets.Read(DatasetKind.DukeMtmc, tree.Path);
        Assert.Single(set.QueryImages);
        Assert.Contains(set.Warnings, line => line.Contains("1 images of 'query'") && line.Contains("'query/holiday.jpg'"));
    }

    [Fact]
    public void MsmtTakesTheCameraFromTheThirdNumberAndTheLabelFromTheList()
    {
        using DatasetTree tree = new();
        tree.Write("list_query.txt", "0000/0000_000_01_0303morning_0015_0.jpg 0", "0001/0001_001_15_0302noon_1000_0.jpg 1", string.Empty);
        tree.Write("list_gallery.txt", "0000/0000_005_07_0303morning_0020_1.jpg 0");
        RetrievalDataset set = RetrievalDatasets.Read(DatasetKind.Msmt17, tree.Path);
        Assert.Equal(
            [new DatasetImage("0000/0000_000_01_0303morning_0015_0.jpg", 0, 1), new DatasetImage("0001/0001_001_15_0302noon_1000_0.jpg", 1, 15)],
            set.QueryImages);
        Assert.Equal([new DatasetImage("0000/0000_005_07_0303morning_0020_1.jpg", 0, 7)], set.GalleryImages);
        Assert.Equal(EvaluationProtocol.Market1501, set.Protocol);
    }

    [Theory]
    [InlineData("0000/0000_000_01_0303morning_0015_0.jpg", "line 2 has 1 fields")]
    [InlineData("0000/0000_000_01_0303morning_0015_0.jpg zero", "line 2 has 'zero' where a whole number is expected")]
    [InlineData("0000/photo.jpg 0", "line 2 names '0000/photo.jpg'")]
    public void ALineOfAnotherKindIsNamed(string line, string expected)
    {
        using DatasetTree tree = new();
        tree.Write("list_query.txt", "0000/0000_000_01_0303morning_0015_0.jpg 0", line);
        tree.Write("list_gallery.txt", "0000/0000_005_07_0303morning_0020_1.jpg 0");
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => RetrievalDatasets.Read(DatasetKind.Msmt17, tree.Path));
        Assert.Equal("DatasetLineUnusable", error.ErrorId);
        Assert.Contains(expected, error.Message);
        Assert.Contains("list_query.txt", error.Message);
    }

    // The fixture's rows 3 and 7 are its queries, 4, 5 and 6 its gallery (1-based).
    [Fact]
    public void Cuhk03NPTakesTheSplitFromTheMatFileOfTheFolder()
    {
        RetrievalDataset set = RetrievalDatasets.Read(DatasetKind.Cuhk03NP, TestPaths.Data("datasets"));
        Assert.Equal([new DatasetImage("1_002_1_01.png", 2, 1), new DatasetImage("2_001_2_06.png", 3, 2)], set.QueryImages);
        Assert.Equal(
            [new DatasetImage("1_002_2_06.png", 2, 2), new DatasetImage("1_002_2_07.png", 2, 2), new DatasetImage("2_001_1_01.png", 3, 1)],
            set.GalleryImages);
        Assert.Equal("Detected", set.Variant);
    }

    [Theory]
    [InlineData("cuhk03_new_protocol_config_labeled.mat", null)]
    [InlineData("cuhk03_new_protocol_config_labeled_v73.mat", null)]
    [InlineData("", "Labeled")]
    public void TheFileOrTheVariantSaysWhichBoxes(string file, string? variant)
    {
        RetrievalDataset set = RetrievalDatasets.Read(
            DatasetKind.Cuhk03NP, TestPaths.Data("datasets", file), new DatasetReadOptions { Variant = variant });
        Assert.Equal([new DatasetImage("2_001_1_01.png", 3, 1)], set.QueryImages);
        Assert.Equal("Labeled", set.Variant);
        Assert.Contains(set.Warnings, line => line.Contains("5,328"));
    }

    [Fact]
    public void AVariantThatContradictsTheFileIsRefused()
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => RetrievalDatasets.Read(
            DatasetKind.Cuhk03NP, TestPaths.Data("datasets", "cuhk03_new_protocol_config_labeled.mat"), new DatasetReadOptions { Variant = "Detected" }));
        Assert.Equal("VariantContradictsFile", error.ErrorId);
    }

    [Theory]
    [InlineData("cuhk03_outside.mat", 8)]
    [InlineData("cuhk03_zero.mat", 0)]
    public void AnIndexOutsideTheImagesIsRefused(string file, int image)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => RetrievalDatasets.Read(DatasetKind.Cuhk03NP, TestPaths.Data("datasets", file)));
        Assert.Equal("CorruptFile", error.ErrorId);
        Assert.Contains($"'query_idx' names image {image}, and 'filelist' has 1 to 7", error.Message);
    }

    [Fact]
    public void TheFileSaysWhoItIsAndNotItsFolder()
    {
        DatasetImage image = Assert.Single(NamedImages.Parse(["0009_c9/0002_c1s1_000451_03.jpg"], FileNamePatterns.Person(), "here", [], CancellationToken.None));
        Assert.Equal((2L, 1), (image.Label!.Value, image.Camera!.Value));
    }

    [Fact]
    public void Cuhk03NPAlsoComesInMarketsLayout()
    {
        using DatasetTree tree = new("detected/query/0003_c1_22.png", "detected/bounding_box_test/0003_c2_6.png");
        RetrievalDataset set = RetrievalDatasets.Read(DatasetKind.Cuhk03NP, tree.Path);
        Assert.Equal([new DatasetImage("detected/query/0003_c1_22.png", 3, 1)], set.QueryImages);
        Assert.Equal([new DatasetImage("detected/bounding_box_test/0003_c2_6.png", 3, 2)], set.GalleryImages);
    }

    [Fact]
    public void Cuhk03ClassicIsOneSetOfBothViewsAndTellsPersonsOfDifferentPairsApart()
    {
        using DatasetTree tree = new("1_001_1_01.png", "1_001_2_06.png", "2_001_1_01.png");
        RetrievalDataset set = RetrievalDatasets.Read(DatasetKind.Cuhk03Classic, tree.Path);
        Assert.Same(set.QueryImages, set.GalleryImages);
        Assert.Equal(["1_001_1_01.png", "1_001_2_06.png", "2_001_1_01.png"], set.QueryImages.Select(image => image.Name));
        Assert.Equal([1, 2, 1], set.QueryImages.Select(image => image.Camera!.Value));
        Assert.Equal(set.QueryImages[0].Label, set.QueryImages[1].Label);
        Assert.NotEqual(set.QueryImages[0].Label, set.QueryImages[2].Label);
        Assert.Equal(EvaluationProtocol.Cuhk03Classic, set.Protocol);
    }
}
