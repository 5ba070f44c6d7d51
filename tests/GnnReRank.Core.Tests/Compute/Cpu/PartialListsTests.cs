using GnnReRank.Compute.Cpu.Neighbors;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Running;

namespace GnnReRank.Tests.Compute.Cpu;

/// <summary>Parts of a search that meet each pair once give, merged, the bits of the search that meets all.</summary>
public sealed class PartialListsTests
{
    private const int Keep = 6;

    // Four blocks, the last of them short.
    private const int RowCount = 640;

    // Shards of one, two and one blocks.
    private static readonly (int First, int End)[] s_shards = [(0, 1), (1, 3), (3, 4)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void PartsMergeIntoTheWhole(bool coarsely)
    {
        foreach (FeatureMatrix matrix in new[]
        {
            MadeFeatures.Clustered(RowCount, 128, 9, seed: 1),
            MadeFeatures.WithDuplicatesAndZeros(RowCount, 128, seed: 2),
        })
        {
            NeighborGraph expected = NeighborSearch.Build(null, matrix, Keep + 1);
            using VertexRows rows = new(null, matrix);
            using PartialLists merged = new(RowCount, Keep, Margin(rows, coarsely), cosines: null);
            foreach ((int First, int End) columns in s_shards.Reverse())
            {
                foreach ((int First, int End) some in s_shards.Where(shard => shard.First <= columns.First))
                {
                    TilePlan plan = TilePlan.Between(RowCount, some.First, some.End, columns.First, columns.End, groupBlocks: 1, isOnePass: false);
                    using PartialLists part = Made(rows, plan, coarsely);
                    merged.Merge(part);
                }
            }

            NeighborLists lists = new(RowCount, Keep + 1);
            if (coarsely)
            {
                lists.TakeCandidates(merged, rows, ComputeOptions.Default);
            }
            else
            {
                lists.TakeExact(merged.SelfScores, merged.Best, ComputeOptions.Default);
            }

            Assert.Equal(expected.IndexSpan, lists.Indices);
            Assert.Equal(expected.ScoreSpan, lists.Scores);
        }
    }

    [Fact]
    public void PartsMeetEachPairOnce()
    {
        long pairs = (
            from columns in s_shards
            from some in s_shards
            where some.First <= columns.First
            select TilePlan.Between(RowCount, some.First, some.End, columns.First, columns.End, groupBlocks: 2, isOnePass: true).PairCount).Sum();
        Assert.Equal((long)RowCount * (RowCount + 1) / 2, pairs);
        Assert.Equal(pairs, TilePlan.Whole(RowCount, groupBlocks: 3, isOnePass: false).PairCount);
    }

    private static float Margin(VertexRows rows, bool coarsely) =>
        coarsely ? (float)(2 * CoarseScale.Of(rows, ComputeOptions.Default).Bound) : 0;

    private static PartialLists Made(VertexRows rows, TilePlan plan, bool coarsely)
    {
        CpuKernels kernels = CpuKernels.ForThisProcessor;
        Assert.SkipWhen(coarsely && kernels.Coarse is null, "This processor has no coarse kernel.");
        using ITileSource tiles = coarsely
            ? new CoarseTiles(kernels, rows, CoarseScale.Of(rows, ComputeOptions.Default), capacity: 1, exactQueryCount: 0)
            : new ExactTiles(kernels.Exact, rows, capacity: 1);
        PartialLists lists = new(RowCount, Keep, Margin(rows, coarsely), cosines: null);
        StageReporter reporter = new(StageNames.Neighbors, plan.PairCount, StageUnits.Pairs, ComputeOptions.Default);
        Assert.True(new TileRun(kernels.Exact, tiles, ComputeOptions.Default).TryFill(plan, lists, mostGivenUp: int.MaxValue, reporter));
        return lists;
    }
}
