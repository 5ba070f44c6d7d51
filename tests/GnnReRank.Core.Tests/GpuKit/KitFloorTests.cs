using GnnReRank.GpuKit.Measuring;

namespace GnnReRank.Tests.GpuKit;

/// <summary>
/// The floors of Market's shape on an H200, worked out by hand: n = 23,100 rows x 2,048, 3,368 queries x 19,732, k1 =
/// 26; 800 TFLOP/s, 4,800 GB/s, and 64 GB/s to the host.
/// </summary>
public sealed class KitFloorTests
{
    // 3,368 x 19,732 pairs; 23,100 x 2,048 values of 4 bytes.
    private const double Pairs = 66_457_376;
    private const double Features = 189_235_200;

    private static readonly CardPeaks s_peaks = CardPeaks.Of("NVIDIA H200")!;

    [Theory]
    [InlineData("upload", 0, Features, Features, 2.957)]
    [InlineData("neighbors", 23_100.0 * 23_101 * 2_048, Features, 0, 1.366)]
    [InlineData("messages", 0, 8 * 26 * ((3.0 * 23_100) + 3_368), 0, 0.003149)]
    [InlineData("scores", 0, 4 * Pairs, 0, 0.05538)]
    [InlineData("cosines", 2 * Pairs * 2_048, (4 * Pairs) + Features, 0, 0.3403)]
    [InlineData("order, full", 0, 16 * Pairs, 0, 0.2215)]
    [InlineData("order, 100", 0, (8 * Pairs) + (8 * 336_800), 0, 0.1113)]
    [InlineData("lists, full", 0, 8 * Pairs, 8 * Pairs, 8.307)]
    [InlineData("lists, 100", 0, 8 * 336_800, 8 * 336_800, 0.0421)]
    [InlineData("copy of 1 GiB", 0, 2_147_483_648, 0, 0.4474)]
    public void AreThoseByHand(string stage, double operations, double device, double link, double milliseconds)
    {
        StageFloor floor = Of(stage);
        Assert.Equal(new StageFloor(operations, device, link), floor);
        Assert.Equal(milliseconds, floor.On(s_peaks)!.Value, milliseconds / 1_000);
        Assert.Null(floor.On(null));
    }

    /// <summary>What is added up is the device's share, or the link's, whichever takes longer.</summary>
    [Theory]
    [InlineData("Paper", 100, false, 1.366 + 0.003149 + 0.05538 + 0.3403 + 0.1113 + 0.00056)]
    [InlineData("Reference", 100, false, 1.366 + 0.003149 + 0.05538 + 0.3403 + 0.1113 + 0.00056)]
    [InlineData("Diffusion", 100, false, 1.366 + 0.05538 + 0.3403 + 0.1113 + 0.00056)]
    [InlineData("Cosine", 100, false, 0.3403 + 0.1113 + 0.00056)]
    [InlineData("Paper", 100, true, 2.957 + 0.0421)]
    [InlineData("Paper", null, false, 8.307)]
    [InlineData("Cosine", null, false, 8.307)]
    [InlineData("Diffusion", null, true, 2.957 + 8.307)]
    public void OfAWholeJobAreThoseOfItsStages(string method, int? top, bool isFromHost, double milliseconds)
    {
        double? floor = JobFloor.Of(KitShape.Market, method, top, isFromHost, s_peaks);
        Assert.Equal(milliseconds, floor!.Value, milliseconds / 1_000);
        Assert.Null(JobFloor.Of(KitShape.Market, method, top, isFromHost, null));
    }

    /// <summary>
    /// 2^24 / 19,732 are 850 queries, of which 6 x 128 are whole tiles; 2^26 / 19,732 are more than there are; 2^26 /
    /// 82,161 are 816; 2^24 / 951 are more than 2^13.
    /// </summary>
    [Theory]
    [InlineData("Market", 19_732, 768)]
    [InlineData("Market", 100, 3_368)]
    [InlineData("MSMT17", 100, 768)]
    [InlineData("University drone", 951, 8_192)]
    public void StagesHaveTheBlocksOfTheEngine(string name, int depth, int queries)
    {
        KitShape shape = KitShape.Others.Append(KitShape.Market).Single(each => each.Name == name);
        Assert.Equal(queries, shape.BlockQueries(depth));
    }

    private static StageFloor Of(string stage)
    {
        KitShape shape = KitShape.Market;
        return stage switch
        {
            "upload" => StageFloor.Upload(shape.Job),
            "neighbors" => StageFloor.Neighbors(shape.Job),
            "messages" => StageFloor.Messages(shape),
            "scores" => StageFloor.Scores(shape.Job),
            "cosines" => StageFloor.Cosines(shape.Job),
            "order, full" => StageFloor.Order(shape.Job, shape.Job.Gallery),
            "order, 100" => StageFloor.Order(shape.Job, 100),
            "lists, full" => StageFloor.Download(shape.Job, shape.Job.Gallery),
            "lists, 100" => StageFloor.Download(shape.Job, 100),
            _ => StageFloor.Copy(1L << 30),
        };
    }
}
