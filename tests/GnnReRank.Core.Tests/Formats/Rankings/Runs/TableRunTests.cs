using ParquetSharp;

namespace GnnReRank.Tests.Formats.Rankings.Runs;

/// <summary>CSV, Parquet and JSON lines as other programs write them.</summary>
public sealed class TableRunTests
{
    private static readonly FeatureMatrix s_query = RunCase.Named("a", "b");
    private static readonly FeatureMatrix s_gallery = RunCase.Named("u", "v", "w");
    private static readonly FeatureMatrix s_bare = RunCase.Bare(2);
    private static readonly FeatureMatrix s_bareGallery = RunCase.Bare(3, [7, 8, 9]);

    [Theory]
    [InlineData("x.csv", "docno,extra,score,qid\nv,?,0.5,a\nu,?,0.25,a\nw,?,1e2,b\n", "1 0|2")] // no ranks
    [InlineData("x.csv", "QUERY_NAME,Gallery_Name,rank\r\na,v,9\r\na,u,4\r\nb,w,0\r\n", "0 1|2")] // no scores, ranks with gaps
    [InlineData("x.tsv", "qid\tdocid\trank\tscore\na\tv\t2\t3\na\tu\t1\t4\nb\tw\t1\t9\n", "0 1|2")]
    [InlineData("x.csv", "query,qid,docno,score\n\"what, he asked\",b,w,1\nhow,a,u,2\nhow,a,v,1\n", "0 1|2")] // the id, not the question's text
    [InlineData("x.csv", "\"QueryIndex\",\"QueryName\",\"Rank\",\"GalleryIndex\",\"GalleryName\",\"Score\",\"IsMatch\"\n\"0\",\"\",\"1\",\"1\",\"\",\"0.5\",\"True\"\n\"0\",\"\",\"2\",\"0.0\",\"\",\"0.25\",\n\"1\",\"\",\"1\",\"2\",\"\",\"7\",\n", "1 0|2")]
    [InlineData("x.jsonl", "{\"results\":[{\"score\":0.5,\"docno\":\"v\",\"box\":[1,{\"a\":2}]},{\"docno\":\"u\",\"score\":0.25}],\"more\":{\"x\":[]},\"qid\":\"a\"}\n\n{\"qid\":\"b\",\"results\":[{\"docno\":\"w\",\"score\":1}]}", "1 0|2")]
    [InlineData("x.ndjson", "{\"QueryIndex\":0,\"QueryName\":null,\"Rank\":2,\"GalleryIndex\":0,\"Score\":0.25}\n{\"QueryIndex\":0,\"Rank\":1,\"GalleryIndex\":1,\"Score\":0.5}\n{\"QueryIndex\":1,\"Rank\":1,\"GalleryIndex\":2,\"Score\":0.5}\n", "1 0|2")]
    [InlineData("x.jsonl", "{\"query_index\":1,\"results\":[]}\n{\"query_index\":0,\"results\":[{\"rank\":1,\"gallery_index\":2}]}\n", "2|")]
    public void TablesOfOtherProgramsAreRead(string file, string text, string expected)
    {
        (Ranking ranking, _) = RunCase.Read(file, text, s_query, s_gallery);
        Assert.Equal(expected, string.Join('|', RunCase.Lists(ranking).Select(list => string.Join(' ', list))));
        Assert.Equal("x", ranking.Settings.ToString());
    }

    [Fact]
    public void AListWithoutScoresScoresMinusItsRank()
    {
        (Ranking ranking, _) = RunCase.Read("x.csv", "qid,docno,rank\na,v,9\na,u,4\n", s_query, s_gallery);
        Assert.Equal([-1f, -2f], ranking.GetScores(0));
        (Ranking nameless, _) = RunCase.Read(".csv", "qid,docno,rank\na,v,9\n", s_query, s_gallery);
        Assert.Equal(".csv", nameless.Method);
    }

    [Fact]
    public void DistancesMustBeToldAndRunTheOtherWay()
    {
        const string run = "qid,docno,distance\na,v,0.5\na,u,0.25\n";
        GnnReRankException error = RunCase.Refused("x.csv", run, s_query, s_gallery);
        Assert.Equal("ScoreKindMissing", error.ErrorId);
        Assert.Contains("column 'distance' seems to hold distances", error.Message);
        (Ranking ranking, _) = RunCase.Read("x.csv", run, s_query, s_gallery, new RankingReadOptions { ScoreKind = RankingScoreKind.Distance });
        Assert.Equal([0, 1], ranking.GetIndices(0));
        Assert.Equal([-0.25f, -0.5f], ranking.GetScores(0));
        (Ranking similar, _) = RunCase.Read("x.csv", run, s_query, s_gallery, new RankingReadOptions { ScoreKind = RankingScoreKind.Similarity });
        Assert.Equal([1, 0], similar.GetIndices(0));
        Assert.Equal("ScoreKindMissing", RunCase.Refused("x.jsonl", "{\"qid\":\"a\",\"docno\":\"v\",\"distance\":1}", s_query, s_gallery).ErrorId);
    }

    [Theory]
    [InlineData("x.csv", "qid;docno;rank\na;v;1\n", "semicolons")]
    [InlineData("x.csv", "qid\tdocno\trank\na\tv\t1\n", "tabs")]
    [InlineData("x.tsv", "qid,docno,rank\na,v,1\n", "commas")]
    public void OtherSeparatorsAreToldByTheirName(string file, string text, string mark)
    {
        GnnReRankException error = RunCase.Refused(file, text, s_query, s_gallery);
        Assert.Equal("WrongDelimiter", error.ErrorId);
        Assert.Contains(mark, error.Message);
    }

    [Fact]
    public void NamesGoBeforeRowNumbersSoThatRowsMayHaveMoved()
    {
        const string run = "QueryIndex,QueryName,Rank,GalleryIndex,GalleryName,Score\n1,a,1,0,w,0.5\n1,a,2,2,u,0.25\n";
        Assert.Equal([2, 0], RunCase.Read("x.csv", run, s_query, s_gallery).Ranking.GetIndices(0));
        Assert.Equal([0, 2], RunCase.Read("x.csv", run, s_query, s_gallery, new RankingReadOptions { Match = RankingMatch.Index }).Ranking.GetIndices(1));
        Assert.Equal([0, 2], RunCase.Read("x.csv", run, s_bare, s_bareGallery).Ranking.GetIndices(1));
    }

    [Fact]
    public void ALabelThatDiffersShowsThatTheRowsAreOthers()
    {
        GnnReRankException error = RunCase.Refused("x.csv", "query_index,gallery_index,gallery_label,rank\n0,0,7,1\n0,2,8,2\n", s_bare, s_bareGallery);
        Assert.Equal("RunLabelMismatch", error.ErrorId);
        Assert.Contains("line 3 gives gallery row 2 the label 8, and the gallery matrix has 9 there", error.Message);
    }

    [Theory]
    [InlineData("qid,score\na,1\n", "ColumnNotFound", "no column with the gallery images")]
    [InlineData("docno,score\na,1\n", "ColumnNotFound", "no column with the queries")]
    [InlineData("qid,docno\na,u\n", "ColumnNotFound", "no column to order by")]
    [InlineData("qid,docno,score,Score\na,u,1,2\n", "AmbiguousContent", "'score' twice")]
    [InlineData("qid,docno,score\na,u,1\na,v\n", "FieldCountMismatch", "line 3 has 2 fields")]
    [InlineData("qid,docno,score\na,u,1\na,v,x\n", "BadField", "line 3 has 'x' in the column 'score', and a number such as 0.25")]
    [InlineData("qid,docno,rank\na,u,1.5\n", "BadField", "line 2 has '1.5' in the column 'rank', and a whole number")]
    [InlineData("qid,docno,rank\na,u,1\na,v,1\n", "RunRankTwice", "line 3 gives rank 1 a second time for its query; the first is line 2")]
    [InlineData("qid,docno,rank,score\na,u,1,2\na,v,2,\n", "RunIncomplete", "line 3 has no score and a rank, unlike the entries before it")]
    [InlineData("QueryIndex,GalleryIndex,rank\n0,1,1\n2,1,1\n", "RunIndexOutOfRange", "line 3 has query row 2, and the query matrix has the rows 0 to 1")]
    [InlineData("QueryIndex,GalleryIndex,rank\n0,-1,1\n", "RunIndexOutOfRange", "line 2 has gallery row -1")]
    [InlineData("QueryIndex,GalleryName,rank\n0,,1\n", "RunNameMissing", "line 2 has no name of its gallery image")]
    [InlineData("", "EmptyFile", "is empty")]
    [InlineData("\n\n", "CorruptFile", "no line with text")]
    [InlineData("qid,docno,rank\n", "RunMatchesNothing", "holds no entry")]
    public void WhatIsNoRunIsRefusedByItsLine(string run, string errorId, string message)
    {
        GnnReRankException error = RunCase.Refused("x.csv", run, s_query, s_gallery);
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(message, error.Message);
    }

    [Theory]
    [InlineData("[]", "RunObjectUnusable", "object 0 is no query of a run")]
    [InlineData("{\"qid\":\"a\"}", "RunObjectUnusable", "object 1")]
    [InlineData("{\"qid\":\"a\",\"results\":{}}", "RunObjectUnusable", "object 1")]
    [InlineData("{\"qid\":\"a\",\"results\":5}", "RunObjectUnusable", "object 1")]
    [InlineData("{\"qid\":\"a\",\"results\":[5]}", "RunObjectUnusable", "object 1")]
    [InlineData("{\"qid\":\"a\",\"results\":[[]]}", "RunObjectUnusable", "object 1")]
    [InlineData("{\"qid\":\"a\",\"results\":[],\"docno\":\"u\"}", "RunObjectUnusable", "object 1")]
    [InlineData("{\"qid\":\"a\",\"results\":[{\"docno\":\"u\",\"score\":\"x\"}]}", "BadField", "object 1 has a Score that is not a number")]
    [InlineData("{\"qid\":true,\"results\":[]}", "BadField", "object 1 has a QueryName that is not text")]
    [InlineData("{\"qid\":\"a\",\"results\":[{\"docno\":\"u\",\"rank\":1.5}]}", "BadField", "object 1 has a Rank that is not a whole number")]
    [InlineData("{\"qid\":\"a\",\"results\":[{\"docno\":\"u\"}]}", "RunWithoutOrder", "has no ranks to order its lists by")]
    [InlineData("{\"qid\":\"a\",\"results\":[{\"docno\":\"u\",\"rank\":1},{\"docno\":\"u\",\"rank\":2}]}", "RunImageTwice", "object 1 has gallery row 0 ('u') a second time")]
    [InlineData("{\"qid\":\"a\",\"results\":[{\"docno\":\"u\",\"score\":NaN}]}", "CorruptFile", "is not a usable JSON lines file")]
    [InlineData("{\"qid\":\"a\",\"results\":[{\"docno\":\"u\",\"score\":1}", "CorruptFile", "is not a usable JSON lines file")]
    [InlineData("{\"qid\":\"\\ud800\",\"results\":[]}", "CorruptFile", "is not a usable JSON lines file")]
    [InlineData("1", "RunObjectUnusable", "object 0")]
    public void WhatIsNoObjectOfARunIsRefused(string run, string errorId, string message)
    {
        GnnReRankException error = RunCase.Refused("x.jsonl", run, s_query, s_gallery);
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void ATextThatIsNeverClosedIsRefusedBeforeItFillsTheMemory()
    {
        GnnReRankException error = RunCase.Refused("x.jsonl", "{\"qid\":\"" + new string('x', 40_000_000), s_query, s_gallery);
        Assert.Contains("longer than 16,777,216 bytes", error.Message);
    }

    [Fact]
    public void ObjectsLongerThanTheBufferAreRead()
    {
        string results = string.Join(',', Enumerable.Range(0, 40_000).Select(row => $"{{\"gallery_index\":{row},\"rank\":{40_000 - row}}}"));
        FeatureMatrix gallery = RunCase.Bare(40_000);
        (Ranking ranking, _) = RunCase.Read("x.jsonl", $"{{\"results\":[{results}],\"query_index\":1}}", s_bare, gallery);
        Assert.Equal(Enumerable.Range(0, 40_000).Reverse(), ranking.GetIndices(1));
    }

    [Fact]
    public void ParquetOfOtherTypesAndRowGroupsIsRead()
    {
        using TemporaryFolder folder = new();
        WriteParquet(folder["x.parquet"], [("a", 20, 0.5), ("b", 10, 7), ("a", 30, 0.25)], groups: 2);
        FeatureMatrix gallery = RunCase.Named("10", "20", "30");
        Ranking ranking = RankingFile.Read(folder["x.parquet"], s_query, gallery);
        Assert.Equal([[1, 2], [0]], RunCase.Lists(ranking));
        GnnReRankException unknown = Assert.Throws<GnnReRankException>(() => RankingFile.Read(folder["x.parquet"], s_query, s_gallery));
        Assert.Contains("row (0-based) 0 names '20'", unknown.Message);
    }

    [Fact]
    public void ParquetWithNullsIsRefusedByItsRow()
    {
        using TemporaryFolder folder = new();
        WriteParquet(folder["x.parquet"], [("a", 20, 0.5), ("b", 10, 7), (null, 30, 0.25)], groups: 2);
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => RankingFile.Read(folder["x.parquet"], s_query, RunCase.Named("10", "20", "30")));
        Assert.Equal("MissingValue", error.ErrorId);
        Assert.Contains("row (0-based) 2 of the column 'qid' is null", error.Message);
    }

    [Fact]
    public void ATableUnderTheNameOfAnotherFormatIsToldSo()
    {
        using TemporaryFolder folder = new();
        WriteParquet(folder["x.csv"], [("a", 20, 0.5)], groups: 1);
        Assert.Equal("WrongFormat", Assert.Throws<GnnReRankException>(() => RankingFile.Read(folder["x.csv"], s_query, s_gallery)).ErrorId);
        Assert.Equal("UnknownFormat", RunCase.Refused("x.xml", "<run/>", s_query, s_gallery).ErrorId);
        Assert.Equal("FileNotFound", Assert.Throws<GnnReRankException>(() => RankingFile.Read(folder["y.csv"], s_query, s_gallery)).ErrorId);
        Assert.Equal("InvalidTop", RunCase.Refused("x.run", "a", s_query, s_gallery, new RankingReadOptions { Top = 0 }).ErrorId);
    }

    private static void WriteParquet(string path, (string? Query, long Document, double Score)[] rows, int groups)
    {
        using ParquetFileWriter file = new(path, [new Column<string?>("qid"), new Column<long>("docno"), new Column<double>("score")]);
        foreach ((string? Query, long Document, double Score)[] part in rows.Chunk((rows.Length + groups - 1) / groups))
        {
            using RowGroupWriter group = file.AppendRowGroup();
            Write(group, part.Select(row => row.Query));
            Write(group, part.Select(row => row.Document));
            Write(group, part.Select(row => row.Score));
        }

        file.Close();
    }

    private static void Write<T>(RowGroupWriter group, IEnumerable<T> values)
    {
        using LogicalColumnWriter<T> column = group.NextColumn().LogicalWriter<T>();
        column.WriteBatch([.. values]);
    }
}
