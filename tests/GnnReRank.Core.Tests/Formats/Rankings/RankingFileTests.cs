using System.Text.Json;
using ParquetSharp;

namespace GnnReRank.Tests.Formats.Rankings;

/// <summary>Exports of a ranking small enough to work out by hand: two queries, three gallery rows.</summary>
public sealed class RankingFileTests
{
    [Fact]
    public void WritesTrecRunsLineByLine() => Assert.Equal(
        """
        query_1.jpg Q0 a_b 1 0.1 GnnReRank-Cosine
        query_1.jpg Q0 g1 2 -0.5 GnnReRank-Cosine
        query_1.jpg Q0 c,"d" 3 -1E-20 GnnReRank-Cosine
        q_2 Q0 c,"d" 1 0.33333334 GnnReRank-Cosine
        q_2 Q0 a_b 2 0 GnnReRank-Cosine
        q_2 Q0 g1 3 -1 GnnReRank-Cosine

        """, Text("run.trec", Known()));

    [Fact]
    public void WritesTrecRunsWithRowNumbersWhereNamesAreUnknown() => Assert.Equal(
        "q0 Q0 g2 1 0.5 GnnReRank-Cosine\n", Text("run.trec", Bare()));

    [Fact]
    public void WritesCsvUnderTheNamesOfRankingEntry() => Assert.Equal(
        """"
        QueryIndex,QueryName,QueryLabel,Rank,GalleryIndex,GalleryName,GalleryLabel,Score
        0,query 1.jpg,7,1,0,a b,7,0.1
        0,query 1.jpg,7,2,1,,8,-0.5
        1,"q
        2",-1,1,2,"c,""d""",9,0.33333334
        1,"q
        2",-1,2,0,a b,7,0

        """", Text("ranking.csv", Known(), top: 2));

    [Fact]
    public void WritesOnlyWhatIsKnownToCsv() => Assert.Equal("QueryIndex,Rank,GalleryIndex,Score\n0,1,2,0.5\n", Text("ranking.csv", Bare()));

    [Fact]
    public void WritesAnObjectAQueryToJsonLines()
    {
        string[] lines = Text("ranking.jsonl", Known(), top: 2).TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Equal(
            """{"query_index":0,"query_name":"query 1.jpg","query_label":7,"results":[""" +
            """{"rank":1,"gallery_index":0,"gallery_name":"a b","gallery_label":7,"score":0.1},""" +
            """{"rank":2,"gallery_index":1,"gallery_name":"","gallery_label":8,"score":-0.5}]}""", lines[0]);
        using JsonDocument second = JsonDocument.Parse(lines[1]);
        Assert.Equal("q\n2", second.RootElement.GetProperty("query_name").GetString());
        Assert.Equal("c,\"d\"", second.RootElement.GetProperty("results")[0].GetProperty("gallery_name").GetString());
    }

    [Fact]
    public void WritesOnlyWhatIsKnownToJsonLines() => Assert.Equal(
        """{"query_index":0,"results":[{"rank":1,"gallery_index":2,"score":0.5}]}""" + "\n", Text("ranking.jsonl", Bare()));

    [Fact]
    public void WritesARowAnEntryToParquet()
    {
        using TemporaryFolder folder = new();
        RankingFile.Write(folder["ranking.parquet"], Known(), top: 2);
        using ParquetFileReader file = new(folder["ranking.parquet"]);
        Assert.Equal(1, file.FileMetaData.NumRowGroups);
        Assert.Equal([0, 0, 1, 1], Column<int>(file, "query_index"));
        Assert.Equal([1, 2, 1, 2], Column<int>(file, "rank"));
        Assert.Equal([0, 1, 2, 0], Column<int>(file, "gallery_index"));
        Assert.Equal([0.1f, -0.5f, 1f / 3, 0f], Column<float>(file, "score"));
        Assert.Equal(["query 1.jpg", "query 1.jpg", "q\n2", "q\n2"], Column<string>(file, "query_name"));
        Assert.Equal([7L, 7L, -1L, -1L], Column<long>(file, "query_label"));
        Assert.Equal(["a b", "", "c,\"d\"", "a b"], Column<string>(file, "gallery_name"));
        Assert.Equal([7L, 8L, 9L, 7L], Column<long>(file, "gallery_label"));
    }

    [Fact]
    public void WritesOnlyWhatIsKnownToParquet()
    {
        using TemporaryFolder folder = new();
        RankingFile.Write(folder["ranking.parquet"], Bare());
        using ParquetFileReader file = new(folder["ranking.parquet"]);
        Assert.Equal(4, file.FileMetaData.NumColumns);
    }

    [Fact]
    public void PartsALongRankingIntoRowGroups()
    {
        const int queries = 300;
        const int gallery = 7000;
        RowBlocks<int> indices = new(queries, gallery);
        RowBlocks<float> scores = new(queries, gallery);
        for (int query = 0; query < queries; query++)
        {
            for (int place = 0; place < gallery; place++)
            {
                indices[query][place] = (place + query) % gallery;
                scores[query][place] = -place;
            }
        }

        FeatureMatrix matrix = new(Enumerable.Repeat(1f, gallery).ToArray(), gallery, 1);
        FeatureMatrix query300 = new(Enumerable.Repeat(1f, queries).ToArray(), queries, 1);
        using TemporaryFolder folder = new();
        RankingFile.Write(folder["long.parquet"], new Ranking(query300, matrix, indices, scores, new CosineSettings()));
        using ParquetFileReader file = new(folder["long.parquet"]);

        // 149 queries x 7,000 ranks are the most that stay within 2^20 rows.
        Assert.Equal(3, file.FileMetaData.NumRowGroups);
        Assert.Equal(queries * gallery, file.FileMetaData.NumRows);
        using RowGroupReader last = file.RowGroup(2);
        using LogicalColumnReader<int> found = last.Column(2).LogicalReader<int>();
        Assert.Equal([298, 299, 300], found.ReadAll(3));
    }

    [Theory]
    [InlineData("ranking.xml", 1, "UnknownFormat")]
    [InlineData("ranking.csv", 0, "InvalidTop")]
    [InlineData("missing/ranking.csv", 1, "FolderNotFound")]
    public void RefusesWhatItCannotWrite(string file, int top, string errorId)
    {
        using TemporaryFolder folder = new();
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => RankingFile.Write(folder[file], Known(), top));
        Assert.Equal(errorId, error.ErrorId);
    }

    [Theory]
    [InlineData(RankingFormat.Parquet)]
    [InlineData(RankingFormat.Csv)]
    [InlineData(RankingFormat.JsonLines)]
    [InlineData(RankingFormat.Trec)]
    public void LeavesTheOldFileWhenCancelled(RankingFormat format)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["old"], "old");
        ComputeOptions cancelled = new() { CancellationToken = new CancellationToken(canceled: true) };
        Assert.ThrowsAny<OperationCanceledException>(
            () => RankingFile.Write(folder["old"], Known(), format: format, overwrite: true, compute: cancelled));
        Assert.Equal("old", File.ReadAllText(Assert.Single(Directory.GetFiles(folder.Path))));
    }

    private static Ranking Known()
    {
        FeatureMatrix query = new([1, 2], 2, 1, labels: [7, -1], names: ["query 1.jpg", "q\n2"]);
        FeatureMatrix gallery = new([1, 2, 3], 3, 1, labels: [7, 8, 9], names: ["a b", "", "c,\"d\""]);
        return Made(query, gallery, [[0, 1, 2], [2, 0, 1]], [[0.1f, -0.5f, -1e-20f], [1f / 3, 0, -1]]);
    }

    private static Ranking Bare() => Made(new FeatureMatrix([1], 1, 1), new FeatureMatrix([1, 2, 3], 3, 1), [[2]], [[0.5f]]);

    private static Ranking Made(FeatureMatrix query, FeatureMatrix gallery, int[][] indices, float[][] scores)
    {
        RowBlocks<int> indexBlocks = new(indices.Length, indices[0].Length);
        RowBlocks<float> scoreBlocks = new(indices.Length, indices[0].Length);
        for (int row = 0; row < indices.Length; row++)
        {
            indices[row].CopyTo(indexBlocks[row]);
            scores[row].CopyTo(scoreBlocks[row]);
        }

        return new Ranking(query, gallery, indexBlocks, scoreBlocks, new CosineSettings());
    }

    private static string Text(string file, Ranking ranking, int? top = null)
    {
        using TemporaryFolder folder = new();
        RankingFile.Write(folder[file], ranking, top);
        return File.ReadAllText(folder[file]);
    }

    private static T[] Column<T>(ParquetFileReader file, string name)
    {
        int index = file.FileMetaData.Schema.ColumnIndex(name);
        using RowGroupReader group = file.RowGroup(0);
        using LogicalColumnReader<T> column = group.Column(index).LogicalReader<T>();
        return column.ReadAll((int)group.MetaData.NumRows);
    }
}
