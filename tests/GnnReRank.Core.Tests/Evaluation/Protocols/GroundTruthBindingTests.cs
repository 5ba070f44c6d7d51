namespace GnnReRank.Tests.Evaluation.Protocols;

/// <summary>A truth is bound to the matrices row by row, and says so where it does not fit.</summary>
public sealed class GroundTruthBindingTests
{
    [Fact]
    public void AProtocolOfListsNeedsThem() =>
        Assert.Equal("GroundTruthMissing", ErrorOf(new EvaluationSettings { Protocol = EvaluationProtocol.Gldv2 }).ErrorId);

    [Fact]
    public void ATruthAloneDoesNotSayTheProtocol() =>
        Assert.Equal("ProtocolMissing", ErrorOf(new EvaluationSettings { GroundTruth = new GroundTruth([new QueryTruth { Easy = [0] }], 3) }).ErrorId);

    [Fact]
    public void AProtocolOfLabelsDoesNotPassOverATruth()
    {
        GnnReRankException error = ErrorOf(new EvaluationSettings
        {
            Protocol = EvaluationProtocol.Label, GroundTruth = new GroundTruth([new QueryTruth { Easy = [0] }], 3),
        });
        Assert.Equal("GroundTruthNotUsed", error.ErrorId);
        Assert.Contains("the protocol is Label", error.Message);
    }

    [Fact]
    public void CountsMustMatch()
    {
        GnnReRankException queries = ErrorOf(new GroundTruth([new QueryTruth { Easy = [0] }, new QueryTruth()], 3));
        Assert.Equal("GroundTruthCountMismatch", queries.ErrorId);
        Assert.Contains("2 queries", queries.Message);
        GnnReRankException gallery = ErrorOf(new GroundTruth([new QueryTruth { Easy = [0] }], 4));
        Assert.Equal("GroundTruthCountMismatch", gallery.ErrorId);
        Assert.Contains("gallery matrix has 3 rows", gallery.Message);
    }

    [Fact]
    public void TheFirstNameThatDiffersIsNamed()
    {
        GnnReRankException error = ErrorOf(new GroundTruth([new QueryTruth { Easy = [0] }], 3, ["q"], ["a", "x", "y"]));
        Assert.Equal("GroundTruthNameMismatch", error.ErrorId);
        Assert.Contains("Row 1 of the gallery matrix is 'b', and the ground truth has 'x'", error.Message);
        Assert.Contains("query matrix", ErrorOf(new GroundTruth([new QueryTruth { Easy = [0] }], 3, ["p"])).Message);
    }

    [Theory]
    [InlineData("a", "b", "c")]
    [InlineData("a.jpg", "images/b.JPG", @"set\c.png")]
    public void NamesMayBeFiles(params string[] names)
    {
        GroundTruth truth = new([new QueryTruth { Easy = [0] }], 3, null, names);
        Assert.Equal(1, RetrievalEvaluator.Measure(Named, Settings(truth)).Rank1);
    }

    [Fact]
    public void OtherEndingsAreOtherNames() =>
        Assert.Equal("GroundTruthNameMismatch", ErrorOf(new GroundTruth([new QueryTruth { Easy = [0] }], 3, null, ["a.1", "b", "c"])).ErrorId);

    private static Ranking Named { get; } =
        HandRanking.Of(HandRanking.Named([1], ["q"]), HandRanking.Named([1, 1, 1], ["a", "b", "c"]), [0, 1, 2]);

    private static EvaluationSettings Settings(GroundTruth truth) => new() { Protocol = EvaluationProtocol.OxfordParis, GroundTruth = truth };

    private static GnnReRankException ErrorOf(GroundTruth truth) => ErrorOf(Settings(truth));

    private static GnnReRankException ErrorOf(EvaluationSettings settings) =>
        Assert.Throws<GnnReRankException>(() => RetrievalEvaluator.Measure(Named, settings));
}
