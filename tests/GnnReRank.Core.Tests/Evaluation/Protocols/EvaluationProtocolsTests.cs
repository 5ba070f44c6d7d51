using GnnReRank.Evaluation.Protocols;

namespace GnnReRank.Tests.Evaluation.Protocols;

/// <summary>What protocols are called, and that each has its entry.</summary>
public sealed class EvaluationProtocolsTests
{
    [Fact]
    public void EachProtocolHasOneEntry() =>
        Assert.Equal(Enum.GetValues<EvaluationProtocol>(), KnownProtocols.All.Select(traits => traits.Protocol).Order());

    [Theory]
    [InlineData("LeaveOneOut", EvaluationProtocol.LeaveOneOut)]
    [InlineData("sop", EvaluationProtocol.LeaveOneOut)]
    [InlineData("CUB_200_2011", EvaluationProtocol.LeaveOneOut)]
    [InlineData("cuhk03 np", EvaluationProtocol.Market1501)]
    [InlineData("VeRi-776", EvaluationProtocol.Market1501)]
    [InlineData("R-Oxford-5k", EvaluationProtocol.RevisitedOxfordParis)]
    [InlineData("qrels", EvaluationProtocol.Trec)]
    [InlineData("ImageNet", null)]
    [InlineData("", null)]
    public void ANameIsFoundHoweverItIsWritten(string name, EvaluationProtocol? expected) =>
        Assert.Equal(expected, EvaluationProtocols.Find(name));

    [Fact]
    public void EachNameThatIsOfferedIsFound() =>
        Assert.All(EvaluationProtocols.GetNames(), entry => Assert.Equal(entry.Protocol, EvaluationProtocols.Find(entry.Name)));

    [Theory]
    [InlineData(EvaluationProtocol.RevisitedOxfordParis, true)]
    [InlineData(EvaluationProtocol.LeaveOneOut, true)]
    [InlineData(EvaluationProtocol.University1652, true)]
    [InlineData(EvaluationProtocol.Market1501, false)]
    [InlineData((EvaluationProtocol)99, false)]
    public void SomeHaveFiguresOfTheirOwn(EvaluationProtocol protocol, bool expected) =>
        Assert.Equal(expected, EvaluationProtocols.HasFiguresOfItsOwn(protocol));
}
