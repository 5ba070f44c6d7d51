namespace GnnReRank.Tests.Datasets.Landmarks;

/// <summary>Truth as published, features, a ranking and the official rules, each worked out by hand.</summary>
public sealed class LandmarkProtocolTests
{
    private const int Digits = 12;

    // Trapezoids over the list without junk: query 1 ranks 13, (150 is junk), 1, 26, 55. Positives 13, 26, 55 at 0-based ranks 0, 2, 3:
    // (1 + 1)/2 = 1, (1/2 + 2/3)/2 = 7/12, (2/3 + 3/4)/2 = 17/24; their sum 55/24 over 3 is 55/72. Query 2: one positive at rank 1,
    // (0 + 1/2)/2 = 1/4. The mean of 55/72 and 18/72 is 73/144.
    [Fact]
    public void OxfordByHand()
    {
        using TemporaryFolder folder = new();
        OxfordFiles.Write(folder.Path);
        OxfordFiles.WriteImages(folder["images"], OxfordFiles.Images);
        DatasetReadOptions options = new() { Features = LandmarkAssert.Features(OxfordFiles.Images) };
        RetrievalDataset dataset = RetrievalDatasets.Read(DatasetKind.Oxford5k, folder.Path, options);
        Ranking ranking = LandmarkAssert.Ranked(
            dataset,
            "all_souls_000013 all_souls_000150 oxford_000001 all_souls_000026 all_souls_000055 ashmolean_000058 oxford_000002",
            "oxford_000001 ashmolean_000058 all_souls_000013 all_souls_000150 all_souls_000026 all_souls_000055 oxford_000002");
        RetrievalAccuracy accuracy = Assert.Single(Measure(dataset, ranking));
        Assert.Equal(55.0 / 72, accuracy.PerQuery[0].AveragePrecision!.Value, Digits);
        Assert.Equal(73.0 / 144, accuracy.mAP!.Value, Digits);
    }

    // Query 1 (easy 1 4, hard 2, junk 0) ranks 0 1 2 3 4 ..; query 2 (hard 3) ranks 7 3 ..; query 3 (easy 5, junk 6 7) ranks 6 5 7 ...
    // Easy: query 1 without 0 and 2 is 1 3 4: ranks 0 and 2, (1 + (1/2 + 2/3)/2)/2 = 19/24; query 2 has no positive and leaves; query 3 is 1.
    //   mAP (19/24 + 1)/2 = 43/48. mP@1 is 1; the last positive of query 1 is third, so mP@5 is (2/3 + 1)/2 = 5/6.
    // Medium: query 1 without 0 is 1 2 3 4: ranks 0, 1, 3, (1 + 1 + 17/24)/3 = 65/72; query 2 (0 + 1/2)/2 = 1/4; query 3 is 1.
    //   mAP (65 + 18 + 72)/72/3 = 155/216. mP@1 (1 + 0 + 1)/3 = 2/3; mP@5 (3/4 + 1/2 + 1)/3 = 3/4.
    // Hard: query 1 without 0, 1 and 4 is 2 ..: 1; query 2 is 1/4; query 3 leaves. mAP 5/8. mP@1 (1 + 0)/2; mP@5 (1 + 1/2)/2 = 3/4.
    [Theory]
    [InlineData("gnd_roxford5k.pkl")]
    [InlineData("gnd_roxford5k.mat")]
    public void RevisitedOxfordByHand(string file)
    {
        RetrievalDataset bare = RetrievalDatasets.Read(DatasetKind.ROxford5k, TestPaths.Data("datasets", file));
        string[] names = [.. bare.GalleryImages.Select(image => image.Name)];
        RetrievalDataset dataset = RetrievalDatasets.Read(DatasetKind.ROxford5k, TestPaths.Data("datasets", file), new DatasetReadOptions
        {
            Query = LandmarkAssert.Features([.. bare.QueryImages.Select(image => $"jpg/{image.Name}.jpg")]),
            Gallery = LandmarkAssert.Features([.. names.Select(name => $"jpg/{name}.jpg")]),
        });
        Ranking ranking = LandmarkAssert.Ranked(dataset, Named(names, 0, 1, 2, 3, 4, 5, 6, 7), Named(names, 7, 3, 0, 1, 2, 4, 5, 6), Named(names, 6, 5, 7, 0, 1, 2, 3, 4));
        IReadOnlyList<RetrievalAccuracy> setups = Measure(dataset, ranking);
        Assert.Equal([Difficulty.Easy, Difficulty.Medium, Difficulty.Hard], setups.Select(setup => setup.Difficulty!.Value));
        AssertSetup(setups[0], valid: 2, mean: 43.0 / 48, at1: 1, at5: 5.0 / 6);
        AssertSetup(setups[1], valid: 3, mean: 155.0 / 216, at1: 2.0 / 3, at5: 3.0 / 4);
        AssertSetup(setups[2], valid: 2, mean: 5.0 / 8, at1: 1.0 / 2, at5: 3.0 / 4);
    }

    // A distractor before everything: query 2 of Hard has its positive at rank 2, (0 + 1/3)/2 = 1/6.
    [Fact]
    public void DistractorsAreNegatives()
    {
        RetrievalDataset bare = RetrievalDatasets.Read(DatasetKind.ROxford5k, TestPaths.Data("datasets", "gnd_roxford5k.mat"));
        string[] images = [.. bare.GalleryImages.Select(image => image.Name)];
        string[] names = [.. images, "revisitop1m/1"];
        DatasetReadOptions options = new() { Features = LandmarkAssert.Features([.. names, .. bare.QueryImages.Select(image => image.Name)]) };
        string path = TestPaths.Data("datasets", "gnd_roxford5k.mat");
        Assert.Equal(8, RetrievalDatasets.Read(DatasetKind.ROxford5k, path, options).Gallery!.RowCount);
        RetrievalDataset dataset = RetrievalDatasets.Read(DatasetKind.ROxford5k, path, options with { Variant = "WithDistractors" });
        Assert.Equal(names, dataset.Gallery!.Names!);
        string list = Named(names, 8, 7, 3, 0, 1, 2, 4, 5, 6);
        IReadOnlyList<RetrievalAccuracy> setups = Measure(dataset, LandmarkAssert.Ranked(dataset, list, list, list));
        Assert.Equal(1.0 / 6, setups[2].PerQuery[1].AveragePrecision!.Value, Digits);
    }

    // Private queries: p1 (a c) ranks a b c: (1 + 2/3)/min(2, 100) = 5/6; p2 (f) ranks f last of 6: 1/6. The mean is 1/2.
    // Both: u1 (b) ranks a b: 1/2, which is the mean of the others too; a query without images gives 0 and counts: 1.5/4 = 3/8.
    [Theory]
    [InlineData(GldReaderTests.Solution, "Private", 1.0 / 2)]
    [InlineData(GldReaderTests.Solution, "Both", 1.0 / 2)]
    [InlineData(GldReaderTests.Solution + "p3,None,Private\n", "Both", 3.0 / 8)]
    public void GoogleLandmarksByHand(string solution, string variant, double mean)
    {
        DatasetReadOptions options = new()
        {
            Query = LandmarkAssert.Features("p1", "p2", "p3", "u1"), Gallery = LandmarkAssert.Features("a", "b", "c", "d", "e", "f"),
        };
        RetrievalDataset dataset = GldReaderTests.Read(solution, GldReaderTests.Index, variant, options: options);
        Ranking ranking = LandmarkAssert.Ranked(dataset, [.. Enumerable.Repeat("a b c d e f", dataset.Query!.RowCount)]);
        RetrievalAccuracy accuracy = Assert.Single(Measure(dataset, ranking));
        Assert.Equal(mean, (accuracy.mAP ?? accuracy.mAPAtDepth)!.Value, Digits);
    }

    private static IReadOnlyList<RetrievalAccuracy> Measure(RetrievalDataset dataset, Ranking ranking) =>
        RetrievalEvaluator.MeasureAll(ranking, new EvaluationSettings { Protocol = dataset.Protocol, GroundTruth = dataset.GroundTruth });

    private static string Named(string[] names, params int[] rows) => string.Join(' ', rows.Select(row => names[row]));

    private static void AssertSetup(RetrievalAccuracy accuracy, int valid, double mean, double at1, double at5)
    {
        Assert.Equal(valid, accuracy.ValidQueryCount);
        Assert.Equal(mean, accuracy.mAP!.Value, Digits);
        Assert.Equal([1, 5, 10], accuracy.MeanPrecisions.Select(entry => entry.Rank));
        Assert.Equal(at1, accuracy.MeanPrecisions[0].Precision, Digits);
        Assert.Equal(at5, accuracy.MeanPrecisions[1].Precision, Digits);
        Assert.Equal(at5, accuracy.MeanPrecisions[2].Precision, Digits);
    }
}
