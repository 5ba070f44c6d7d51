namespace GnnReRank.Tests.Datasets.Landmarks;

public sealed class GldReaderTests
{
    internal const string Solution = "id,images,Usage\nu1,b,Public\np1,a c,Private\ni1,None,Ignored\np2,f,Private\n";
    internal const string Index = "id\na\nb\nc\nd\ne\nf\n";

    [Theory]
    [InlineData(null, "p1 p2")]
    [InlineData("Private", "p1 p2")]
    [InlineData("Public", "u1")]
    [InlineData("Both", "u1 p1 p2")]
    public void ReadsTheQueriesOfAVariant(string? variant, string queries)
    {
        RetrievalDataset dataset = Read(Solution, Index, variant);
        Assert.Equal(EvaluationProtocol.Gldv2, dataset.Protocol);
        Assert.Equal(queries.Split(' '), dataset.QueryImages.Select(image => image.Name));
        Assert.Equal(["a", "b", "c", "d", "e", "f"], dataset.GalleryImages.Select(image => image.Name));
        Assert.Equal(queries.Split(' '), dataset.GroundTruth!.QueryNames!);
    }

    [Theory]
    [InlineData("index.csv", Index)]
    [InlineData("index_image_to_landmark.csv", "id,landmark_id\na,1\nb,2\nc,1\nd,3\ne,4\nf,5\n")]
    public void ReadsTheListsAsRowsOfTheIndex(string file, string index)
    {
        RetrievalDataset dataset = Read(Solution, index, null, file);
        LandmarkAssert.Lists(dataset.GroundTruth!.Queries[0], [0, 2], [], [], null);
        LandmarkAssert.Lists(dataset.GroundTruth.Queries[1], [5], [], [], null);
        Assert.DoesNotContain(dataset.Warnings, warning => warning.Contains("index.csv"));
    }

    [Fact]
    public void WithoutTheIndexTheFeaturesMakeTheGallery()
    {
        FeatureMatrix gallery = LandmarkAssert.Features("d", "index/c/c/c/c.jpg", "f", "a");
        RetrievalDataset dataset = Read(Solution, null, null, options: new DatasetReadOptions { Gallery = gallery });
        Assert.Equal(["a", "c", "f", "d"], dataset.Gallery!.Names!);
        LandmarkAssert.Lists(dataset.GroundTruth!.Queries[0], [0, 1], [], [], null);
        Assert.Equal(4, dataset.GroundTruth.GalleryCount);
        Assert.Contains(dataset.Warnings, warning => warning.Contains("no index.csv"));
        Assert.Contains(dataset.Warnings, warning => warning.StartsWith("1 feature rows", StringComparison.Ordinal));
    }

    [Fact]
    public void AListedImageThatIsNotInTheIndexCounts()
    {
        RetrievalDataset dataset = Read(Solution, "id\na\nb\nc\n", null);
        Assert.Equal(["a", "b", "c", "f"], dataset.GalleryImages.Select(image => image.Name));
        LandmarkAssert.Lists(dataset.GroundTruth!.Queries[1], [3], [], [], null);
        Assert.Contains(dataset.Warnings, warning => warning.StartsWith("1 images that queries list", StringComparison.Ordinal));
    }

    [Fact]
    public void AQueryWithoutImagesStaysAndARepeatedImageCountsOnce()
    {
        RetrievalDataset dataset = Read("id,images,Usage\np1,None,Private\np2,,Private\np3,a b a,Private\n", Index, null);
        Assert.Equal([0, 0, 2], dataset.GroundTruth!.Queries.Select(query => query.Easy.Count));
        Assert.Contains(dataset.Warnings, warning => warning.StartsWith("2 queries list no image", StringComparison.Ordinal));
        Assert.Contains(dataset.Warnings, warning => warning.StartsWith("1 images are listed twice", StringComparison.Ordinal));
    }

    // More ids than a block of the reader, and rows past 16 bits.
    [Fact]
    public void ReadsALongIndex()
    {
        const int count = 100_000;
        string index = "id\n" + string.Concat(Enumerable.Range(0, count).Select(id => $"{id:x16}\n"));
        RetrievalDataset dataset = Read($"id,images,Usage\np1,{99_999:x16} {70_000:x16} {3:x16},Private\n", index, null);
        Assert.Equal(count, dataset.GalleryImages.Count);
        LandmarkAssert.Lists(dataset.GroundTruth!.Queries[0], [99_999, 70_000, 3], [], [], null);
    }

    [Theory]
    [InlineData("id,landmarks,Usage\np1,1,Private\n", "first line")]
    [InlineData("id,images,Usage\np1,a,Secret\n", "'Secret'")]
    [InlineData("id,images,Usage\np1,a,Private\np1,b,Public\n", "'p1' again")]
    [InlineData("id,images,Usage\nu1,a,Public\n", "no query has the Usage Private")]
    public void RefusesWhatIsNoRetrievalSolution(string solution, string part) =>
        LandmarkAssert.Refused("DatasetFileMalformed", () => Read(solution, Index, null), part);

    [Theory]
    [InlineData("landmark_id\n1\n", "start with id")]
    [InlineData("id\na\nb\na\n", "'a' again")]
    public void RefusesWhatIsNoIndex(string index, string part) =>
        LandmarkAssert.Refused("DatasetFileMalformed", () => Read(Solution, index, null), part);

    [Fact]
    public void RefusesTwoSolutionsAndNone()
    {
        using TemporaryFolder folder = new();
        LandmarkAssert.Refused("DatasetFileNotFound", () => RetrievalDatasets.Read(DatasetKind.Gldv2, folder.Path), "retrieval_solution_v2.1.csv");
        File.WriteAllText(folder["retrieval_solution_v2.csv"], Solution);
        File.WriteAllText(folder["retrieval_solution_v2.1.csv"], Solution);
        LandmarkAssert.Refused("SeveralDatasets", () => RetrievalDatasets.Read(DatasetKind.Gldv2, folder.Path), "retrieval_solution_v2.1.csv");
        Assert.Equal(2, RetrievalDatasets.Read(DatasetKind.Gldv2, folder["retrieval_solution_v2.1.csv"]).QueryImages.Count);
    }

    internal static RetrievalDataset Read(
        string solution, string? index, string? variant, string indexFile = "index.csv", DatasetReadOptions? options = null)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["retrieval_solution_v2.1.csv"], solution);
        if (index is not null)
        {
            File.WriteAllText(folder[indexFile], index);
        }

        return RetrievalDatasets.Read(DatasetKind.Gldv2, folder.Path, (options ?? new DatasetReadOptions()) with { Variant = variant });
    }
}
