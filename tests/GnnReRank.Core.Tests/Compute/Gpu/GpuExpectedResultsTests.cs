using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using GnnReRank.Compute.Gpu;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>Real features, and what a float64 oracle written apart from this project finds on them, by the kernels of the GPU.</summary>
public sealed partial class GpuExpectedResultsTests
{
    // float32 rounding can flip a near tie in a ranking.
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData("digits", "digits.npz", EvaluationProtocol.Label)]
    [InlineData("pku_sketch", "pytorch_result.mat", EvaluationProtocol.Market1501)]
    [InlineData("cuhk03p1", "pytorch_result.mat", EvaluationProtocol.Market1501)]
    public void EveryPublishedFigureIsReproduced(string dataSet, string file, EvaluationProtocol protocol)
    {
        string path = TestPaths.SharedOrSkip(dataSet, file);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(TestPaths.SharedOrSkip("expected.json")));
        GpuBackend backend = GpuTestDevices.BackendOf(GpuTestDevices.Named(GpuTestDevices.PoclName));
        FeatureRole[] sets = [FeatureRole.Query, FeatureRole.Gallery];
        IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(path, new FeatureReadOptions { Sets = sets }).Matrices;
        foreach (JsonProperty entry in document.RootElement.GetProperty(dataSet).GetProperty("results").EnumerateObject())
        {
            Ranking ranking = Rank(entry.Name, matrices[0], matrices[1], backend);
            RetrievalAccuracy found = RetrievalEvaluator.Measure(ranking, new EvaluationSettings { Protocol = protocol, ApKind = ApKind.Trapezoid });
            Assert.Equal(entry.Value.GetProperty("mAP_trap").GetDouble(), found.mAP!.Value, Tolerance);
            Assert.Equal(entry.Value.GetProperty("R1").GetDouble(), found.Rank1!.Value, Tolerance);
            Assert.Equal(entry.Value.GetProperty("mINP").GetDouble(), found.mINP!.Value, Tolerance);
        }
    }

    private static Ranking Rank(string name, FeatureMatrix query, FeatureMatrix gallery, GpuBackend backend)
    {
        Match match = Settings().Match(name);
        if (!match.Success)
        {
            Assert.Equal("baseline", name);
            return CosineRanker.Rank(query, gallery, null, null, backend);
        }

        GnnReRankSettings settings = new()
        {
            Variant = Enum.Parse<GnnVariant>(match.Groups["variant"].Value),
            K1 = int.Parse(match.Groups["k1"].Value, CultureInfo.InvariantCulture),
            K2 = int.Parse(match.Groups["k2"].Value, CultureInfo.InvariantCulture),
            Lambda = double.Parse(match.Groups["lambda"].Value, CultureInfo.InvariantCulture),
        };
        return new GnnReRanker(settings, backend).ReRank(query, gallery);
    }

    [GeneratedRegex(@"^(?<variant>\w+) k1=(?<k1>\d+) k2=(?<k2>\d+) lambda=(?<lambda>[\d.]+)$")]
    private static partial Regex Settings();
}
