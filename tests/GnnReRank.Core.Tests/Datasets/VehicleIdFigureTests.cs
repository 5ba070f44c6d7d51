namespace GnnReRank.Tests.Datasets;

/// <summary>
/// Two vehicles with two images each, at the angles 0, 40 and 50, 62 degrees: the figures of every draw are worked out by hand.
/// </summary>
public sealed class VehicleIdFigureTests : IDisposable
{
    private static readonly string[] s_names = ["0000001", "0000002", "0000003", "0000004"];
    private static readonly int[] s_degrees = [0, 40, 50, 62];

    private readonly DatasetTree _tree = new DatasetTree().Write("test_list_800.txt", "0000001 7", "0000002 7", "0000003 8", "0000004 8");

    public void Dispose() => _tree.Dispose();

    // Where the gallery is (40, 50) every query finds its own vehicle first. In any other, one of the two queries finds the other vehicle
    // first: 40 has 0 and 50 or 62; 50 has 40 and 62. So mAP is (1 + 1)/2 or (1 + 1/2)/2.
    [Fact]
    public void ADrawOfTheDataSetGivesTheFigureOfItsGallery()
    {
        HashSet<string> seen = [];
        for (int seed = 0; seed < 30; seed++)
        {
            RetrievalDataset set = Read(new DatasetReadOptions { Features = Features(), Seed = seed });
            Assert.Equal([7L, 8L], set.Gallery!.Labels);
            Assert.Equal(s_names, set.Query!.Names!.Concat(set.Gallery.Names!).Order());
            Assert.Equal(set.Gallery.Names, Read(new DatasetReadOptions { Seed = seed }).GalleryImages.Select(image => image.Name));
            string gallery = string.Join(' ', set.Gallery.Names!);
            seen.Add(gallery);
            Assert.Equal(gallery == "0000002 0000003" ? 1 : 0.75, Measure(set, draws: 1), 1e-12);
        }

        Assert.Equal(4, seen.Count);
    }

    // 0 finds 40 before 50 and 62: 1. 40 has 0 behind both others: 1/2. 50 has 62, and 40 before it or 0 behind it: 3/4 on average.
    // 62 has 50 first: 1. The mean is 13/16. One query in four varies by 1/4: a thousand draws are within 0.002 of it, one sigma.
    [Fact]
    public void WithoutASeedTheProtocolDrawsForEveryImage()
    {
        RetrievalDataset set = Read(new DatasetReadOptions { Features = Features() });
        Assert.Equal(4, set.Query!.RowCount);
        Assert.InRange(Measure(set, draws: 1000), 0.8125 - 0.01, 0.8125 + 0.01);
    }

    [Fact]
    public void AnotherDataSetDrawsNothing()
    {
        using DatasetTree market = new("query/0002_c1s1_000451_03.jpg", "bounding_box_test/0002_c3s1_000551_01.jpg");
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => RetrievalDatasets.Read(DatasetKind.Market1501, market.Path, new DatasetReadOptions { Seed = 1 }));
        Assert.Equal("SeedNotUsed", error.ErrorId);
    }

    private RetrievalDataset Read(DatasetReadOptions options) => RetrievalDatasets.Read(DatasetKind.VehicleId, _tree.Path, options);

    private static FeatureMatrix Features() => FeatureMatrix.FromRows(
        [.. s_degrees.Select(degrees => new[] { MathF.Cos(degrees * MathF.PI / 180), MathF.Sin(degrees * MathF.PI / 180) })], names: s_names);

    private static double Measure(RetrievalDataset set, int draws)
    {
        Ranking ranking = CosineRanker.Rank(set.Query!, set.Gallery!, null, ComputeOptions.Default);
        return RetrievalEvaluator.Measure(ranking, new EvaluationSettings { Protocol = set.Protocol, Draws = draws }).mAP!.Value;
    }
}
