namespace GnnReRank.Tests.Formats.Graphs;

/// <summary>Tables with a row a pair, written by hand.</summary>
public sealed class GraphTableTests
{
    private static readonly FeatureMatrix s_named = FeatureMatrix.FromRows(
        [[3f, 0f], [3f, 4f], [0f, 2f]], names: ["a b.jpg", "b.jpg", "c.jpg"]);

    [Theory]
    [InlineData("x.csv", "id,neighbor_id,score", "2,1,0.8;0,1,0.6;1,2,0.8;1,0,0.6")]
    [InlineData("x.csv", "rank,target,source,similarity", "1,1,2,0.8;1,1,0,0.6;1,2,1,0.8;2,0,1,0.6")]
    [InlineData("x.tsv", "query_id\tdoc\tgallery_id\tCosine", "2\t\t1\t.8;0\t\t1\t.6;1\t\t2\t8e-1;1\t\t0\t0.6;1\t\t-1\t0")]
    public void PairsMakeListsInAnyOrder(string file, string header, string lines)
    {
        NeighborGraph graph = Read(file, header, lines);
        Assert.Equal((3, 3), (graph.VertexCount, graph.NeighborCount));
        Assert.Equal([0, 1], graph.GetNeighbors(0));
        Assert.Equal([1, 2, 0], graph.GetNeighbors(1));
        Assert.Equal([1f, .8f, .6f], graph.GetScores(1));
        Assert.Equal([2, 1], graph.GetNeighbors(2));
    }

    // The features say how many rows there are, what they are called and how long they are.
    [Theory]
    [InlineData("source,target,score", "a b.jpg,b.jpg,9;c.jpg,b.jpg,8", null)]
    [InlineData("source,target,score", "x/a_b.png,b,9;c,b,8", null)]
    [InlineData("source,target,score", "0,1,9;2,1,8", null)]
    [InlineData("source,target,score", "0,1,9;2,1,8", RankingMatch.Index)]
    public void RowsAreFoundByNameOrNumber(string header, string lines, RankingMatch? match)
    {
        List<string> warnings = [];
        NeighborGraph graph = Read("x.csv", header, lines, GraphScoreKind.InnerProduct, s_named, match, warnings);
        Assert.Equal([0, 1], graph.GetNeighbors(0));
        Assert.Equal([1f, .6f], graph.GetScores(0));
        Assert.Equal([1], graph.GetNeighbors(1));
        Assert.Equal([1f, .8f], graph.GetScores(2));
        Assert.Contains("1 had no neighbour", Assert.Single(warnings));
    }

    [Theory]
    [InlineData("source,target,score", "0,1,.5;2,1,.5", null, "GraphListMissing", "none of row 1")]
    [InlineData("source,target,score", "0,1,.5;1,7,.5", null, "GraphIndexOutOfRange", "vertex 7")]
    [InlineData("source,target,score", "0,1,.5;-1,1,.5", null, "GraphIndexOutOfRange", "line 3")]
    [InlineData("source,target,score", "0,1,.5;99999999999,1,.5", null, "GraphIndexOutOfRange", "line 3")]
    [InlineData("source,target,score", "0,1,x", null, "BadField", "'x'")]
    [InlineData("source,target,score", "0,1,", null, "BadField", "'score'")]
    [InlineData("source,target,score", "0,1,NaN;1,0,1", null, "InvalidNeighborGraph", "NaN")]
    [InlineData("source,target,score", "a,b,.5", null, "UnknownVertex", "'a'")]
    [InlineData("source,target,score", "", null, "EmptyNeighborGraph", "no list")]
    [InlineData("source,target,distance", "0,1,.5;1,0,.5", null, "ScoreKindMissing", "'distance'")]
    [InlineData("source,target,other", "0,1,.5", null, "ColumnNotFound", "'score'")]
    [InlineData("source,source,target,score", "0,0,1,.5", null, "AmbiguousContent", "'source' twice")]
    [InlineData("source,target,score", "0,1,.5,3", null, "FieldCountMismatch", "line 2")]
    [InlineData("source,target,score", "a b.jpg,d.jpg,9", RankingMatch.Name, "UnknownVertex", "'d.jpg'")]
    [InlineData("source,target,score", "0,1,9", RankingMatch.Name, "UnknownVertex", "'0'")]
    [InlineData("source,target,score", "a b.jpg,b.jpg,9", RankingMatch.Index, "UnknownVertex", "no row number")]
    [InlineData("source,target,score", "3,1,9", RankingMatch.Index, "GraphIndexOutOfRange", "from 0 to 2")]
    public void WhatMakesNoSenseIsRefused(
        string header, string lines, RankingMatch? match, string errorId, string expected)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => Read(
            "x.csv", header, lines, match is null ? null : GraphScoreKind.InnerProduct, match is null ? null : s_named,
            match));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void ANameOfQueryAndGalleryIsNoRow()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["x.csv"], "source,target,score\na b.jpg,b.jpg,9\n");
        GraphReadOptions options = new() { Query = s_named, Gallery = s_named };
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => GraphFile.Read(folder["x.csv"], options));
        Assert.Contains("several rows have that name", error.Message);
    }

    private static NeighborGraph Read(
        string file, string header, string lines, GraphScoreKind? kind = null, FeatureMatrix? gallery = null,
        RankingMatch? match = null, List<string>? warnings = null)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder[file], $"{header}\n{lines.Replace(';', '\n')}\n");
        return GraphFile.Read(folder[file], new GraphReadOptions
        {
            ScoreKind = kind,
            Gallery = gallery,
            Match = match,
            Compute = new ComputeOptions { Warn = warning => warnings?.Add(warning) },
        });
    }
}
