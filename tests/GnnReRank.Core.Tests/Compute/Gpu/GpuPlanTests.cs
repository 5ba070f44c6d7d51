using GnnReRank.Compute.Gpu;
using GnnReRank.Compute.Jobs;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>What devices of some sizes hold.</summary>
public sealed class GpuPlanTests
{
    private static readonly MessageRecipe s_messages = new(26, 7, 2, 2, IsResidual: true);

    [Fact]
    public void AFullRankingOf93820RowsFitsElevenGigabytes()
    {
        GpuPlan plan = GpuPlan.For(new DeviceJob(11_659, 82_161, 2048, 26, 82_161, s_messages), 11_000_000_000, canSplit: true);
        Assert.True(plan.Fits);
        Assert.Equal(0, plan.PanelRows);

        // 733 blocks of 128 rows and one of zeros behind them, 2,048 values of 4 bytes, and of 4 in parts.
        Assert.Equal(734L * 128 * 2048 * 8, plan.Features);
        Assert.True(plan.SplitsRows);
    }

    [Fact]
    public void RowsAreSplitOnlyWhereThereIsRoomAndSomethingToRank()
    {
        DeviceJob job = new(11_659, 82_161, 2048, 26, 82_161, s_messages);
        GpuPlan roomy = GpuPlan.For(job, 11_000_000_000, canSplit: true);
        GpuPlan tight = GpuPlan.For(job, (long)((roomy.Peak - 1_000_000) / 0.9), canSplit: true);
        Assert.True(tight.Fits);
        Assert.False(tight.SplitsRows);
        Assert.Equal(0, tight.PanelRows);
        Assert.Equal(734L * 128 * 2048 * 6, tight.Features);
        Assert.False(GpuPlan.For(job with { Depth = 0 }, 11_000_000_000, canSplit: true).SplitsRows);
    }

    [Fact]
    public void WithoutTensorCoresNoRowsAreSplit()
    {
        DeviceJob job = new(11_659, 82_161, 2048, 0, 82_161, Recipe: null);
        GpuPlan plan = GpuPlan.For(job, long.MaxValue, canSplit: false);
        Assert.False(plan.SplitsRows);
        Assert.Equal(734L * 128 * 2048 * 4, plan.Features);
        Assert.Equal(2 * plan.Features, GpuPlan.For(job, long.MaxValue, canSplit: true).Features);
    }

    [Fact]
    public void AGivenGraphCounts()
    {
        DeviceJob job = new(100, 99_900, 64, 0, 10, s_messages);
        GpuPlan without = GpuPlan.For(job, long.MaxValue, canSplit: true);
        GpuPlan plan = GpuPlan.For(job with { GivenNeighbors = 60 }, long.MaxValue, canSplit: true);
        Assert.Equal(100_000L * 60 * 8, plan.Graph);
        Assert.Equal(plan.Graph, plan.Search);
        Assert.Equal(without.Peak + plan.Graph, plan.Peak);
    }

    [Fact]
    public void WholeRowsRankedCountInstead()
    {
        // 640 rows are 5 tiles of 2^26 values: their products, the sort's two copies of key and column, their 1,200
        // best and themselves. No list, and no halves.
        DeviceJob job = new(0, 100_000, 64, 1_200, Depth: 0, Recipe: null);
        GpuPlan plan = GpuPlan.For(job, long.MaxValue, canSplit: true);
        const long row = (100_000 * (4 + (2 * 12))) + (1_200 * 8) + (64 * 4);
        Assert.InRange(plan.Search - plan.Graph, 640 * row, 640 * (row + 1_000));
        Assert.Equal(783L * 128 * 64 * 4, plan.Features);
    }

    [Theory]
    [InlineData(2, true, 0)]
    [InlineData(3, true, 6_144)]
    [InlineData(3, false, 6_976)]
    [InlineData(4, false, 8_448)]
    public void MessagesCountEveryMatrixThatIsThereAtOnce(int layers, bool isResidual, long bytesPerRow)
    {
        // Rows of 48 units of 64 bytes before a layer and after it, and of 13 units, or 36, their mirror where the layer
        // reads it; beside them 64 whole rows and some values a row. With two layers the most is the last: the
        // queries' rows alone, and products of 67 queries, twice.
        MessageRecipe recipe = s_messages with { LayerCount = layers, IsResidual = isResidual };
        DeviceJob job = new(10_000, 990_000, 512, 26, 100, recipe);
        GpuPlan plan = GpuPlan.For(job, long.MaxValue, canSplit: true);
        long least = bytesPerRow > 0
            ? (1_000_000 * bytesPerRow) + (64L * 1_000_000 * 4)
            : (1_000_000L * (3_072 + 832)) + (10_000 * 3_072) + ((67L + 96) * 1_000_000 * 4);
        Assert.InRange(plan.Scoring, least, least + 100_000_000);
    }

    [Fact]
    public void AMillionRowsOf512Fit24Gigabytes()
    {
        GpuPlan plan = GpuPlan.For(new DeviceJob(10_000, 990_000, 512, 26, 100, s_messages), 24_000_000_000, canSplit: true);
        Assert.True(plan.Fits);
        Assert.Equal(0, plan.PanelRows);
    }

    [Fact]
    public void AMillionRowsOf2048GoThroughEightGigabytesInPanels()
    {
        GpuPlan plan = GpuPlan.For(new DeviceJob(10_000, 990_000, 2048, 26, 100, s_messages), 8_000_000_000, canSplit: true);
        Assert.True(plan.Fits);
        Assert.InRange(plan.Peak, 1, 7_200_000_000);
        Assert.Equal(0, plan.PanelRows % 128);
        Assert.InRange(plan.PanelRows, 50_000, 150_000);
        Assert.Equal((1_000_000 + plan.PanelRows - 1) / plan.PanelRows, plan.PanelCount);

        // Three panels, each with a block behind it, are the most of the features' bytes; a panel more a slot does not fit.
        long slots = 3L * (plan.PanelRows + 128) * 2048 * 4;
        Assert.InRange(plan.Features, slots, slots + 100_000_000);
        Assert.True(plan.Peak + (3L * 128 * 2048 * 4) > 7_200_000_000);
    }

    [Fact]
    public void PanelsAreNoLargerThanTheirSlotsNeed()
    {
        // In float32 alone the rows would fit: a panel a slot, each brought up once.
        GpuPlan plan = GpuPlan.For(new DeviceJob(0, 100_000, 2048, 26, 0, Recipe: null), 1_800_000_000, canSplit: true);
        Assert.True(plan.Fits);
        Assert.Equal(3, plan.PanelCount);
        Assert.Equal(33_408, plan.PanelRows);
    }

    [Fact]
    public void ADeviceTooSmallForTheListsHoldsNothing() =>
        Assert.False(GpuPlan.For(new DeviceJob(0, 1_000_000, 2048, 26, 0, Recipe: null), 2_000_000_000, canSplit: true).Fits);

    [Fact]
    public void TellsThePanels()
    {
        GpuPlan plan = GpuPlan.For(new DeviceJob(0, 100_000, 2048, 26, 0, Recipe: null), 1_800_000_000, canSplit: true);
        string line = plan.Describe("Some device");
        Assert.Contains("(3 panels of 33,408 rows, 3 at a time)", line);
        Assert.EndsWith("GB at once of 1.8 GB on Some device", line);
        Assert.DoesNotContain("panels", GpuPlan.For(new DeviceJob(0, 1_000, 16, 26, 0, Recipe: null), 1_800_000_000, canSplit: true).Describe("Some device"));
    }
}
