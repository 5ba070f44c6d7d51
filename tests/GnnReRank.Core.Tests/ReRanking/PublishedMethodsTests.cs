using System.Text.Json;
using GnnReRank.Compute.Cpu;

namespace GnnReRank.Tests.ReRanking;

/// <summary>
/// Methods by their authors' settings on real features, and what float64 statements of them find that are no part of
/// this project.
/// </summary>
public sealed class PublishedMethodsTests
{
    // float32 cosines swap near ties in lists. Where rounds sort lists by each other, what a swap changes grows.
    private const double MeanTolerance = 5e-4;
    private const double ScoreTolerance = 1e-3;

    /// <summary>Entries of the known results, and their settings.</summary>
    public static TheoryData<string, MethodSettings> Cases => new()
    {
        { "ecn_rank default", new CrossNeighborhoodSettings() },
        {
            "ecn_rank adapted1",
            new CrossNeighborhoodSettings { Neighbors = 60, ExpansionCount = 20, SecondExpansionCount = 20 }
        },
        { "ecn_orig default", new CrossNeighborhoodSettings { Form = CrossNeighborhoodForm.Cosine } },
        { "diffusion_joint default", new ManifoldDiffusionSettings() },
        { "diffusion_gallery default", new ManifoldDiffusionSettings { Form = DiffusionForm.Gallery } },
        {
            "diffusion_gallery adapted1",
            new ManifoldDiffusionSettings { Form = DiffusionForm.Gallery, Neighbors = 20, TruncationSize = 1797 }
        },
        { "rdpac default", new RankDiffusionSettings() },
        { "rdpac adapted1", new RankDiffusionSettings { Neighbors = 40, ReferenceDecay = 0.9 } },
        { "lhrr default", new HypergraphSettings() },
        { "lhrr_hh default", new HypergraphSettings { Variant = HypergraphVariant.Reference } },
        { "cprr default", new CartesianProductSettings() },
        { "cprr adapted1", new CartesianProductSettings { Neighbors = 60 } },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void FindsWhatItsDefinitionFinds(string entry, MethodSettings settings)
    {
        FeatureRole[] sets = [FeatureRole.Query, FeatureRole.Gallery];
        string features = TestPaths.SharedOrSkip("digits", "digits.npz");
        string known = TestPaths.SharedOrSkip("..", "oracles", "golden_digits.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(known));
        JsonElement expected = document.RootElement.GetProperty("results").GetProperty(entry);
        FeatureReadOptions both = new() { Sets = sets };
        IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(features, both).Matrices;
        MethodSettings fitted = settings.FitTo(matrices[0].RowCount + matrices[1].RowCount);
        Ranking ranking = fitted.CreateReRanker(CpuBackend.Default).ReRank(matrices[0], matrices[1]);
        RetrievalAccuracy found = RetrievalEvaluator.Measure(
            ranking, new EvaluationSettings { Protocol = EvaluationProtocol.Label, ApKind = ApKind.Trapezoid });
        Assert.Equal(expected.GetProperty("mAP_trap").GetDouble(), found.mAP!.Value, MeanTolerance);
        Assert.Equal(expected.GetProperty("mINP").GetDouble(), found.mINP!.Value, MeanTolerance);
        for (int q = 0; q < 3; q++)
        {
            JsonElement scores = expected.GetProperty($"query{q}").GetProperty("score");
            Assert.All(
                scores.EnumerateArray().Zip(ranking.GetScores(q), (score, actual) => actual / score.GetDouble()),
                ratio => Assert.Equal(1, ratio, ScoreTolerance));
        }
    }
}
