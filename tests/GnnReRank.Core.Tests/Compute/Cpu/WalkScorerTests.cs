using System.Runtime.Intrinsics;
using GnnReRank.Compute.Cpu.Walks;
using GnnReRank.Compute.Jobs;
using GnnReRank.Compute.Walks;
using GnnReRank.ReRanking.Diffusion;
using GnnReRank.Running;

namespace GnnReRank.Tests.Compute.Cpu;

public sealed unsafe class WalkScorerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public void WhichQueriesShareAGroupChangesNothing(int groupSize)
    {
        NeighborGraph graph =
            NeighborSearch.Build(MadeFeatures.Random(33, 6, seed: 1), MadeFeatures.Random(400, 6, seed: 2), 21);
        RestartWalkRecipe recipe = DiffusionRecipe.Of(new DiffusionSettings { ScaleNeighbors = 20, Steps = 3 });
        WalkPlan plan =
            WalkPlan.Of(new GraphLists(graph), recipe, 33, MemoryBudget.OfMachine(), ComputeOptions.Default);
        using WalkScorer<WholeRows> alone = new(plan, plan.Matrix.Rows);
        using WalkScorer<WholeRows> together = new(plan, plan.Matrix.Rows);
        int reached = 0;
        for (int first = 0; first < 33; first += groupSize)
        {
            int count = Math.Min(groupSize, 33 - first);
            together.Score(first, count, CancellationToken.None);
            for (int offset = 0; offset < count; offset++)
            {
                alone.Score(first + offset, 1, CancellationToken.None);
                float[] expected = [.. new ReadOnlySpan<float>(alone.Row(0), 400)];
                Assert.Equal(expected, new ReadOnlySpan<float>(together.Row(offset), 400).ToArray());
                reached += expected.Count(value => value > 0);
            }
        }

        // Some rows are out of reach, so that leaving them out is tried too.
        Assert.InRange(reached, 33, (33 * 400) - 1);
    }

    [Fact]
    public void LogarithmsAreRightToTheirLastBits()
    {
        Random random = new(3);
        for (int i = 0; i < 20_000; i++)
        {
            float number = i < 100 ? 1 + (i * 1e-7f) : (float)Math.Exp(random.NextDouble() * 30);
            double exact = Math.Log(number);
            Assert.Equal(exact, WalkLanes.Log(Vector256.Create(number))[i % 8], Math.Max(1e-7, 3e-7 * exact));
        }
    }
}
