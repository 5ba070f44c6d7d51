using GnnReRank.Datasets.Model;

namespace GnnReRank.Tests.Datasets;

/// <summary>What holds of every data set: its protocol, its variants, and what an error says of a folder that is not as published.</summary>
public sealed class RetrievalDatasetsTests
{
    [Theory]
    [InlineData(DatasetKind.Market1501, EvaluationProtocol.Market1501)]
    [InlineData(DatasetKind.Cuhk03Classic, EvaluationProtocol.Cuhk03Classic)]
    [InlineData(DatasetKind.VehicleId, EvaluationProtocol.VehicleId)]
    [InlineData(DatasetKind.University1652, EvaluationProtocol.University1652)]
    [InlineData(DatasetKind.Paris6k, EvaluationProtocol.OxfordParis)]
    [InlineData(DatasetKind.RParis6k, EvaluationProtocol.RevisitedOxfordParis)]
    [InlineData(DatasetKind.Gldv2, EvaluationProtocol.Gldv2)]
    [InlineData(DatasetKind.Cars196, EvaluationProtocol.LeaveOneOut)]
    public void ADataSetHasItsProtocol(DatasetKind kind, EvaluationProtocol expected) => Assert.Equal(expected, DatasetProtocols.Of(kind));

    [Fact]
    public void TheUsualVariantComesFirst()
    {
        Assert.Equal(["Full", "WithoutJunk"], RetrievalDatasets.VariantsOf(DatasetKind.Market1501));
        Assert.Equal(["800", "1600", "2400"], RetrievalDatasets.VariantsOf(DatasetKind.VehicleId));
        Assert.Empty(RetrievalDatasets.VariantsOf(DatasetKind.DukeMtmc));
    }

    [Theory]
    [InlineData(DatasetKind.VehicleId, "It has: 800, 1600, 2400.")]
    [InlineData(DatasetKind.DukeMtmc, "It has one form")]
    public void AnUnknownVariantIsAnErrorThatNamesTheKnownOnes(DatasetKind kind, string expected)
    {
        using DatasetTree tree = new();
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => RetrievalDatasets.Read(kind, tree.Path, new DatasetReadOptions { Variant = "900" }));
        Assert.Equal("UnknownVariant", error.ErrorId);
        Assert.Contains(expected, error.Message);
    }

    [Theory]
    [InlineData(DatasetKind.Market1501, "no folder 'query'", "query and bounding_box_test")]
    [InlineData(DatasetKind.DukeMtmc, "no folder 'query'", "query and bounding_box_test")]
    [InlineData(DatasetKind.Msmt17, "no file 'list_query.txt'", "list_gallery.txt")]
    [InlineData(DatasetKind.Cuhk03NP, "no file 'cuhk03_new_protocol_config_detected.mat'", "a folder 'detected'")]
    [InlineData(DatasetKind.VeRi776, "no folder 'image_query'", "name_query.txt")]
    [InlineData(DatasetKind.VehicleId, "no file 'train_test_split/test_list_800.txt'", "'0000001 1'")]
    [InlineData(DatasetKind.University1652, "no folder 'query_drone'", "gallery_satellite")]
    [InlineData(DatasetKind.StanfordOnlineProducts, "no file 'Ebay_test.txt'", "class_id")]
    [InlineData(DatasetKind.Cub200, "no file 'image_class_labels.txt'", "images.txt")]
    [InlineData(DatasetKind.Cars196, "no file 'cars_annos.mat'", "annotations")]
    public void AFolderOfAnotherLayoutSaysWhatWasLookedForFoundAndExpected(DatasetKind kind, string lookedFor, string expected)
    {
        using DatasetTree tree = new("photos/cat.jpg");
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => RetrievalDatasets.Read(kind, tree.Path));
        Assert.Equal("DatasetFileNotFound", error.ErrorId);
        Assert.Contains(lookedFor, error.Message);
        Assert.Contains("it has 'photos'", error.Message);
        Assert.Contains(expected, error.Message);
        Assert.Contains(tree.Path, error.Message);
    }

    [Fact]
    public void AFileWhereAFolderIsNeededSaysSo()
    {
        using DatasetTree tree = new("market.zip");
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => RetrievalDatasets.Read(DatasetKind.Market1501, tree["market.zip"]));
        Assert.Contains("is a file", error.Message);
    }

    [Fact]
    public void AFolderWithoutImagesSaysWhatItHas()
    {
        using DatasetTree tree = new("query/readme.txt", "bounding_box_test/0002_c3s1_000551_01.jpg");
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => RetrievalDatasets.Read(DatasetKind.Market1501, tree.Path));
        Assert.Equal("DatasetFolderWithoutImages", error.ErrorId);
        Assert.Contains("'readme.txt'", error.Message);
    }

    [Fact]
    public void AnEmptyListSaysWhatALineLooksLike()
    {
        using DatasetTree tree = new();
        tree.Write("test_list_800.txt", string.Empty, "  ");
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => RetrievalDatasets.Read(DatasetKind.VehicleId, tree.Path));
        Assert.Equal("DatasetListEmpty", error.ErrorId);
    }

    [Fact]
    public void AMissingPathIsNotFound()
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => RetrievalDatasets.Read(DatasetKind.Market1501, "no/such/place"));
        Assert.Equal("DatasetNotFound", error.ErrorId);
    }

    [Fact]
    public void AnotherSizeThanThePublishedOneIsTold()
    {
        using DatasetTree tree = new("query/0002_c1s1_000451_03.jpg", "bounding_box_test/0002_c3s1_000551_01.jpg");
        RetrievalDataset set = RetrievalDatasets.Read(DatasetKind.Market1501, tree.Path);
        Assert.Contains(set.Warnings, line => line.Contains("3,368 queries as published, and 1 were found"));
        Assert.Contains(set.Warnings, line => line.Contains("19,732 gallery images as published, and 1 were found"));
    }

    [Fact]
    public void TheReadingCanBeStopped()
    {
        using DatasetTree tree = new("query/0002_c1s1_000451_03.jpg", "bounding_box_test/0002_c3s1_000551_01.jpg");
        DatasetReadOptions options = new() { CancellationToken = new CancellationToken(canceled: true) };
        Assert.Throws<OperationCanceledException>(() => RetrievalDatasets.Read(DatasetKind.Market1501, tree.Path, options));
    }

    [Fact]
    public void ADataSetWithFeaturesShowsBothCounts()
    {
        using DatasetTree tree = new("query/0002_c1s1_000451_03.jpg", "bounding_box_test/0002_c3s1_000551_01.jpg");
        FeatureMatrix features = new([1, 0, 0, 1], 2, 2, names: ["0002_c1s1_000451_03", "0002_c3s1_000551_01"]);
        RetrievalDataset set = RetrievalDatasets.Read(DatasetKind.Market1501, tree.Path, new DatasetReadOptions { Features = features });
        Assert.Equal("Market1501 (Full): 1 queries, 1 gallery images, with features of 1 and 1", set.ToString());
        Assert.Equal([0f, 1f], set.Gallery!.GetRow(0));
    }
}
