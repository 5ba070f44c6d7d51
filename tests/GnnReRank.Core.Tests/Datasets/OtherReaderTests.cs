using GnnReRank.Datasets.Model;

namespace GnnReRank.Tests.Datasets;

/// <summary>Vehicles, buildings, products, birds and cars: trees after the published naming, expectations by hand.</summary>
public sealed class OtherReaderTests
{
    [Fact]
    public void VeRiKeepsTheOrderOfItsLists()
    {
        using DatasetTree tree = new();
        tree.Write("name_query.txt", "0014_c003_00012345_0.jpg", "0002_c002_00030600_0.jpg");
        tree.Write("name_test.txt", "0002_c020_00030670_0.jpg");
        RetrievalDataset set = RetrievalDatasets.Read(DatasetKind.VeRi776, tree.Path);
        Assert.Equal(
            [new DatasetImage("image_query/0014_c003_00012345_0.jpg", 14, 3), new DatasetImage("image_query/0002_c002_00030600_0.jpg", 2, 2)],
            set.QueryImages);
        Assert.Equal([new DatasetImage("image_test/0002_c020_00030670_0.jpg", 2, 20)], set.GalleryImages);
        Assert.Equal(EvaluationProtocol.Market1501, set.Protocol);
    }

    [Fact]
    public void VeRiWithoutListsTakesItsFolders()
    {
        using DatasetTree tree = new("image_query/0014_c003_00012345_0.jpg", "image_query/0002_c002_00030600_0.jpg", "image_test/0002_c020_00030670_0.jpg");
        RetrievalDataset set = RetrievalDatasets.Read(DatasetKind.VeRi776, tree.Path);
        Assert.Equal([2L, 14L], set.QueryImages.Select(image => image.Label!.Value));
        Assert.Equal([new DatasetImage("image_test/0002_c020_00030670_0.jpg", 2, 20)], set.GalleryImages);
    }

    [Theory]
    [InlineData(null, "", 8L)]
    [InlineData("1600", "", 16L)]
    [InlineData(null, "train_test_split/test_list_2400.txt", 24L)]
    public void VehicleIdIsOneSetOfTheListThatIsNamed(string? variant, string file, long label)
    {
        using DatasetTree tree = new();
        tree.Write("train_test_split/test_list_800.txt", "0011450 8");
        tree.Write("train_test_split/test_list_1600.txt", "0011450 16");
        tree.Write("train_test_split/test_list_2400.txt", "0011450 24", "0011451 24");
        RetrievalDataset set = RetrievalDatasets.Read(DatasetKind.VehicleId, tree[file.Split('/')], new DatasetReadOptions { Variant = variant });
        Assert.Same(set.QueryImages, set.GalleryImages);
        Assert.Equal(new DatasetImage("0011450", label), set.QueryImages[0]);
        Assert.Equal(EvaluationProtocol.VehicleId, set.Protocol);
    }

    [Fact]
    public void LinesOfAListAreReadOneAtATimeAsTheirTextsAreManyTimesTheFile()
    {
        using DatasetTree tree = new();
        tree.Write("list.txt", "0011450 8", "0011451");
        IEnumerable<DatasetLine> lines = DatasetLine.Read(tree["list.txt"], fields: 2, "image vehicle", hasHeader: false, TestContext.Current.CancellationToken);
        Assert.Equal(8L, lines.First().Whole(1));
        Assert.Equal("DatasetLineUnusable", Assert.Throws<GnnReRankException>(() => lines.Count()).ErrorId);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("DroneToSatellite", "test")]
    public void UniversityHasAFolderABuilding(string? variant, string inside)
    {
        using DatasetTree tree = new(
            "test/query_drone/0839/image-01.jpeg", "test/query_drone/0000/image-01.jpeg", "test/query_drone/0000/image-02.jpeg",
            "test/gallery_satellite/0839/0839.jpg");
        RetrievalDataset set = RetrievalDatasets.Read(DatasetKind.University1652, tree[inside], new DatasetReadOptions { Variant = variant });
        string before = inside.Length == 0 ? "test/" : string.Empty;
        Assert.Equal(
            [
                new DatasetImage($"{before}query_drone/0000/image-01.jpeg", 0),
                new DatasetImage($"{before}query_drone/0000/image-02.jpeg", 0),
                new DatasetImage($"{before}query_drone/0839/image-01.jpeg", 839),
            ],
            set.QueryImages);
        Assert.Equal([new DatasetImage($"{before}gallery_satellite/0839/0839.jpg", 839)], set.GalleryImages);
        Assert.Equal(("DroneToSatellite", EvaluationProtocol.University1652), (set.Variant, set.Protocol));
    }

    [Fact]
    public void UniversityTheOtherWayRoundTakesTheOtherFolders()
    {
        using DatasetTree tree = new("query_satellite/0001/0001.jpg", "gallery_drone/0001/image-54.jpeg");
        RetrievalDataset set = RetrievalDatasets.Read(DatasetKind.University1652, tree.Path, new DatasetReadOptions { Variant = "SatelliteToDrone" });
        Assert.Equal([new DatasetImage("query_satellite/0001/0001.jpg", 1)], set.QueryImages);
        Assert.Equal([new DatasetImage("gallery_drone/0001/image-54.jpeg", 1)], set.GalleryImages);
    }

    [Fact]
    public void AFolderThatIsNoBuildingIsNamed()
    {
        using DatasetTree tree = new("query_drone/old/image-01.jpeg", "gallery_satellite/0001/0001.jpg");
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => RetrievalDatasets.Read(DatasetKind.University1652, tree.Path));
        Assert.Equal("DatasetNamesDoNotFit", error.ErrorId);
        Assert.Contains("'query_drone/old'", error.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ProductsAreReadUnderTheirHeaderAndNoneIsLostWithoutOne(bool hasHeader)
    {
        using DatasetTree tree = new();
        string[] lines =
        [
            "image_id class_id super_class_id path", "59552 11319 1 bicycle_final/251952414262_0.JPG", "59553 11319 1 bicycle_final/251952414262_1.JPG",
        ];
        tree.Write("Ebay_test.txt", hasHeader ? lines : lines[1..]);
        RetrievalDataset set = RetrievalDatasets.Read(DatasetKind.StanfordOnlineProducts, tree.Path);
        Assert.Same(set.QueryImages, set.GalleryImages);
        Assert.Equal(
            [new DatasetImage("bicycle_final/251952414262_0.JPG", 11319), new DatasetImage("bicycle_final/251952414262_1.JPG", 11319)], set.QueryImages);
        Assert.Equal(EvaluationProtocol.LeaveOneOut, set.Protocol);
    }

    [Fact]
    public void BirdsAreThoseOfTheSecondHundredClasses()
    {
        using DatasetTree tree = new();
        tree.Write("images.txt", "1 100.Brown_Pelican/a.jpg", "2 101.White_Pelican/b.jpg", "3 200.Common_Yellowthroat/c.jpg");
        tree.Write("image_class_labels.txt", "1 100", "3 200", "2 101");
        RetrievalDataset set = RetrievalDatasets.Read(DatasetKind.Cub200, tree.Path);
        Assert.Equal([new DatasetImage("101.White_Pelican/b.jpg", 101), new DatasetImage("200.Common_Yellowthroat/c.jpg", 200)], set.QueryImages);
    }

    [Fact]
    public void ABirdWithoutAClassIsNamed()
    {
        using DatasetTree tree = new();
        tree.Write("images.txt", "1 100.Brown_Pelican/a.jpg", "7 101.White_Pelican/b.jpg");
        tree.Write("image_class_labels.txt", "1 100");
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => RetrievalDatasets.Read(DatasetKind.Cub200, tree.Path));
        Assert.Contains("line 2 is image 7", error.Message);
    }

    // The fixture's five images are of the classes 1, 98, 99, 99 and 196.
    [Theory]
    [InlineData("")]
    [InlineData("cars_annos_v73.mat")]
    public void CarsAreThoseOfTheSecondNinetyEightClassesOfBothHalves(string file)
    {
        RetrievalDataset set = RetrievalDatasets.Read(DatasetKind.Cars196, TestPaths.Data("datasets", file));
        Assert.Equal(
            [new DatasetImage("car_ims/000003.jpg", 99), new DatasetImage("car_ims/000004.jpg", 99), new DatasetImage("car_ims/000005.jpg", 196)],
            set.QueryImages);
        Assert.Contains(set.Warnings, line => line.Contains("8,131"));
    }
}
