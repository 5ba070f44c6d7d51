using GnnReRank.Compute.Cpu;
using GnnReRank.Compute.Cpu.Neighbors;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Compute.Jobs;
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

    private static readonly int[] s_cameras = [.. Enumerable.Range(0, RowCount).Select(row => row % 7 % 5)];

    private static readonly ListNeeds s_needs = new(Keep + 1)
    {
        OwnCameraCount = Keep + 1, OtherCamerasCount = Keep + 1, LeastCosines = true,
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void PartsMergeIntoTheWhole(bool coarsely)
    {
        foreach (FeatureMatrix made in new[]
        {
            MadeFeatures.Clustered(RowCount, 128, 9, seed: 1),
            MadeFeatures.WithDuplicatesAndZeros(RowCount, 128, seed: 2),
        })
        {
            FeatureMatrix matrix = MadeFeatures.WithCameras(made, row => s_cameras[row]);
            GraphLists expected = CpuBackend.Default.FindLists(null, matrix, null, s_needs, ComputeOptions.Default);
            using VertexRows rows = new(null, matrix);
            using PartialLists merged = Empty(Margin(rows, coarsely));
            foreach ((int First, int End) columns in s_shards.Reverse())
            {
                foreach ((int First, int End) some in s_shards.Where(shard => shard.First <= columns.First))
                {
                    TilePlan plan = TilePlan.Between(RowCount, some.First, some.End, columns.First, columns.End, groupBlocks: 1, isOnePass: false);
                    using PartialLists part = Made(rows, plan, coarsely);
                    merged.Merge(part);
                }
            }

            AssertSame(expected.Graph, merged.Best, default(AllPairs));
            AssertSame(expected.OwnCamera!, merged.Cameras!.Own, new CameraPairs(s_cameras, same: true, aside: 0));
            AssertSame(expected.OtherCameras!, merged.Cameras.Others, new CameraPairs(s_cameras, same: false, aside: 0));
            float[] least = coarsely
                ? NeighborLists.LeastOf(merged.Least!.Candidates!, rows, Reporter(RowCount), ComputeOptions.Default)
                : merged.Least!.Values;
            Assert.Equal(expected.LeastCosines!, least);

            void AssertSame<TFilter>(NeighborGraph graph, TopKReservoirs found, TFilter filter)
                where TFilter : struct, IPairFilter
            {
                NeighborLists lists = new(RowCount, Keep + 1);
                if (coarsely)
                {
                    lists.TakeCandidates(found, filter, rows, Reporter(RowCount), ComputeOptions.Default);
                }
                else
                {
                    lists.TakeExact(merged.SelfScores, found, ComputeOptions.Default);
                }

                Assert.Equal(graph.IndexSpan, lists.Indices);
                Assert.Equal(graph.ScoreSpan, lists.Scores);
            }
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

    private static PartialLists Empty(float margin) => new(RowCount, Keep, margin, cosines: null)
    {
        Cameras = new CameraLists(s_cameras, Keep, Keep, margin, aside: 0),
        Least = new RowMinima(RowCount, margin),
    };

    private static float Margin(VertexRows rows, bool coarsely) =>
        coarsely ? (float)(2 * CoarseScale.Of(rows, ComputeOptions.Default).Bound) : 0;

    private static PartialLists Made(VertexRows rows, TilePlan plan, bool coarsely)
    {
        CpuKernels kernels = CpuKernels.ForThisProcessor;
        Assert.SkipWhen(coarsely && kernels.Coarse is null, "This processor has no coarse kernel.");
        using ITileSource tiles = coarsely
            ? new CoarseTiles(kernels, rows, CoarseScale.Of(rows, ComputeOptions.Default), capacity: 1, exactQueryCount: 0)
            : new ExactTiles(kernels.Exact, rows, capacity: 1);
        PartialLists lists = Empty(Margin(rows, coarsely));
        Assert.True(new TileRun(kernels.Exact, tiles, ComputeOptions.Default).TryFill(plan, lists, mostGivenUp: int.MaxValue, Reporter(plan.PairCount)));
        return lists;
    }

    private static StageReporter Reporter(long total) => new(StageNames.Neighbors, total, StageUnits.Pairs, ComputeOptions.Default);
}
