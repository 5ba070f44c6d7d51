namespace GnnReRank.Tests.Evaluation.Measuring;

public sealed class MeasuringRunTests
{
    private static readonly Ranking s_made = HandRanking.Of(
        [.. Enumerable.Repeat(7L, 300)], null, [7, 8], null, [.. Enumerable.Repeat<int[]>([0, 1], 300)]);

    [Fact]
    public void ReportsFromNothingToAllOfItsWorkAndLogsALine()
    {
        List<StageProgress> reports = [];
        List<string> lines = [];
        RetrievalEvaluator.Measure(s_made, null, new ComputeOptions { Progress = new ProgressCallback(reports.Add), Log = lines.Add });
        Assert.Equal(new StageProgress("Measuring", 0, 300, "queries"), reports[0]);
        Assert.Equal(new StageProgress("Measuring", 300, 300, "queries"), reports[^1]);
        Assert.Matches("^Measuring: 300 of 300 queries valid, lists of 2, Label, [0-9,]+ ms$", Assert.Single(lines));
    }

    [Fact]
    public void PassesOnAnErrorOfACallback() => Assert.Throws<InvalidTimeZoneException>(() => RetrievalEvaluator.Measure(
        s_made, null, new ComputeOptions { Progress = new ProgressCallback(_ => throw new InvalidTimeZoneException()) }));

    [Fact]
    public void StopsWhereItIsCancelled()
    {
        using CancellationTokenSource source = new();
        List<string> finished = [];
        ComputeOptions options = new()
        {
            Progress = new ProgressCallback(_ => source.Cancel()), Log = finished.Add, CancellationToken = source.Token,
        };
        Assert.ThrowsAny<OperationCanceledException>(() => RetrievalEvaluator.Measure(s_made, null, options));
        Assert.Empty(finished);
    }

    [Fact]
    public void NamesTheProtocolsThereAre()
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(
            () => RetrievalEvaluator.Measure(s_made, new EvaluationSettings { Protocol = (EvaluationProtocol)99 }));
        Assert.Equal("UnknownProtocol", error.ErrorId);
        Assert.Contains("Market1501 or Label", error.Message);
    }
}
