using GnnReRank.Cluster.Files;
using GnnReRank.Cluster.Stages;
using GnnReRank.Cluster.Stages.Messages;
using GnnReRank.Compute.Cpu.Messages;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Jobs;
using GnnReRank.ReRanking.Gnn;
using GnnReRank.Running;

namespace GnnReRank.Tests.Jobs;

/// <summary>Messages passed shard by shard, beside those of one process.</summary>
public sealed class MessageJobTests
{
    public static TheoryData<GnnVariant, GnnAggregator, int, int> Cases
    {
        get
        {
            TheoryData<GnnVariant, GnnAggregator, int, int> cases = [];
            foreach (GnnVariant variant in Enum.GetValues<GnnVariant>())
            {
                cases.Add(variant, GnnAggregator.Sum, 0, 110);
                cases.Add(variant, GnnAggregator.Sum, 1, 110);
                cases.Add(variant, GnnAggregator.Sum, 2, 37);
                cases.Add(variant, GnnAggregator.Sum, 3, 1000);
                cases.Add(variant, GnnAggregator.Sum, 4, 110);
                cases.Add(variant, GnnAggregator.Mean, 2, 110);
                cases.Add(variant, GnnAggregator.Max, 1, 110);
                cases.Add(variant, GnnAggregator.Max, 3, 110);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ScoresAreTheBitsOfOneProcess(GnnVariant variant, GnnAggregator aggregator, int layers, int shardRows) => Compare(
        new GnnReRankSettings { K1 = 7, K2 = 3, Layers = layers, Variant = variant, Aggregator = aggregator, Lambda = 0 },
        shardRows);

    [Theory]
    [InlineData(GnnVariant.Paper, 0.3, 1)]
    [InlineData(GnnVariant.Reference, null, 1)]
    [InlineData(GnnVariant.Reference, 1.0, 5)]
    public void SoAreThoseWithAShareOfTheCosine(GnnVariant variant, double? lambda, int k2) => Compare(
        new GnnReRankSettings { K1 = 5, K2 = k2, Alpha = 1.5, Variant = variant, Lambda = lambda }, shardRows: 1000);

    [Fact]
    public void AnItemThatRunsTwiceLeavesTheSameFiles()
    {
        GnnReRankSettings settings = new() { K1 = 7, K2 = 3, Layers = 3, Variant = GnnVariant.Reference };
        using MessageLists lists = new(settings, shardRows: 100);
        lists.Run();
        Dictionary<string, byte[]> first = Files(lists);
        using (StageContext context = lists.Open())
        {
            foreach (IJobStage stage in MessageStages.Of(settings))
            {
                stage.Run(context, item: 1);
            }
        }

        Dictionary<string, byte[]> second = Files(lists);
        Assert.Equal(first.Keys.Order(), second.Keys.Order());
        Assert.All(first, file => Assert.Equal(file.Value, second[file.Key]));
    }

    [Fact]
    public void RowsThatOutgrowATasksMemoryAreAnErrorThatSaysSo()
    {
        GnnReRankSettings settings = new() { K1 = 7, K2 = 3, Layers = 3 };
        using MessageLists lists = new(settings, shardRows: 1000);
        lists.Run();
        using StageContext context = new(
            lists.Plan with { MemoryPerTask = 80_000 }, lists.Directory, MessageLists.Options);
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => new LayerStage(2).Run(context, item: 1));
        Assert.Equal("MessagePassingTooLarge", error.ErrorId);
        Assert.Contains("Layer 2 of 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("smaller shards", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(lists.Directory.Path, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public unsafe void PartsTellHowManyEntriesALayerHas()
    {
        GnnReRankSettings settings = new() { K1 = 7, K2 = 3, Layers = 2 };
        using MessageLists lists = new(settings, shardRows: 100);
        lists.Run();
        using StageContext context = lists.Open();
        HashSet<int>[] start = Union(lists);
        long total = 0;
        long longest = 0;
        for (int shard = 0; shard < context.Shards.Count; shard++)
        {
            PartFile part = context.Part(MessageFolders.Start, shard);
            long* sizes = part.Pointer<long>(RowWriter.Sizes(MessageFolders.State), 2);
            total += sizes[0];
            longest = Math.Max(longest, sizes[1]);
        }

        Assert.Equal(start.Sum(row => row.Count), total);
        Assert.Equal(start.Max(row => row.Count), longest);
        Assert.True(longest > 200, "the hub is everybody's neighbour");
    }

    [Theory]
    [InlineData("state.lengths")]
    [InlineData("state")]
    public unsafe void APartOfOtherLengthsIsRefused(string array)
    {
        GnnReRankSettings settings = new() { K1 = 7, K2 = 3, Layers = 1 };
        using MessageLists lists = new(settings, shardRows: 1000);
        lists.Run();
        using (StageContext context = lists.Open())
        {
            PartFile part = context.Part(MessageFolders.Start, 1);
            using PartFileWriter writer = context.Create(MessageFolders.Start, 1);
            foreach (string name in (string[])["state", "state.lengths", "edges", "edges.lengths"])
            {
                writer.Append(name, name == array ? part.Span<int>(name)[..^2] : part.Span<int>(name));
            }

            writer.Commit();
        }

        using StageContext changed = lists.Open();
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => new MessageScoringSource(settings).Open(changed));
        Assert.Equal("JobFileBroken", error.ErrorId);
    }

    private static HashSet<int>[] Union(MessageLists lists)
    {
        HashSet<int>[] rows = [.. Enumerable.Range(0, MessageLists.Vertices).Select(_ => new HashSet<int>())];
        for (int vertex = 0; vertex < rows.Length; vertex++)
        {
            foreach (int neighbor in MessageLists.Graph.GetNeighbors(vertex).Take(lists.Settings.K1))
            {
                rows[vertex].Add(neighbor);
                rows[neighbor].Add(vertex);
            }
        }

        return rows;
    }

    private static Dictionary<string, byte[]> Files(MessageLists lists) =>
        Directory.GetFiles(lists.Directory.Path, "*", SearchOption.AllDirectories)
            .ToDictionary(path => path, File.ReadAllBytes);

    private static void Compare(GnnReRankSettings settings, int shardRows)
    {
        using MessageLists lists = new(settings, shardRows);
        lists.Run();
        MessageRecipe recipe = GnnRecipe.Of(settings);
        using IScoring expected = MessagePassingStage.Run(
            MessageLists.Graph, MessageLists.Queries, recipe, new MemoryBudget(1L << 30), MessageLists.Options);
        using StageContext context = lists.Open();
        using IScoring actual = new MessageScoringSource(settings).Open(context);
        Assert.Equal(ScoresOf(expected), ScoresOf(actual));
    }

    /// <summary>The bits of all scores, with made cosines where they are mixed in.</summary>
    private static unsafe List<int> ScoresOf(IScoring scoring)
    {
        using IQueryScorer scorer = scoring.CreateScorer();
        const int gallery = MessageLists.Vertices - MessageLists.Queries;
        float[] cosines = [.. Enumerable.Range(0, gallery).Select(row => row / 1000f)];
        List<int> bits = [];
        fixed (float* cosine = cosines)
        {
            for (int first = 0; first < MessageLists.Queries; first += scorer.GroupSize)
            {
                int count = Math.Min(scorer.GroupSize, MessageLists.Queries - first);
                scorer.Score(first, count, CancellationToken.None);
                for (int query = 0; query < count; query++)
                {
                    float* scores = scorer.UsesCosines ? scorer.Row(query, cosine) : scorer.Row(query);
                    bits.AddRange(new ReadOnlySpan<int>(scores, gallery));
                }
            }
        }

        return bits;
    }
}
