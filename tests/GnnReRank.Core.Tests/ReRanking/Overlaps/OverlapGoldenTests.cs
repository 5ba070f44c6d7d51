using System.Text.Json;
using GnnReRank.Tests.Oracle;

namespace GnnReRank.Tests.ReRanking.Overlaps;

/// <summary>Real features, and what a float64 oracle written apart from this project finds on them.</summary>
public sealed class OverlapGoldenTests
{
    // float32 rounding can flip a near tie in a ranking.
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData("digits", "digits.npz", EvaluationProtocol.Label)]
    [InlineData("cuhk03p1", "pytorch_result.mat", EvaluationProtocol.Market1501)]
    public void EveryFigureIsReproduced(string dataSet, string file, EvaluationProtocol protocol)
    {
        string path = TestPaths.SharedOrSkip(dataSet, file);
        string golden = TestPaths.SharedOrSkip("..", "oracles", $"golden_{dataSet}.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(golden));
        FeatureRole[] sets = [FeatureRole.Query, FeatureRole.Gallery];
        IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(path, new FeatureReadOptions { Sets = sets }).Matrices;
        int compared = 0;
        foreach (JsonProperty entry in document.RootElement.GetProperty("results").EnumerateObject())
        {
            JsonElement parameters = entry.Value.GetProperty("params");
            if (SettingsOf(entry.Name.Split(' ')[0], parameters) is MethodSettings settings)
            {
                Ranking ranking = settings.CreateReRanker().ReRank(matrices[0], matrices[1]);
                EvaluationSettings evaluation = new() { Protocol = protocol, ApKind = ApKind.Trapezoid };
                RetrievalAccuracy found = RetrievalEvaluator.Measure(ranking, evaluation);
                Assert.Equal(entry.Value.GetProperty("mAP_trap").GetDouble(), found.mAP!.Value, Tolerance);
                Assert.Equal(entry.Value.GetProperty("R1").GetDouble(), found.Rank1!.Value, Tolerance);
                Assert.Equal(entry.Value.GetProperty("mINP").GetDouble(), found.mINP!.Value, Tolerance);
                Assert.All(Enumerable.Range(0, 3), query => AssertFirstTen(entry.Value.GetProperty($"query{query}"), ranking, query));
                compared++;
            }
        }

        Assert.True(compared >= 7, $"{compared} entries were compared.");
    }

    /// <summary>The settings of an entry; null for another method, and for squared distances.</summary>
    private static MethodSettings? SettingsOf(string method, JsonElement parameters)
    {
        return parameters.TryGetProperty("power", out _) ? null : method switch
        {
            "k_reciprocal" => new KReciprocalSettings
            {
                NeighborCount = Int("k1"), ExpansionCount = Int("k2"), CosineWeight = parameters.GetProperty("lam").GetDouble(),
            },
            "sca" or "sca_k20" => new ContextualActivationSettings { NeighborCount = Int("k1"), ExpansionCount = Int("k2") },
            "ca_jaccard" => new CameraJaccardSettings
            {
                OwnCameraCount = Int("k1_intra"), OtherCamerasCount = Int("k1_inter"),
                OwnCameraExpansion = Int("k2_intra"), OtherCamerasExpansion = Int("k2_inter"),
            },
            _ => null,
        };

        int Int(string name) => parameters.GetProperty(name).GetInt32();
    }

    /// <summary>The scores by rank, and the rows but for near-ties.</summary>
    private static void AssertFirstTen(JsonElement expected, Ranking ranking, int query)
    {
        double[] scores = [.. expected.GetProperty("score").EnumerateArray().Select(score => score.GetDouble())];
        int[] rows = [.. expected.GetProperty("index").EnumerateArray().Select(row => row.GetInt32())];
        for (int rank = 0; rank < scores.Length; rank++)
        {
            Assert.Equal(scores[rank], ranking.GetScores(query)[rank], NearTies.Tolerance);
            bool isAlone = scores.Count(score => Math.Abs(score - scores[rank]) < 2 * NearTies.Tolerance) == 1 && rank < scores.Length - 1;
            Assert.True(!isAlone || rows[rank] == ranking.GetIndices(query)[rank], $"Rank {rank} of query {query} has another row.");
        }
    }
}
