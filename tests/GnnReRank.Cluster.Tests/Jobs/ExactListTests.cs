using GnnReRank.Cluster.Stages;
using GnnReRank.Cluster.Stages.Lists;

namespace GnnReRank.Tests.Jobs;

/// <summary>Lists made in items against those of one process, to the bit.</summary>
public sealed class ExactListTests
{
    [Theory]
    [InlineData(128, "Cpu")]
    [InlineData(1_000, "Cpu")]
    [InlineData(37, "Cpu")]
    [InlineData(61, "Auto")]
    public void ListsAreThoseOfOneProcess(int shardRows, string device)
    {
        using SmallJob job = new(
            new DiffusionSettings(), change: plan => plan with { ShardRows = shardRows, Device = device });
        RequireLists(job);
    }

    [Fact]
    public void ListsLongerThanAShardAreWhole()
    {
        using SmallJob job = new(
            new DiffusionSettings(), queryCount: 30, galleryCount: 90,
            change: plan => plan with { ShardRows = 20, NeighborCount = 120 });
        RequireLists(job);
    }

    [Fact]
    public void WideRowsAreRoundedInItemsOnly()
    {
        // From 96 columns on the int16 kernel finds candidates.
        using SmallJob job = new(
            new DiffusionSettings(), queryCount: 90, galleryCount: 700, dimension: 128,
            change: plan => plan with { ShardRows = 200 });
        RequireLists(job);
    }

    private static void RequireLists(SmallJob job)
    {
        job.Run(ShardLists.Stage);
        NeighborGraph expected = NeighborSearch.Build(
            job.Query, job.Gallery, job.Plan.NeighborCount, SmallJob.Options);
        using StageContext context = new(job.Plan, job.Directory, SmallJob.Options);
        ShardLists lists = new(context);
        for (int vertex = 0; vertex < expected.VertexCount; vertex++)
        {
            Assert.Equal(expected.GetNeighborSpan(vertex), lists.Neighbors(vertex));
            Assert.Equal(
                expected.GetScoreSpan(vertex).ToArray().Select(BitConverter.SingleToInt32Bits),
                lists.ScoresOf(vertex).ToArray().Select(BitConverter.SingleToInt32Bits));
        }
    }
}
