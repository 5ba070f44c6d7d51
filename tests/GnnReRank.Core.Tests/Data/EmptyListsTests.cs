using GnnReRank.Tests.Evaluation;

namespace GnnReRank.Tests.Data;

/// <summary>Lists that hold nothing, one or all, as a least score can leave them: nothing was found, and that is an answer.</summary>
public sealed class EmptyListsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<RankingFusion> Fusions => [.. Enum.GetValues<RankingFusion>()];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ARankingMayHoldNothing()
    {
        Ranking none = None();
        Assert.Equal((0, 0, false), (none.Depth, none.ShortestDepth, none.IsFull));
        Assert.Equal("by hand (hand.run): 2 queries, none of 4 gallery rows", none.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => none.GetEntry(0, 1));
        Ranking back = (Ranking)ResultPack.Unpack(ResultPack.Pack(none));
        Assert.Equal((0, 2, 4), (back.Depth, back.QueryCount, back.GalleryCount));
        Assert.Throws<ArgumentException>(() => Lists([0, 1, 2, 3, 0], []));
    }

    [Fact]
    public void NothingFoundIsMeasuredAsNotFound()
    {
        RetrievalAccuracy accuracy = RetrievalEvaluator.Measure(None(), new EvaluationSettings { Bootstrap = 100 });
        Assert.Equal(("mAP@1", 0.0, 0.0), (accuracy.MeanName, accuracy.mAPAtDepth!.Value, accuracy.At(1)!.Value));
        Assert.Equal([0.0], accuracy.Cmc);
        Assert.Equal([0.0, 0.0], accuracy.PerQuery.Select(query => query.Rank1!.Value));
        Assert.Null(accuracy.mINP);
        Assert.IsType<RetrievalAccuracy>(ResultPack.Unpack(ResultPack.Pack(accuracy)));

        // The first of two queries has both its images, so the whole is that half.
        RetrievalAccuracy one = RetrievalEvaluator.Measure(Lists([0, 2], []));
        Assert.Equal((0.5, 0.5), (one.mAPAtDepth!.Value, one.At(1)!.Value));
        Assert.Equal(0.5, RetrievalComparer.Compare(accuracy, RetrievalEvaluator.Measure(Lists([0], []))).MeanDifference);
    }

    [Fact]
    public void NothingFoundInDrawnGalleriesIsNotFound()
    {
        RetrievalAccuracy accuracy = RetrievalEvaluator.Measure(
            None(), new EvaluationSettings { Protocol = EvaluationProtocol.VehicleId, Draws = 3 });
        Assert.Equal((0.0, 0.0), (accuracy.mAPAtDepth!.Value, accuracy.At(1)!.Value));
    }

    [Theory]
    [MemberData(nameof(Fusions))]
    public void AMergeOfNothingIsNothing(RankingFusion fusion)
    {
        RankingMergeOptions options = new() { Fusion = fusion };
        Assert.Equal(0, RankingMerger.Merge([None(), None()], options).Depth);
        Ranking merged = RankingMerger.Merge([None(), Lists([2, 0], [])], options);
        Assert.Equal([2, 0], merged.GetIndices(0));
        Assert.Empty(merged.GetIndices(1));
    }

    [Fact]
    public void TheInspectorAndTheReportShowThatThereIsNothing()
    {
        RankedQuery[] shown = [.. RankingInspector.Inspect(None(), [0, 1], top: 5, before: Lists([0], [1]))];
        Assert.All(shown, query => Assert.Empty(query.Images));
        Assert.Equal(0.0, shown[0].AveragePrecision);
        string html = Reports.ReportCase.Write(_folder, [None(), Lists([0], [])], new ReportOptions { Top = 3 });
        System.Text.Json.JsonElement empty = Reports.ReportCase.Data(html).GetProperty("rankings")[0];
        Assert.Equal([-1, -1], Reports.ReportCase.Integers(empty.GetProperty("images")));
        Assert.Equal([0, 0], Reports.ReportCase.Numbers(empty.GetProperty("ap")));
    }

    [Theory]
    [InlineData("lists.csv")]
    [InlineData("lists.trec")]
    [InlineData("lists.jsonl")]
    [InlineData("lists.parquet")]
    public void AFileHasTheListsThatHoldSomething(string name)
    {
        Ranking some = Lists([], [3, 1]);
        RankingFile.Write(_folder[name], some);
        Ranking read = RankingFile.Read(_folder[name], some.Query, some.Gallery);
        Assert.Empty(read.GetIndices(0));
        Assert.Equal([3, 1], read.GetIndices(1));
        RankingFile.Write(_folder["none" + name], None());
        Assert.True(File.Exists(_folder["none" + name]));
    }

    private static Ranking None() => Lists([], []);

    /// <summary>Queries of labels 7 and 8; gallery rows of labels 7, 8, 7, 9.</summary>
    private static Ranking Lists(int[] first, int[] second) =>
        HandRanking.Ragged(HandRanking.Named([7, 8], ["x", "y"], 20), HandRanking.Named([7, 8, 7, 9], ["a", "b", "c", "d"]), first, second);
}
