namespace GnnReRank.Tests.Tuning;

/// <summary>Rows of the table that compares methods: what the evaluator and the comparer say of rankings that are made apart.</summary>
public sealed class MethodBenchTests
{
    private static readonly FeatureMatrix s_query = LabelledSets.Of(24, 1, FeatureRole.Query);
    private static readonly FeatureMatrix s_gallery = LabelledSets.Of(90, 2, FeatureRole.Gallery);
    private static readonly GnnReRankSettings s_gnn = new() { K1 = 10, K2 = 3 };

    [Fact]
    public void FiguresAreThoseOfTheRanking()
    {
        MethodBench bench = new(s_query, s_gallery, new MethodBenchOptions { DataSet = "made" });
        MethodResult result = Assert.Single(bench.Run(s_gnn));
        EvaluationSettings measuring = new() { Bootstrap = 1000 };
        RetrievalAccuracy cosine = RetrievalEvaluator.Measure(CosineRanker.Rank(s_query, s_gallery), measuring);
        RetrievalAccuracy gnn = RetrievalEvaluator.Measure(new GnnReRanker(s_gnn).ReRank(s_query, s_gallery), measuring);
        RetrievalComparison comparison = RetrievalComparer.Compare(cosine, gnn);
        Assert.Equal(("made", "GNN", "mAP"), (result.DataSet, result.Method, result.MeanName));
        Assert.Equal((gnn.mAP, gnn.Rank1, gnn.mINP), (result.Mean, result.Rank1, result.mINP));
        Assert.Equal((gnn.MeanInterval!.Lower, gnn.MeanInterval.Upper), (result.MeanLower!.Value, result.MeanUpper!.Value));
        Assert.Equal((comparison.Summary, comparison.PValue), (result.Comparison!.Summary, result.PValue));
        Assert.True(result.Seconds > 0);
        Assert.True(result.PeakMemory >= 0);
        Assert.Null(result.Ranking);
        Assert.Null(result.Reason);
    }

    [Fact]
    public void TheCosineItselfIsComparedWithNothing()
    {
        MethodBench bench = new(s_query, s_gallery, new MethodBenchOptions { KeepRankings = true, Top = 5 });
        MethodResult result = Assert.Single(bench.Run(new CosineSettings()));
        Assert.Null(result.Comparison);
        Assert.Null(result.Verdict);
        Assert.Equal((5, "mAP@5"), (result.Ranking!.Depth, result.MeanName));
    }

    [Fact]
    public void WhatCannotBeHadSaysWhy()
    {
        MethodBench bench = new(s_query, s_gallery);
        MethodResult result = Assert.Single(bench.Run(new GnnReRankSettings { K1 = 3, K2 = 5 }));
        Assert.Contains("K2 must not exceed K1", result.Reason, StringComparison.Ordinal);
        Assert.Null(result.Mean);
        Assert.Null(result.Seconds);
        Assert.NotNull(Assert.Single(bench.Run(s_gnn)).Mean);
    }

    [Fact]
    public void AParameterBeyondTheRowsIsLowered() =>
        Assert.Equal(114, ((GnnReRankSettings)new MethodBench(s_query, s_gallery).Run(new GnnReRankSettings { K1 = 500 })[0].Settings).K1);

    // Without labels nothing can be measured: no method is to blame, so it is an error.
    [Fact]
    public void WhereNothingCanBeMeasuredThatIsAnError()
    {
        FeatureMatrix bare = new([1, 2, 3], 3, 1);
        Assert.Equal("LabelsMissing", Assert.Throws<GnnReRankException>(() => new MethodBench(bare, bare).Run(s_gnn)).ErrorId);
        Assert.Equal("LabelsMissing", Assert.Throws<GnnReRankException>(() => new MethodBench(bare, bare).Run(new CosineSettings())).ErrorId);
    }
}
