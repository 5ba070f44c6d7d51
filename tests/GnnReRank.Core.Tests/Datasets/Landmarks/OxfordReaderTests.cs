namespace GnnReRank.Tests.Datasets.Landmarks;

public sealed class OxfordReaderTests
{
    [Fact]
    public void ReadsTheTextFilesAndTheFolderOfImages()
    {
        using TemporaryFolder folder = new();
        OxfordFiles.Write(folder["gt_files"]);
        OxfordFiles.WriteImages(folder["images"], OxfordFiles.Images);
        RetrievalDataset dataset = RetrievalDatasets.Read(DatasetKind.Oxford5k, folder.Path);
        Assert.Equal(EvaluationProtocol.OxfordParis, dataset.Protocol);
        Assert.Equal(["all_souls_000013", "ashmolean_000058"], dataset.QueryImages.Select(image => image.Name));
        Assert.Equal(OxfordFiles.Images, dataset.GalleryImages.Select(image => image.Name));
        LandmarkAssert.Lists(dataset.GroundTruth!.Queries[0], [0, 1], [2], [3], [136.5, 34.1, 648.5, 955.7]);
        LandmarkAssert.Lists(dataset.GroundTruth.Queries[1], [4], [], [], [1, 2, 3, 4]);
        Assert.Contains(dataset.Warnings, warning => warning.Contains("55 queries"));
    }

    [Fact]
    public void QueriesComeByLandmarkAndNumber()
    {
        using TemporaryFolder folder = new();
        foreach (string name in new[] { "b_2", "b_10", "a_1", "b_1" })
        {
            OxfordFiles.WriteQuery(folder.Path, name, $"oxc1_{name} 1 2 3 4", name, string.Empty, string.Empty);
        }

        Assert.Equal(["a_1", "b_1", "b_2", "b_10"], RetrievalDatasets.Read(DatasetKind.Oxford5k, folder.Path).QueryImages.Select(image => image.Name));
    }

    // The lists name no negative: without images, any other feature row is one. The query's image is in the data base.
    [Fact]
    public void WithoutImagesTheFeaturesMakeTheGallery()
    {
        using TemporaryFolder folder = new();
        OxfordFiles.Write(folder.Path);
        FeatureMatrix features = LandmarkAssert.Features(
            "oxford5k/jpg/oxford_000002.jpg", "oxford5k/jpg/all_souls_000150.jpg", "all_souls_000013.jpg", "all_souls_000026", "all_souls_000055.png",
            "/data/ashmolean_000058.jpg", "oxford_000001");
        RetrievalDataset dataset = RetrievalDatasets.Read(DatasetKind.Oxford5k, folder.Path, new DatasetReadOptions { Features = features });
        Assert.Equal([3f, 6f], dataset.Query!.ToArray().Cast<float>());
        Assert.Equal([.. OxfordFiles.Images[..5], "oxford5k/jpg/oxford_000002.jpg", "oxford_000001"], dataset.Gallery!.Names!);
        Assert.Equal([3f, 4f, 5f, 2f, 6f, 1f, 7f], dataset.Gallery.ToArray().Cast<float>());
        Assert.Equal(7, dataset.GroundTruth!.GalleryCount);
        LandmarkAssert.Lists(dataset.GroundTruth.Queries[0], [0, 1], [2], [3], [136.5, 34.1, 648.5, 955.7]);
        Assert.Empty(dataset.UnmatchedFeatures);
        Assert.Contains(dataset.Warnings, warning => warning.StartsWith("2 feature rows", StringComparison.Ordinal));
    }

    [Fact]
    public void FeaturesOfSomethingElseAreNotAllNegatives()
    {
        using TemporaryFolder folder = new();
        OxfordFiles.Write(folder.Path);
        DatasetReadOptions options = new() { Gallery = LandmarkAssert.Features("cat", "dog") };
        LandmarkAssert.Refused("NoImageHasFeatures", () => RetrievalDatasets.Read(DatasetKind.Oxford5k, folder.Path, options), "'cat'");
    }

    [Fact]
    public void RowsInOrderNeedAnOrder()
    {
        using TemporaryFolder folder = new();
        OxfordFiles.Write(folder.Path);
        DatasetReadOptions options = new() { InOrder = true, Gallery = LandmarkAssert.Features(OxfordFiles.Images) };
        LandmarkAssert.Refused("DatasetWithoutOrder", () => RetrievalDatasets.Read(DatasetKind.Oxford5k, folder.Path, options), "no order");
        OxfordFiles.WriteImages(folder["images"], OxfordFiles.Images);
        Assert.Equal(7, RetrievalDatasets.Read(DatasetKind.Oxford5k, folder.Path, options).Gallery!.RowCount);
    }

    [Fact]
    public void ParisLeavesItsCorruptedImagesOutUnlessAListNamesThem()
    {
        using TemporaryFolder folder = new();
        OxfordFiles.WriteQuery(
            folder["gt"], "louvre_1", "paris_louvre_000001 1 2 3 4", "paris_louvre_000001\nparis_louvre_000146", string.Empty, string.Empty);
        OxfordFiles.WriteImages(folder["paris", "louvre"], "paris_louvre_000001", "paris_louvre_000136", "paris_louvre_000146");
        OxfordFiles.WriteImages(folder["paris", "general"], "paris_general_000002");
        RetrievalDataset dataset = RetrievalDatasets.Read(DatasetKind.Paris6k, folder.Path);
        Assert.Equal(["paris_general_000002", "paris_louvre_000001", "paris_louvre_000146"], dataset.GalleryImages.Select(image => image.Name));
        Assert.Contains(dataset.Warnings, warning => warning.StartsWith("1 images that the authors of Paris-6k name as corrupted", StringComparison.Ordinal));
    }

    [Fact]
    public void AListedImageThatIsNotInTheFolderCounts()
    {
        using TemporaryFolder folder = new();
        OxfordFiles.Write(folder.Path);
        OxfordFiles.WriteImages(folder["images"], OxfordFiles.Images[1..]);
        RetrievalDataset dataset = RetrievalDatasets.Read(DatasetKind.Oxford5k, folder.Path);
        Assert.Equal([.. OxfordFiles.Images[1..], OxfordFiles.Images[0]], dataset.GalleryImages.Select(image => image.Name));
        LandmarkAssert.Lists(dataset.GroundTruth!.Queries[0], [6, 0], [1], [2], [136.5, 34.1, 648.5, 955.7]);
        Assert.Contains(dataset.Warnings, warning => warning.StartsWith("1 listed images", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("oxc1_a 1 2 3")]
    [InlineData("oxc1_a 1 2 3 4 5")]
    [InlineData("oxc1_a 1 2 3 x")]
    [InlineData("oxc1_a 1 2 3 Infinity")]
    [InlineData("oxc1_a 1 2 3 4\noxc1_b 1 2 3 4")]
    [InlineData("")]
    public void RefusesAMalformedQuery(string query)
    {
        using TemporaryFolder folder = new();
        OxfordFiles.WriteQuery(folder.Path, "a_1", query, "a", string.Empty, string.Empty);
        LandmarkAssert.Refused("DatasetFileMalformed", () => RetrievalDatasets.Read(DatasetKind.Oxford5k, folder.Path), "a_1_query.txt");
    }

    [Fact]
    public void RefusesAMalformedOrMissingList()
    {
        using TemporaryFolder folder = new();
        OxfordFiles.WriteQuery(folder.Path, "a_1", "oxc1_a 1 2 3 4", "a b", string.Empty, string.Empty);
        LandmarkAssert.Refused("DatasetFileMalformed", () => RetrievalDatasets.Read(DatasetKind.Oxford5k, folder.Path), "a_1_good.txt");
        File.Delete(folder["a_1_good.txt"]);
        LandmarkAssert.Refused("DatasetFileNotFound", () => RetrievalDatasets.Read(DatasetKind.Oxford5k, folder.Path), "a_1_good.txt");
    }

    [Fact]
    public void RefusesAFolderWithoutAndWithTwoDatasets()
    {
        using TemporaryFolder folder = new();
        LandmarkAssert.Refused("DatasetFileNotFound", () => RetrievalDatasets.Read(DatasetKind.Oxford5k, folder.Path), "_query.txt");
        OxfordFiles.Write(folder["oxford"]);
        OxfordFiles.Write(folder["paris"]);
        LandmarkAssert.Refused("SeveralDatasets", () => RetrievalDatasets.Read(DatasetKind.Oxford5k, folder.Path), "one data set");
    }
}
