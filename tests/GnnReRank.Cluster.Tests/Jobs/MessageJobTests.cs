using System.Security.Cryptography;
using GnnReRank.Cluster.Plans;
using GnnReRank.Cluster.Stages;
using GnnReRank.Cluster.Stages.Messages;
using GnnReRank.Compute.Cpu.Messages;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.ReRanking.Gnn;
using GnnReRank.Running;

namespace GnnReRank.Tests.Jobs;

public sealed class MessageJobTests
{
    public static TheoryData<GnnVariant, GnnAggregator, int, int> Cases
    {
        get
        {
            TheoryData<GnnVariant, GnnAggregator, int, int> cases = [];
            foreach (GnnVariant variant in Enum.GetValues<GnnVariant>())
            {
                foreach (GnnAggregator aggregator in Enum.GetValues<GnnAggregator>())
                {
                    foreach (int layers in (int[])[0, 1, 2, 3, 4])
                    {
                        cases.Add(variant, aggregator, layers, layers % 2 == 0 ? 100 : 37);
                    }
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ScoresAreTheBitsOfOneProcess(GnnVariant variant, GnnAggregator aggregator, int layers, int shardRows)
    {
        GnnReRankSettings settings = new()
        {
            K1 = 7, K2 = 3, Layers = layers, Variant = variant, Aggregator = aggregator, Lambda = 0,
        };
        Compare(settings, shardRows);
    }

    [Theory]
    [InlineData(GnnVariant.Paper, 0.3)]
    [InlineData(GnnVariant.Reference, null)]
    public void MessagesToOneselfAloneAndAShareOfTheCosine(GnnVariant variant, double? lambda) => Compare(
        new GnnReRankSettings { K1 = 7, K2 = 1, Layers = 2, Variant = variant, Lambda = lambda }, shardRows: 1000);

    private static unsafe void Compare(GnnReRankSettings settings, int shardRows)
    {
        using SmallJob job = new(settings, 40, 211, change: plan => plan with { ShardRows = shardRows });
        job.Run(MessageStages.Of(settings)[^1].Name);
        NeighborGraph graph = NeighborSearch.Build(job.Query, job.Gallery, job.Plan.NeighborCount, SmallJob.Options);
        using StageContext context = new(job.Plan, job.Directory, SmallJob.Options);
        using IScoring expected = MessagePassingStage.Run(
            graph, job.Query.RowCount, GnnRecipe.Of(settings), new MemoryBudget(1L << 30), SmallJob.Options);
        using IScoring actual = new MessageScoringSource(settings).Open(context);
        using IQueryScorer expectedScorer = expected.CreateScorer();
        using IQueryScorer actualScorer = actual.CreateScorer();
        Assert.Equal(expectedScorer.UsesCosines, actualScorer.UsesCosines);
        float[] cosines = [.. Enumerable.Range(0, job.Gallery.RowCount).Select(row => row / 1000f)];
        fixed (float* cosine = cosines)
        {
            for (int first = 0; first < job.Query.RowCount; first += expectedScorer.GroupSize)
            {
                int count = Math.Min(expectedScorer.GroupSize, job.Query.RowCount - first);
                expectedScorer.Score(first, count, default);
                actualScorer.Score(first, count, default);
                for (int query = 0; query < count; query++)
                {
                    Assert.Equal(Row(expectedScorer, query, cosine, cosines.Length), Row(actualScorer, query, cosine, cosines.Length));
                }
            }
        }
    }

    private static unsafe int[] Row(IQueryScorer scorer, int query, float* cosines, int count)
    {
        float* scores = scorer.UsesCosines ? scorer.Row(query, cosines) : scorer.Row(query);
        return new ReadOnlySpan<int>(scores, count).ToArray();
    }
}
