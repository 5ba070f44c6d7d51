using GnnReRank.Tests.Evaluation;
using GnnReRank.Tests.Formats.Rankings.Runs;

namespace GnnReRank.Tests.Datasets.Judgements;

/// <summary>Judgements written by hand. What trec_eval makes of some is in TrecEvalTests.</summary>
public sealed class QrelsDatasetTests
{
    private static readonly FeatureMatrix s_query = RunCase.Named("a", "b c", "q/d.jpg");
    private static readonly FeatureMatrix s_gallery = RunCase.Named("u", "v", "x y.jpg", "");

    [Fact]
    public void GradesBecomeListsOverTheRowsAsTheyAre()
    {
        RetrievalDataset set = Read("b_c 0 v 1\n\nb_c\t0\tx_y\t0\nb_c 0 u -1\nd Q0 g3 3\na 0 u -2\n");
        Assert.Same(s_query, set.Query);
        Assert.Same(s_gallery, set.Gallery);
        Assert.Equal((EvaluationProtocol.Trec, "AsTrecEval"), (set.Protocol, set.Variant));
        Assert.Equal([[], [1], [3]], set.GroundTruth!.Queries.Select(query => query.Easy));
        Assert.All(set.GroundTruth.Queries, query => Assert.Empty(query.Junk.Concat(query.Hard)));
        Assert.Empty(set.Warnings);
        Assert.Equal(["u", "v", "x y.jpg", ""], set.GalleryImages.Select(image => image.Name));
    }

    [Fact]
    public void NegativeGradesAreJunkWhereThatIsAskedFor()
    {
        RetrievalDataset set = Read("a 0 v 1\na 0 x_y 0\na 0 u -1\na 0 g3 -2\n", new DatasetReadOptions { Variant = "negativeisjunk" });
        Assert.Equal([[0, 3], [], []], set.GroundTruth!.Queries.Select(query => query.Junk));

        // The list u, x y, v: with u out of it the good image stands at rank 2, else at 3.
        Ranking ranking = HandRanking.Of(s_query, s_gallery, [0, 2, 1], [0, 1, 2], [0, 1, 2]);
        Assert.Equal(1.0 / 2, Precision(ranking, set));
        Assert.Equal(1.0 / 3, Precision(ranking, Read("a 0 v 1\na 0 x_y 0\na 0 u -1\na 0 g3 -2\n")));
    }

    [Fact]
    public void JudgementsAndImagesWithoutAPartnerAreTold()
    {
        const string qrels = "a 0 u 1\nz 0 u 1\na 0 w1 2\na 0 w2 0\nb_c 0 w1 1\n";
        RetrievalDataset set = Read(qrels);
        Assert.Equal(
            [
                "1 judged queries are not in the query matrix and are left out: 'z'.",
                "2 judged images are not in the gallery matrix, with 2 judgements as relevant, which leave the lists: 'w1', 'w2'. The figures are not those of the whole gallery.",
                "2 of 3 queries have no judgement, and no figure: 'b_c', 'q/d.jpg'.",
            ], set.Warnings);
        Assert.Equal([(FeatureRole.Query, "z"), (FeatureRole.Gallery, "w1"), (FeatureRole.Gallery, "w2")], set.UnmatchedImages.Select(each => (each.Set, each.Image.Name)));
        Assert.Equal("DatasetIncomplete", Refused(qrels, new DatasetReadOptions { RequireAll = true }).ErrorId);
    }

    [Fact]
    public void RowsWithoutNamesAreCalledAsTrecRunsCallThem()
    {
        using DatasetTree tree = new();
        tree.Write("x.qrels", "q1 0 g2 1", "0 0 1 1");
        RetrievalDataset set = RetrievalDatasets.Read(
            DatasetKind.Qrels, tree["x.qrels"], new DatasetReadOptions { Query = RunCase.Bare(2), Gallery = RunCase.Bare(3) });
        Assert.Equal([[1], [2]], set.GroundTruth!.Queries.Select(query => query.Easy));
    }

    [Theory]
    [InlineData("a 0 u\n", "QrelsFieldCount", "line 1 has 3 fields")]
    [InlineData("a Q0 u 1 0.5 tag\n", "QrelsFieldCount", "line 1 has more than 4 fields")]
    [InlineData("a 0 u 1\na 0 v yes\n", "QrelsGradeNotANumber", "line 2 has the grade 'yes'")]
    [InlineData("a 0 u 1\na 0 v 1\na 0 u 0\n", "QrelsJudgedTwice", "line 3 judges 'u' for 'a' again, after line 1")]
    [InlineData("z 0 u 1\na 0 w 1\n", "QrelsMatchNothing", "Judged queries are 'z', judged images 'w'")]
    public void WhatIsNoJudgementIsRefusedByItsLine(string qrels, string errorId, string message)
    {
        GnnReRankException error = Refused(qrels);
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void OptionsOfOtherDataSetsAreRefused()
    {
        Assert.Equal("UnknownVariant", Refused("a 0 u 1\n", new DatasetReadOptions { Variant = "Full" }).ErrorId);
        Assert.Equal("SeedNotUsed", Refused("a 0 u 1\n", new DatasetReadOptions { Seed = 1 }).ErrorId);
        Assert.Equal("DatasetWithoutOrder", Refused("a 0 u 1\n", new DatasetReadOptions { InOrder = true }).ErrorId);
        using DatasetTree tree = new();
        tree.Write("x.qrels", "a 0 u 1");
        Assert.Equal("QrelsWithoutMatrices", Assert.Throws<GnnReRankException>(() => RetrievalDatasets.Read(DatasetKind.Qrels, tree["x.qrels"])).ErrorId);
        Assert.Equal("PathIsDirectory", Assert.Throws<GnnReRankException>(
            () => RetrievalDatasets.Read(DatasetKind.Qrels, tree.Path, new DatasetReadOptions { Query = s_query, Gallery = s_gallery })).ErrorId);
        Assert.Equal(["AsTrecEval", "NegativeIsJunk"], RetrievalDatasets.VariantsOf(DatasetKind.Qrels));
    }

    private static double? Precision(Ranking ranking, RetrievalDataset set) => RetrievalEvaluator.Measure(
        ranking, new EvaluationSettings { GroundTruth = set.GroundTruth, Protocol = set.Protocol }).mAPAtDepth;

    private static RetrievalDataset Read(string qrels, DatasetReadOptions? options = null)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["x.qrels"], qrels);
        return RetrievalDatasets.Read(DatasetKind.Qrels, folder["x.qrels"], (options ?? new DatasetReadOptions()) with { Query = s_query, Gallery = s_gallery });
    }

    private static GnnReRankException Refused(string qrels, DatasetReadOptions? options = null) => Assert.Throws<GnnReRankException>(() => Read(qrels, options));
}
