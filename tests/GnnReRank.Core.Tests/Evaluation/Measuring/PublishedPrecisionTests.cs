using System.Text.Json;

namespace GnnReRank.Tests.Evaluation.Measuring;

/// <summary>Both kinds of average precision against scikit-learn's and against numpy's sums (tests/data/make_evaluation_fixtures.py).</summary>
public sealed class PublishedPrecisionTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, 7)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void AveragePrecisionIsWhatOthersCompute(int number)
    {
        string path = Path.Combine(TestPaths.Repository, "tests", "data", "evaluation", "average_precision.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        JsonElement made = document.RootElement[number];
        int[] order = made.GetProperty("order").Deserialize<int[]>()!;
        GroundTruth truth = new([new QueryTruth { Easy = made.GetProperty("relevant").Deserialize<int[]>()! }], order.Length);
        foreach ((ApKind kind, string name) in ((ApKind, string)[])[(ApKind.Uninterpolated, "uninterpolated"), (ApKind.Trapezoid, "trapezoid")])
        {
            EvaluationSettings settings = new() { Protocol = EvaluationProtocol.OxfordParis, GroundTruth = truth, ApKind = kind };
            double found = RetrievalEvaluator.Measure(HandRanking.OfImages(order.Length, order), settings).mAP!.Value;
            Assert.Equal(made.GetProperty(name).GetDouble(), found, 12);
        }
    }
}
