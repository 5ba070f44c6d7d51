using ParquetSharp;

namespace GnnReRank.Tests.Formats;

public sealed class GraphFileTests
{
    [Theory]
    [InlineData("graph.parquet")]
    [InlineData("graph.npy")]
    public void KeepsEveryList(string file)
    {
        using TemporaryFolder folder = new();
        NeighborGraph graph = Padded();
        GraphFile.Write(folder[file], graph);
        NeighborGraph back = GraphFile.Read(folder[file]);
        Assert.Equal((3, 3), (back.VertexCount, back.NeighborCount));
        for (int vertex = 0; vertex < graph.VertexCount; vertex++)
        {
            Assert.Equal(graph.GetNeighborSpan(vertex).ToArray(), back.GetNeighborSpan(vertex).ToArray());
            Assert.Equal(graph.GetScoreSpan(vertex).ToArray(), back.GetScoreSpan(vertex).ToArray());
        }
    }

    // A kill between the two renames leaves one new file beside an old one, whichever comes first.
    [Theory]
    [InlineData("graph.npy")]
    [InlineData("graph.scores.npy")]
    public void RefusesIndicesAndScoresOfDifferentGraphs(string replaced)
    {
        using TemporaryFolder folder = new();
        NeighborGraph older = new([0, 1, 2, 1, 2, 0, 2, 0, 1], [1, 0.5f, 0.25f, 1, 0.5f, 0.25f, 1, 0.5f, 0.25f], 3, 3);
        GraphFile.Write(folder["graph.npy"], Padded());
        GraphFile.Write(folder["older.npy"], older);
        File.Copy(folder[replaced.Replace("graph", "older", StringComparison.Ordinal)], folder[replaced], overwrite: true);
        AssertError("GraphPairTorn", () => GraphFile.Read(folder["graph.npy"]));
        File.Copy(folder["older.npy"], folder["graph.npy"], overwrite: true);
        File.Copy(folder["older.scores.npy"], folder["graph.scores.npy"], overwrite: true);
        Assert.Equal(older.GetNeighbors(1), GraphFile.Read(folder["graph.npy"]).GetNeighbors(1));
    }

    [Fact]
    public void WritesAListAVertexWithoutPadding()
    {
        using TemporaryFolder folder = new();
        FeatureMatrix query = new([1], 1, 1);
        FeatureMatrix gallery = new([1, 2], 2, 1);
        GraphFile.Write(folder["graph.parquet"], Padded().WithMatrices(query, gallery));
        using ParquetFileReader file = new(folder["graph.parquet"]);
        Assert.Equal("3", file.FileMetaData.KeyValueMetadata["gnnrerank.graph.vertices"]);
        Assert.Equal("1", file.FileMetaData.KeyValueMetadata["gnnrerank.graph.queries"]);
        using RowGroupReader group = file.RowGroup(0);
        using LogicalColumnReader<int[]> neighbors = group.Column(0).LogicalReader<int[]>();
        using LogicalColumnReader<float[]> scores = group.Column(1).LogicalReader<float[]>();
        Assert.Equal([[0, 2, 1], [1], [2, 0]], neighbors.ReadAll(3));
        Assert.Equal([[1f, 0.5f, 0.25f], [1f], [1f, 0.5f]], scores.ReadAll(3));
    }

    [Theory]
    [InlineData("""{0,1}{1,0}""", "0.5 0.5", null)]
    [InlineData("""{0,1}{1,2}""", "0.5 0.5", "GraphIndexOutOfRange")]
    [InlineData("""{1,0}{1,0}""", "0.5 0.5", null)]
    [InlineData("""{0,1}{1,0}""", "0.5 1.5", "InvalidNeighborGraph")]
    public void ChecksAGraphMadeElsewhere(string lists, string scores, string? errorId)
    {
        int[][] neighbors = lists.Trim('{', '}').Split("}{").Select(list => list.Split(',').Select(int.Parse).ToArray()).ToArray();
        float[][] values = scores.Split(' ').Select(score => new[] { 1f, float.Parse(score) }).ToArray();
        using TemporaryFolder folder = new();
        Write(folder["graph.parquet"], neighbors, values);
        AssertError(errorId, () => GraphFile.Read(folder["graph.parquet"]));
    }

    [Fact]
    public void RefusesListsOfDifferentLengths()
    {
        using TemporaryFolder folder = new();
        Write(folder["graph.parquet"], [[0, 1], [1, 0]], [[1f, 0.5f], [1f]]);
        AssertError("CorruptFile", () => GraphFile.Read(folder["graph.parquet"]));
    }

    [Theory]
    [InlineData("gnnrerank.graph.vertices", "4", "CorruptFile")]
    [InlineData("gnnrerank.graph.neighbors", "1", "CorruptFile")]
    [InlineData("gnnrerank.graph.queries", "3", "CorruptFile")]
    [InlineData("gnnrerank.graph.queries", "-1", "CorruptFile")]
    [InlineData("gnnrerank.graph.version", "2", "UnsupportedContent")]
    [InlineData("gnnrerank.graph.neighbors", "2147483647", null)]
    public void ChecksWhatTheFileSaysOfItself(string key, string value, string? errorId)
    {
        using TemporaryFolder folder = new();
        Write(folder["graph.parquet"], [[0, 1], [1, 0]], [[1f, 0.5f], [1f, 0.5f]], new Dictionary<string, string> { [key] = value });
        AssertError(errorId, () => GraphFile.Read(folder["graph.parquet"]));
    }

    [Fact]
    public void RefusesAGraphCutAnywhere()
    {
        using TemporaryFolder folder = new();
        GraphFile.Write(folder["graph.parquet"], Padded());
        byte[] whole = File.ReadAllBytes(folder["graph.parquet"]);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(folder["cut.parquet"], whole[..length]);
            AssertError(length == 0 ? "EmptyFile" : "CorruptFile", () => GraphFile.Read(folder["cut.parquet"]));
        }
    }

    [Fact]
    public void SaysThatAFeatureFileIsNoGraph() => AssertError(
        "ColumnNotFound", () => GraphFile.Read(TestPaths.Data("parquet", "duckdb_list_float_snappy.parquet")));

    [Fact]
    public void RefusesUnknownEndingsMissingFilesAndDirectories()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["folder.parquet"]);
        GraphFile.Write(folder["alone.npy"], Padded());
        File.Delete(folder["alone.scores.npy"]);
        AssertError("UnknownFormat", () => GraphFile.Read(folder["graph.txt"]));
        AssertError("UnknownFormat", () => GraphFile.Write(folder["graph"], Padded()));
        AssertError("FileNotFound", () => GraphFile.Read(folder["graph.parquet"]));
        AssertError("GraphScoresMissing", () => GraphFile.Read(folder["alone.npy"]));
        AssertError("PathIsDirectory", () => GraphFile.Read(folder["folder.parquet"]));
        AssertError("ScorePathNotUsed", () => GraphFile.Write(folder["graph.parquet"], Padded(), folder["scores.npy"]));
        AssertError("SamePath", () => GraphFile.Write(folder["a.npy"], Padded(), folder["a.npy"]));
    }

    [Fact]
    public void ReplacesAPairOnlyWithPermission()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["graph.scores.npy"], "old");
        AssertError("FileExists", () => GraphFile.Write(folder["graph.npy"], Padded()));
        Assert.Equal("old", File.ReadAllText(Assert.Single(Directory.GetFiles(folder.Path))));
        GraphFile.Write(folder["graph.npy"], Padded(), overwrite: true);
        Assert.Equal(3, GraphFile.Read(folder["graph.npy"]).VertexCount);
    }

    private static NeighborGraph Padded() =>
        new([0, 2, 1, 1, -1, -1, 2, 0, -1], [1, 0.5f, 0.25f, 1, 0, 0, 1, 0.5f, 0], 3, 3);

    private static void Write(string path, int[][] neighbors, float[][] scores, Dictionary<string, string>? metadata = null)
    {
        Column[] columns = [new Column<int[]>("neighbors"), new Column<float[]>("scores")];
        using ParquetFileWriter file = new(path, columns, Compression.Snappy, metadata);
        using RowGroupWriter group = file.AppendRowGroup();
        using (LogicalColumnWriter<int[]> column = group.NextColumn().LogicalWriter<int[]>())
        {
            column.WriteBatch(neighbors);
        }

        using (LogicalColumnWriter<float[]> column = group.NextColumn().LogicalWriter<float[]>())
        {
            column.WriteBatch(scores);
        }

        file.Close();
    }

    private static void AssertError(string? errorId, Action call)
    {
        if (errorId is null)
        {
            call();
            return;
        }

        Assert.Equal(errorId, Assert.Throws<GnnReRankException>(call).ErrorId);
    }
}
