using System.IO.Compression;
using System.Text;

namespace GnnReRank.Tests.Formats.Rankings.Runs;

/// <summary>TREC runs written by hand.</summary>
public sealed class TrecRunTests
{
    private static readonly FeatureMatrix s_query = RunCase.Named("a", "b c", "");
    private static readonly FeatureMatrix s_gallery = RunCase.Named("u", "v", "x y.jpg", "");

    [Fact]
    public void ScoresDecideThenNamesDescendingAsInTrecEval()
    {
        // Lines of a query apart, tabs, ranks that say otherwise, scores that float32 would not tell apart.
        (Ranking ranking, List<string> warnings) = RunCase.Read(
            "x.run",
            "b_c Q0 u 1 0.1 tag\n" +
            "a\tQ0\tu\t9\t1.00000001e0\ttag\r\n\n" +
            "a 0 x_y.jpg 9 1.00000002 tag\n" +
            "b_c Q0 g3 1 0.1 tag\n" +
            "b_c Q0 v 1 0.1 tag\n" +
            "  a Q0 v 9 -1e-3 tag  \n" +
            "q2 Q0 u 0 5 tag",
            s_query, s_gallery);
        Assert.Equal([[2, 0, 1], [1, 0, 3], [0]], RunCase.Lists(ranking));
        Assert.Equal([[1.00000002f, 1f, -1e-3f], [0.1f, 0.1f, 0.1f], [5f]], RunCase.Scores(ranking));
        Assert.Equal(("tag", "tag (x.run)"), (ranking.Method, ranking.Settings.ToString()));
        Assert.Empty(warnings);
    }

    [Fact]
    public void NamesThatTieGoByTheirBytes()
    {
        // UTF-8 puts U+1F600 (F0 ...) behind U+FFFF (EF ...) and UTF-16 before it (D83D). A name is before those that it starts.
        FeatureMatrix gallery = RunCase.Named("a", "\uFFFF", "\U0001F600", "ab", "Z");
        (Ranking ranking, _) = RunCase.Read("x.run", string.Concat(gallery.Names!.Select(name => $"a Q0 {name} 1 1 t\n")), RunCase.Named("a"), gallery);
        Assert.Equal([2, 1, 3, 0, 4], ranking.GetIndices(0));
    }

    [Theory]
    [InlineData("BM25", null, "1 0 2", "against the scores*-OrderBy Rank")]
    [InlineData("BM25", RankingOrder.Rank, "2 0 1", "against the scores*-OrderBy Score")]
    [InlineData("GnnReRank-GNN", null, "2 0 1", "against the scores*-OrderBy Score")]
    [InlineData("GnnReRank-GNN", RankingOrder.Score, "1 0 2", "against the scores*-OrderBy Rank")]
    public void TheOrderIsThatOfScoresUnlessTheRunIsOursOrRanksAreAskedFor(string tag, RankingOrder? order, string expected, string warning)
    {
        (Ranking ranking, List<string> warnings) = RunCase.Read(
            "x.run", $"a Q0 u 2 0.2 {tag}\na Q0 v 3 0.3 {tag}\na Q0 x_y.jpg 1 0.1 {tag}\n", s_query, s_gallery, new RankingReadOptions { Order = order });
        Assert.Equal(expected, string.Join(' ', ranking.GetIndices(0)));
        Assert.Equal(2, warnings.Count);
        Assert.Matches(warning.Replace("*", ".*"), warnings[1]);
    }

    [Fact]
    public void DistancesAreNegatedAndTheLowestComesFirst()
    {
        (Ranking ranking, _) = RunCase.Read(
            "x.run", "a Q0 u 1 0 t\na Q0 v 2 inf t\na Q0 x_y.jpg 3 0.5 t\n", s_query, s_gallery, new RankingReadOptions { ScoreKind = RankingScoreKind.Distance });
        Assert.Equal([0, 2, 1], ranking.GetIndices(0));
        Assert.Equal([0f, -0.5f, -float.MaxValue], ranking.GetScores(0));
    }

    [Fact]
    public void QueriesThatOneSideLacksAreTold()
    {
        (Ranking ranking, List<string> warnings) = RunCase.Read(
            "x.run", "z1 Q0 nobody 1 1 t\nz2 Q0 u 1 1 t\na Q0 u 1 1 t\nz1 Q0 u 1 1 t\n", s_query, s_gallery);
        Assert.Equal([1, 0, 0], RunCase.Lists(ranking).Select(list => list.Length));
        Assert.Contains("2 queries of the run are not in the query matrix and are left out: 'z1', 'z2'.", warnings[0]);
        Assert.Contains("2 of 3 queries have no list in the run, which found nothing for them: b_c, q2.", warnings[1]);
    }

    [Fact]
    public void GalleryImagesThatAreNotThereAreLeftOutWhereThatIsAskedFor()
    {
        const string run = "a Q0 u 1 3 t\na Q0 w 2 2 t\na Q0 v 3 1 t\n";
        GnnReRankException error = RunCase.Refused("x.run", run, s_query, s_gallery);
        Assert.Equal("UnknownGalleryImage", error.ErrorId);
        Assert.Contains("x.run': line 2 names 'w', which the gallery matrix does not have (its first row is 'u')", error.Message);
        (Ranking ranking, List<string> warnings) = RunCase.Read("x.run", run, s_query, s_gallery, new RankingReadOptions { SkipUnknown = true });
        Assert.Equal([0, 1], ranking.GetIndices(0));
        Assert.Contains("1 images of the run are not in the gallery matrix and are left out: 'w'.", warnings[0]);
    }

    [Theory]
    [InlineData("a Q0 u 1 1\n", "RunFieldCount", "line 1 has 5 fields ('a Q0 u 1 1')*query Q0 document rank score tag")]
    [InlineData("a 0 u 1\n", "RunFieldCount", "line 1 has 4 fields*Import-RetrievalDataset Qrels")]
    [InlineData("a Q0 u 1 1 t\na Q0 v 1 1 t more\n", "RunFieldCount", "line 2 has more than 6")]
    [InlineData("a Q0 u 1 much t\n", "RunScoreNotANumber", "line 1 has the score 'much'")]
    [InlineData("a Q0 u 1 1 t\n\n\na Q0 v 2 nan t\n", "RunScoreNotANumber", "line 4 has a score that is not a number")]
    [InlineData("a Q0 u 1 1 t\nb_c Q0 u 1 1 t\na Q0 v 2 1 t\na Q0 u 9 0 t\n", "RunImageTwice", "line 4 has gallery row 0 ('u') a second time for its query; the first is line 1")]
    [InlineData("z Q0 u 1 1 t\n", "RunMatchesNothing", "none of its queries ('z') is in the query matrix (its first row is 'a')*-MatchBy Index")]
    [InlineData(" \n", "RunMatchesNothing", "holds no entry")]
    [InlineData("a Q0 u\0 1 1 t\n", "WrongFormat", "does not start like a Trec run")]
    public void WhatIsNoRunIsRefusedByItsLine(string run, string errorId, string message)
    {
        GnnReRankException error = RunCase.Refused("x.run", run, s_query, s_gallery);
        Assert.Equal(errorId, error.ErrorId);
        Assert.Matches(string.Join(".*", message.Split('*').Select(System.Text.RegularExpressions.Regex.Escape)), error.Message);
    }

    [Theory]
    [InlineData("a Q0 u x 1 t\n", "RunRankNotANumber", "line 1 has the rank 'x'")]
    [InlineData("a Q0 u 1 2 t\na Q0 v 1 1 t\n", "RunRankTwice", "line 2 gives rank 1 a second time for its query; the first is line 1")]
    public void RanksMustBeNumbersThatDifferWhereTheyDecide(string run, string errorId, string message)
    {
        (Ranking byScore, _) = RunCase.Read("x.run", run, s_query, s_gallery);
        Assert.Equal(0, byScore.GetIndices(0)[0]);
        GnnReRankException error = RunCase.Refused("x.run", run, s_query, s_gallery, new RankingReadOptions { Order = RankingOrder.Rank });
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void RowsThatARunCannotTellApartAreRefused()
    {
        FeatureMatrix twins = RunCase.Named("x y", "x_y", "z");
        GnnReRankException error = RunCase.Refused("x.run", "a Q0 z 1 1 t\na Q0 x_y 1 1 t\n", s_query, twins);
        Assert.Equal("RunNameAmbiguous", error.ErrorId);
        Assert.Contains("line 2 names 'x_y', and several rows of the gallery matrix have that name", error.Message);

        // A table gives the name as it is.
        (Ranking ranking, _) = RunCase.Read("x.csv", "qid,docno,score\na,x_y,1\n", s_query, twins);
        Assert.Equal([1], ranking.GetIndices(0));
    }

    [Theory]
    [InlineData("0001_c1.jpg", 0)]
    [InlineData("0001_c1", 0)]
    [InlineData("data/query/0001_c1.png", 0)]
    [InlineData("query\\0001_c1.jpg", 0)]
    [InlineData("a/img.jpg", 1)]
    [InlineData("b/img", 2)]
    [InlineData("gallery/0001_c1.jpg", null)] // another folder is another image
    [InlineData("c/img.jpg", null)]
    [InlineData("17", null)] // a number is no name
    public void NamesMayLackFoldersAndEndings(string name, int? expected)
    {
        FeatureMatrix gallery = RunCase.Named("query/0001_c1.jpg", "a/img.jpg", "b/img.jpg");
        string run = $"a Q0 {name} 1 1 t\n";
        if (expected is int row)
        {
            Assert.Equal([row], RunCase.Read("x.run", run, s_query, gallery).Ranking.GetIndices(0));
        }
        else
        {
            Assert.Equal("UnknownGalleryImage", RunCase.Refused("x.run", run, s_query, gallery).ErrorId);
        }
    }

    [Fact]
    public void AFileNameOfSeveralRowsIsAmbiguous() => Assert.Equal(
        "RunNameAmbiguous", RunCase.Refused("x.run", "a Q0 img.jpg 1 1 t\n", s_query, RunCase.Named("a/img.jpg", "b/img.jpg")).ErrorId);

    [Fact]
    public void NumbersStandForRowsWithoutNamesAndWhereAskedFor()
    {
        (Ranking bare, _) = RunCase.Read("x.run", "q0 Q0 g1 1 2 t\n0 Q0 2 2 1 t\n", RunCase.Bare(1), RunCase.Bare(3));
        Assert.Equal([1, 2], bare.GetIndices(0));
        RankingReadOptions byIndex = new() { Match = RankingMatch.Index };
        (Ranking named, _) = RunCase.Read("x.run", "0 Q0 1 1 2 t\n", s_query, s_gallery, byIndex);
        Assert.Equal([1], named.GetIndices(0));
        Assert.Contains("no row of the gallery matrix: numbers from 0 to 3", RunCase.Refused("x.run", "0 Q0 4 1 2 t\n", s_query, s_gallery, byIndex).Message);
        Assert.Contains("are called g0 to g2", RunCase.Refused("x.run", "0 Q0 3 1 2 t\n", RunCase.Bare(1), RunCase.Bare(3)).Message);
    }

    [Fact]
    public void CompressedTextWithAByteOrderMarkIsRead()
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionMode.Compress))
        {
            gzip.Write([.. Encoding.UTF8.Preamble, .. "a Q0 v 1 1 t\n"u8]);
        }

        Ranking ranking = RunCase.ReadBytes("x.run.gz", packed.ToArray(), s_query, s_gallery);
        Assert.Equal([1], ranking.GetIndices(0));
        Assert.Equal("CorruptFile", Assert.Throws<GnnReRankException>(() => RunCase.ReadBytes("x.run.gz", packed.ToArray()[..^9], s_query, s_gallery)).ErrorId);
    }

    [Fact]
    public void ALineWithoutEndIsRefusedBeforeItFillsTheMemory()
    {
        GnnReRankException error = RunCase.Refused("x.run", "a Q0 u 1 1 t\n" + new string('x', 3 << 20), s_query, s_gallery);
        Assert.Contains("line 2 is longer than 1,048,576 characters", error.Message);
        Assert.Contains("It is not UTF-8", Assert.Throws<GnnReRankException>(() => RunCase.ReadBytes("x.run", [0x61, 0xFF, 0x0A], s_query, s_gallery)).Message);
    }

    [Fact]
    public void ARunThatRepeatsItselfIsRefusedBeforeItFillsTheMemory()
    {
        // A hundred thousand lines in a kilobyte of gzip. The fifth is one more than the gallery has rows.
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a Q0 u 1 1 t\n", 100_000))));
        }

        GnnReRankException error = Assert.Throws<GnnReRankException>(() => RunCase.ReadBytes("x.run.gz", packed.ToArray(), s_query, s_gallery));
        Assert.Contains("line 2 has gallery row 0 ('u') a second time for its query; the first is line 1", error.Message);
        Allocation.AssertBelow(4 << 20, () => Assert.Throws<GnnReRankException>(() => RunCase.ReadBytes("x.run.gz", packed.ToArray(), s_query, s_gallery)));
        string results = string.Join(',', Enumerable.Repeat("{\"docno\":\"u\",\"score\":1}", 5));
        Assert.Contains("object 1 has more than 4 images", RunCase.Refused("x.jsonl", $"{{\"results\":[{results}],\"qid\":\"a\"}}", s_query, s_gallery).Message);
    }

    [Fact]
    public void OnlyTheHeadIsKeptWhereThatIsAskedFor()
    {
        (Ranking ranking, _) = RunCase.Read(
            "x.txt", "a Q0 u 1 1 t\na Q0 v 2 3 t\na Q0 g3 2 2 t\n", s_query, s_gallery, new RankingReadOptions { Top = 2 });
        Assert.Equal([1, 3], ranking.GetIndices(0));
    }

    [Fact]
    public void ProgressIsToldAndTheReadingCanBeStopped()
    {
        string run = string.Concat(Enumerable.Range(0, 9000).Select(line => $"a Q0 {line} 1 {line} t\n"));
        using CancellationTokenSource stop = new();
        List<StageProgress> told = [];
        ComputeOptions compute = new()
        {
            CancellationToken = stop.Token,
            Progress = new ProgressCallback(progress =>
            {
                told.Add(progress);
                if (told.Count == 2)
                {
                    stop.Cancel();
                }
            }),
        };
        Assert.Throws<OperationCanceledException>(() => RunCase.Read("x.run", run, s_query, RunCase.Bare(9000), new RankingReadOptions { Compute = compute }));
        Assert.Equal("Reading the run", told[^1].Stage);
        Assert.Equal(2, told.Count);
    }
}
