using System.Text.Json;

namespace GnnReRank.Tests.Formats.Rankings.Runs;

/// <summary>A run and judgements as other programs write them, against what trec_eval says of the two.</summary>
public sealed class TrecEvalTests
{
    private const double Tolerance = 1e-11; // trec_eval's figures have 12 digits after the point.

    private static readonly JsonElement s_measured = JsonDocument.Parse(File.ReadAllText(TestPaths.Data("trec", "measured.json"))).RootElement;

    [Fact]
    public void EveryFigureIsThatOfTrecEval()
    {
        FeatureMatrix query = RunCase.Named(Texts("queries"));
        FeatureMatrix gallery = RunCase.Named(Texts("documents"));
        Ranking ranking = RankingFile.Read(TestPaths.Data("trec", "other.run"), query, gallery);
        RetrievalDataset judged = RetrievalDatasets.Read(
            DatasetKind.Qrels, TestPaths.Data("trec", "judged.qrels"), new DatasetReadOptions { Query = query, Gallery = gallery });
        RetrievalAccuracy accuracy = RetrievalEvaluator.Measure(
            ranking, new EvaluationSettings { Protocol = judged.Protocol, GroundTruth = judged.GroundTruth });
        List<JsonElement> valid = [];
        for (int row = 0; row < query.RowCount; row++)
        {
            string name = query.Names![row];
            QueryAccuracy found = accuracy.PerQuery[row];
            if (!s_measured.GetProperty("figures").TryGetProperty(name, out JsonElement expected) || Figure(expected, "num_rel") == 0)
            {
                Assert.False(found.IsValid, name);
                continue;
            }

            valid.Add(expected);
            Assert.Equal((int)Figure(expected, "num_rel"), found.GoodCount);
            Assert.Equal((int)Figure(expected, "num_ret"), ranking.GetDepth(row));
            Assert.Equal(Figure(expected, "map"), found.AveragePrecision!.Value, Tolerance);
            Assert.Equal(Figure(expected, "recip_rank"), found.FirstMatchRank is int rank ? 1.0 / rank : 0, Tolerance);
        }

        // trec_eval counts a query without relevant documents as 0, and here it has no figure.
        Assert.Equal(11, valid.Count);
        Assert.Equal(valid.Average(each => Figure(each, "map")), (accuracy.mAP ?? accuracy.mAPAtDepth)!.Value, Tolerance);
        foreach (int rank in (int[])[1, 5, 10])
        {
            Assert.Equal(valid.Average(each => Figure(each, $"success_{rank}")), accuracy.At(rank)!.Value, Tolerance);
        }
    }

    private static string[] Texts(string name) => [.. s_measured.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];

    private static double Figure(JsonElement figures, string name) => figures.GetProperty(name).GetDouble();
}
