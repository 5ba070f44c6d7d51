using System.Text.Json;

namespace GnnReRank.Tests.Reports;

/// <summary>What a report says, against values worked out by hand.</summary>
public sealed class ReportDataTests : IDisposable
{
    private const int Digits = 5;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ListsHaveTheirImagesScoresRanksAndRelevance()
    {
        JsonElement data = Data(ReportCase.ThreeQueries(), new ReportOptions { Top = 3 });
        JsonElement before = data.GetProperty("rankings")[0];
        JsonElement after = data.GetProperty("rankings")[1];
        Assert.Equal(0, data.GetProperty("baseline").GetInt32());

        // Every gallery row is in one of the lists, so a row's place among them is its number.
        Assert.Equal([0, 1, 2, 3, 4], ReportCase.Integers(data.GetProperty("gallery").GetProperty("rows")));
        Assert.Equal([4, 0, 3, 0, 1, 2, 0, 1, 2], ReportCase.Integers(before.GetProperty("images")));
        Assert.Equal([3, 0, 1, 4, 0, 1, 4, 3, 2], ReportCase.Integers(after.GetProperty("images")));
        Assert.Equal([1, 0.5, 0.33333, 1, 0.5, 0.33333, 1, 0.5, 0.33333], ReportCase.Numbers(after.GetProperty("scores")));
        Assert.Equal("ngjnngnnn", before.GetProperty("relevance").GetString());
        Assert.Equal("jggnnnnjn", after.GetProperty("relevance").GetString());

        // Each image's rank in the other ranking's list of the same query.
        Assert.Equal([3, 2, 4, 5, 1, 2, 5, 4, 3], ReportCase.Integers(after.GetProperty("otherRanks")));
        Assert.Equal([4, 2, 1, 2, 3, 4, 5, 4, 3], ReportCase.Integers(before.GetProperty("otherRanks")));
    }

    [Fact]
    public void PrecisionsAndFirstMatchesAreThoseOfTheProtocol()
    {
        JsonElement data = Data(ReportCase.ThreeQueries(), new ReportOptions { Evaluation = new() { ApKind = ApKind.Uninterpolated } });
        JsonElement before = data.GetProperty("rankings")[0];
        JsonElement after = data.GetProperty("rankings")[1];

        // Query 0, row 3 taken out: good at ranks 2 and 3: (1/2 + 2/3) / 2; then at 1 and 2. Query 1: at rank 3; then at 4, row 3 being behind it.
        Assert.Equal([0.58333, 0.33333, null], ReportCase.Numbers(before.GetProperty("ap")));
        Assert.Equal([1, 0.25, null], ReportCase.Numbers(after.GetProperty("ap")));
        Assert.Equal([2, 3, null], ReportCase.Numbers(before.GetProperty("firstMatch")));
        Assert.Equal([1, 4, null], ReportCase.Numbers(after.GetProperty("firstMatch")));
        Assert.Equal([2, 1, 0], ReportCase.Integers(before.GetProperty("good")));

        JsonElement result = after.GetProperty("results")[0];
        Assert.Equal("mAP", result.GetProperty("meanName").GetString());
        Assert.Equal((1 + 0.25) / 2, result.GetProperty("mean").GetDouble(), Digits);
        Assert.Equal([0.5, 1, null, null], Ranks(result));
        Assert.Equal(2, result.GetProperty("valid").GetInt32());
        Assert.Equal([0.5, 0.5, 0.5, 1, 1], ReportCase.Numbers(after.GetProperty("cmc")));
        Assert.Equal([0, 0, 1, 0, 0, 0, 0, 0, 0, 1], ReportCase.Integers(after.GetProperty("histogram")));
        Assert.Equal([0, 0, 0, 1, 0, 1, 0, 0, 0, 0], ReportCase.Integers(before.GetProperty("histogram")));
    }

    /// <summary>Two rankings of the same queries by protocols that draw galleries: figures and lists, and no curve, since there is no single list.</summary>
    [Theory]
    [InlineData(EvaluationProtocol.VehicleId, 10)]
    [InlineData(EvaluationProtocol.Cuhk03Classic, 100)]
    public void DrawnProtocolsHaveFiguresAndNoPrecisionRecallCurve(EvaluationProtocol protocol, int draws)
    {
        // One image an identity: every draw has the same gallery, and the list without the junk of the other two is the list itself.
        FeatureMatrix query = ReportCase.Matrix(2, FeatureRole.Query, [1, 2], [1, 1]);
        FeatureMatrix gallery = ReportCase.Matrix(3, FeatureRole.Gallery, [1, 2, 3], [2, 2, 2]);
        JsonElement data = Data(
            [
                ReportCase.Of(query, gallery, new CosineSettings(), [0, 1, 2], [0, 1, 2]),
                ReportCase.Of(query, gallery, ReportCase.AfterSettings, [0, 1, 2], [1, 0, 2]),
            ],
            new ReportOptions { Evaluation = new() { Protocol = protocol, Bootstrap = 100 } });
        JsonElement before = data.GetProperty("rankings")[0];
        JsonElement result = before.GetProperty("results")[0];
        Assert.Equal($"{draws}", result.GetProperty("draws").GetString());
        Assert.Equal((1 + 0.5) / 2, result.GetProperty("mean").GetDouble(), Digits);
        Assert.Equal([0.5, 1, 1], ReportCase.Numbers(before.GetProperty("cmc")));
        Assert.Equal([1, 0.5], ReportCase.Numbers(before.GetProperty("ap")));
        Assert.Equal("gnnngn", before.GetProperty("relevance").GetString());
        Assert.Equal("100.00-100.00 %", data.GetProperty("rankings")[1].GetProperty("results")[0].GetProperty("interval").GetString());
        Assert.False(before.TryGetProperty("precisionRecall", out _));
    }

    [Fact]
    public void CutListsAreMeasuredAsSuchAndAnUnknownRankIsZero()
    {
        FeatureMatrix query = ReportCase.Matrix(1, FeatureRole.Query, [1]);
        FeatureMatrix gallery = ReportCase.Matrix(4, FeatureRole.Gallery, [1, 2, 3, 1]);
        Ranking before = ReportCase.Of(query, gallery, new CosineSettings(), [1, 0]);
        Ranking after = ReportCase.Of(query, gallery, ReportCase.AfterSettings, [0, 3]);
        JsonElement ranking = Data([before, after]).GetProperty("rankings")[1];
        JsonElement result = ranking.GetProperty("results")[0];
        Assert.Equal("mAP@2", result.GetProperty("meanName").GetString());
        Assert.Equal(1, result.GetProperty("mean").GetDouble());
        Assert.Equal([1, null, null, null], Ranks(result));
        Assert.Equal(2, ranking.GetProperty("top").GetInt32());
        Assert.Equal([2, 0], ReportCase.Integers(ranking.GetProperty("otherRanks")));
    }

    [Fact]
    public void ATopBeyondTheGalleryShowsTheGallery()
    {
        JsonElement ranking = Data(ReportCase.ThreeQueries(), new ReportOptions { Top = 99 }).GetProperty("rankings")[0];
        Assert.Equal(5, ranking.GetProperty("top").GetInt32());
        Assert.Equal(15, ranking.GetProperty("images").GetArrayLength());
    }

    [Fact]
    public void WithoutLabelsThereAreListsAndNoFigures()
    {
        FeatureMatrix query = ReportCase.Matrix(1, FeatureRole.Query);
        FeatureMatrix gallery = ReportCase.Matrix(2, FeatureRole.Gallery);
        JsonElement data = Data([ReportCase.Of(query, gallery, new CosineSettings(), [1, 0])]);
        JsonElement ranking = data.GetProperty("rankings")[0];
        Assert.Equal(0, ranking.GetProperty("results").GetArrayLength());
        Assert.Equal([1, 0], ReportCase.Integers(ranking.GetProperty("images")));
        foreach (string absent in (string[])["ap", "cmc", "histogram", "precisionRecall", "relevance", "otherRanks"])
        {
            Assert.False(ranking.TryGetProperty(absent, out _), absent);
        }

        Assert.False(data.GetProperty("query").TryGetProperty("names", out _));
        Assert.Equal([0], ReportCase.Integers(data.GetProperty("query").GetProperty("rows")));
    }

    [Fact]
    public void TheCosineRankingIsTheBaselineOrElseTheFirst()
    {
        Ranking[] rankings = ReportCase.ThreeQueries();
        JsonElement reversed = Data([rankings[1], rankings[0]]);
        Assert.Equal(1, reversed.GetProperty("baseline").GetInt32());
        Assert.Equal(1, reversed.GetProperty("rankings")[0].GetProperty("compared").GetInt32());
        Assert.Equal(0, Data([rankings[1], rankings[1]]).GetProperty("baseline").GetInt32());
    }

    [Fact]
    public void TheQueriesThatChangedMostAreKept()
    {
        // By trapezoids query 0 goes from (1/4 + 7/12) / 2 to 1, query 1 from 1/6 to 1/8; query 2 is not valid.
        JsonElement one = Data(ReportCase.ThreeQueries(), new ReportOptions { MaxQueries = 1 });
        Assert.Equal([0], ReportCase.Integers(one.GetProperty("query").GetProperty("rows")));
        Assert.Equal(3, one.GetProperty("queryCount").GetInt32());
        Assert.Equal(2, one.GetProperty("rankings")[0].GetProperty("results")[0].GetProperty("valid").GetInt32());

        // Of one ranking the worst: query 1.
        JsonElement single = Data([ReportCase.ThreeQueries()[0]], new ReportOptions { MaxQueries = 1 });
        Assert.Equal([1], ReportCase.Integers(single.GetProperty("query").GetProperty("rows")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public void GainsAndLossesAreTakenOfAllQueriesHoweverFewAreShown(int? most)
    {
        // Query 0 gains, query 1 loses, query 2 is not valid; of the ranking of three, query 1 alone gains.
        Ranking[] two = ReportCase.ThreeQueries(["a", "b", "c"]);
        Ranking third = ReportCase.Of(two[0].Query, two[0].Gallery, ReportCase.AfterSettings with { K1 = 4 }, [4, 0, 3, 1, 2], [2, 0, 1, 3, 4], [0, 1, 2, 3, 4]);
        JsonElement rankings = Data([.. two, third], new ReportOptions { MaxQueries = most, Evaluation = new() { ApKind = ApKind.Uninterpolated } }).GetProperty("rankings");
        Assert.False(rankings[0].TryGetProperty("changes", out _));
        Assert.Equal("1: 0 a 0.58333 1", Told(rankings[1], "gained"));
        Assert.Equal("1: 1 b 0.33333 0.25", Told(rankings[1], "lost"));
        Assert.Equal("1: 1 b 0.33333 1", Told(rankings[2], "gained"));
        Assert.Equal("0:", Told(rankings[2], "lost"));

        static string Told(JsonElement ranking, string kind)
        {
            JsonElement changes = ranking.GetProperty("changes").GetProperty(kind);
            return string.Concat(changes.GetProperty("most").EnumerateArray().Select(query =>
                $" {query.GetProperty("row")} {query.GetProperty("name")} {query.GetProperty("before")} {query.GetProperty("after")}").Prepend($"{changes.GetProperty("count")}:"));
        }
    }

    [Fact]
    public void TheTenLargestChangesAreListedLargestFirst()
    {
        // Query i has one good image, at rank i + 1 before and at rank 1 after: AP 1 / (i + 1) becomes 1, and only query 0 stays.
        int[] all = [.. Enumerable.Range(0, 13)];
        FeatureMatrix query = ReportCase.Matrix(12, FeatureRole.Query, [.. Enumerable.Repeat(1L, 12)]);
        FeatureMatrix gallery = ReportCase.Matrix(13, FeatureRole.Gallery, [1, .. Enumerable.Repeat(2L, 12)]);
        int[][] before = [.. Enumerable.Range(0, 12).Select(place => (int[])[.. all[1..(place + 1)], 0, .. all[(place + 1)..]])];
        int[][] after = [.. before.Select(_ => all)];
        JsonElement changes = Data(
            [ReportCase.Of(query, gallery, new CosineSettings(), before), ReportCase.Of(query, gallery, ReportCase.AfterSettings, after)],
            new ReportOptions { MaxQueries = 1, Evaluation = new() { ApKind = ApKind.Uninterpolated } }).GetProperty("rankings")[1].GetProperty("changes");
        Assert.Equal(11, changes.GetProperty("gained").GetProperty("count").GetInt32());
        int[] rows = [.. changes.GetProperty("gained").GetProperty("most").EnumerateArray().Select(each => each.GetProperty("row").GetInt32())];
        Assert.Equal([11, 10, 9, 8, 7, 6, 5, 4, 3, 2], rows);
        Assert.Equal(0, changes.GetProperty("lost").GetProperty("count").GetInt32());
    }

    [Fact]
    public void RankingsAreNamedByWhatTellsThemApart()
    {
        Ranking[] two = ReportCase.ThreeQueries();
        Ranking other = ReportCase.Of(two[0].Query, two[0].Gallery, ReportCase.AfterSettings with { K1 = 4 }, [4, 0, 3, 1, 2], [0, 1, 2, 3, 4], [0, 1, 2, 3, 4]);
        string?[] names = [.. Data([.. two, other, two[0]]).GetProperty("rankings").EnumerateArray().Select(each => each.GetProperty("shortName").GetString())];
        Assert.Equal(["Cosine (1)", "GNN k1=3", "GNN k1=4", "Cosine (2)"], names);
    }

    [Fact]
    public void ALabelThatAScriptCannotHoldAsANumberIsText()
    {
        FeatureMatrix query = ReportCase.Matrix(2, FeatureRole.Query, [long.MaxValue, 7]);
        FeatureMatrix gallery = ReportCase.Matrix(1, FeatureRole.Gallery, [7]);
        JsonElement labels = Data([ReportCase.Of(query, gallery, new CosineSettings(), [0], [0])]).GetProperty("query").GetProperty("labels");
        Assert.Equal("9223372036854775807", labels[0].GetString());
        Assert.Equal(7, labels[1].GetInt32());
    }

    [Fact]
    public void WhatMadeItIsTold()
    {
        JsonElement data = Data(ReportCase.ThreeQueries());
        JsonElement ranking = data.GetProperty("rankings")[1];
        Assert.Equal("3", ranking.GetProperty("settings").GetProperty("K1").GetString());
        Assert.Equal("Gallery.npy", ranking.GetProperty("galleryMatrix").GetProperty("source").GetString());
        Assert.Equal(5, ranking.GetProperty("galleryMatrix").GetProperty("rows").GetInt32());
        Assert.StartsWith(".NET", data.GetProperty("environment").GetProperty("runtime").GetString());
        Assert.Equal(typeof(Ranking).Assembly.GetName().Version!.ToString(3), data.GetProperty("environment").GetProperty("module").GetString());
    }

    [Fact]
    public void TheRevisitedBenchmarksHaveThreeRowsAndTheListsOfMedium()
    {
        FeatureMatrix query = ReportCase.Matrix(1, FeatureRole.Query);
        FeatureMatrix gallery = ReportCase.Matrix(4, FeatureRole.Gallery);
        GroundTruth truth = new([new QueryTruth { Easy = [0], Hard = [1], Junk = [2] }], 4);
        EvaluationSettings settings = new()
        {
            Protocol = EvaluationProtocol.RevisitedOxfordParis,
            GroundTruth = truth,
            ApKind = ApKind.Uninterpolated,
        };
        JsonElement ranking = Data(
            [ReportCase.Of(query, gallery, new CosineSettings(), [3, 0, 2, 1])], new ReportOptions { Evaluation = settings }).GetProperty("rankings")[0];

        // Easy: 3, 0. Medium: 3, 0, 1. Hard: 3, 1. What is left out is junk there.
        double[] means = [.. ranking.GetProperty("results").EnumerateArray().Select(result => Math.Round(result.GetProperty("mean").GetDouble(), Digits))];
        Assert.Equal([0.5, 0.58333, 0.5], means);
        Assert.Equal([0.58333], ReportCase.Numbers(ranking.GetProperty("ap")));
        Assert.Equal("ngjg", ranking.GetProperty("relevance").GetString());
    }

    private static double?[] Ranks(JsonElement result) => ReportCase.Numbers(result.GetProperty("ranks"), "value");

    private JsonElement Data(IReadOnlyList<Ranking> rankings, ReportOptions? options = null) =>
        ReportCase.Data(ReportCase.Write(_folder, rankings, options));
}
