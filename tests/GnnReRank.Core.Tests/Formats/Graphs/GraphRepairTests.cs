using GnnReRank.Tests.Formats.Npy;

namespace GnnReRank.Tests.Formats.Graphs;

/// <summary>Lists that are not as they should be, worked by hand.</summary>
public sealed class GraphRepairTests
{
    private const float None = float.MaxValue;

    // What is said of four lists of four; the first list is given, the others are as they should be.
    [Theory]
    [InlineData("0 1 2 3", "1 .9 .8 .7", "0 1 2 3", "1 .9 .8 .7", null)]
    [InlineData("1 0 2 3", "1 1 .8 .7", "0 1 2 3", "1 1 .8 .7", null)]
    [InlineData("0 2 1 3", "1 .9 .9 .7", "0 1 2 3", "1 .9 .9 .7", null)]
    [InlineData("0 1 2 -1", "1 .9 .8 0", "0 1 2", "1 .9 .8", null)]
    [InlineData("0 1 2 -1", "1 .9 .8 -9e37", "0 1 2", "1 .9 .8", "1 were shorter than the others")]
    [InlineData("0 1 -1 2", "1 .9 0 .8", "0 1 2", "1 .9 .8", "1 were shorter than the others")]
    [InlineData("0 1 -1 -1", "1 .9 NaN Infinity", "0 1", "1 .9", "1 were shorter than the others")]
    [InlineData("0 1 2 1", "1 .9 .8 .7", "0 1 2", "1 .9 .8", "1 named a row twice")]
    [InlineData("0 1 0 2", "1 .9 .8 .7", "0 1 2", "1 .9 .7", "1 named a row twice")]
    [InlineData("3 0 1 2", ".5 1 .9 .8", "0 1 2 3", "1 .9 .8 .5", "1 were out of order")]
    [InlineData("3 2 1 3", ".9 .8 .7 .6", "0 3 2 1", "1 .9 .8 .7", "1 lacked their own row", "1 named a row twice")]
    [InlineData("-1 -1 -1 -1", "0 0 0 0", "0", "1", "1 had no neighbour")]
    public void AreRepairedAndCounted(
        string indices, string scores, string expected, string expectedScores, params string[]? told)
    {
        List<string> warnings = [];
        NeighborGraph graph = Read(
            [.. Whole(indices), 1, 0, 2, 3, 2, 0, 1, 3, 3, 0, 1, 2],
            [.. Numbers(scores), 1, .9f, .8f, .7f, 1, .9f, .8f, .7f, 1, .9f, .8f, .7f], 4, warnings: warnings);
        Assert.Equal(Whole(expected), graph.GetNeighbors(0));
        Assert.Equal(Numbers(expectedScores), graph.GetScores(0));
        Assert.Equal([3, 0, 1, 2], graph.GetNeighbors(3));
        Assert.Equal(told is null ? 0 : 1, warnings.Count);
        foreach (string each in told ?? [])
        {
            Assert.Contains("1 of 4 lists were repaired: 1 ", warnings[0]);
            Assert.Contains(each, warnings[0]);
        }
    }

    [Fact]
    public void OneWarningCountsThemAll()
    {
        List<string> warnings = [];
        _ = Read(
            [1, 2, 3, 1, 0, 0, 2, 0, -1, 3, 1, 2],
            [.9f, .8f, .7f, 1, .9f, .8f, 1, .9f, None, 1, .7f, .8f], 3, warnings: warnings);
        Assert.Equal(
            "4 of 4 lists were repaired: 1 lacked their own row (put first, in full lists for the last " +
            "neighbour), 1 named a row " +
            "twice (the nearer was kept), 1 were out of order, 1 were shorter than the others.",
            Assert.Single(warnings)[(warnings[0].IndexOf(": ", StringComparison.Ordinal) + 2)..]);
    }

    // Searches that leave each row out lose nothing: the lists grow by one, and nobody is warned.
    [Fact]
    public void ListsOfOthersAloneGetOneMorePlace()
    {
        List<string> warnings = [];
        List<string> log = [];
        NeighborGraph graph = Read([1, 2, 0, 2, 0, 1], [.9f, .8f, .9f, .7f, .8f, .7f], 2, warnings: warnings, log: log);
        Assert.Equal(3, graph.NeighborCount);
        Assert.Equal([0, 1, 2], graph.GetNeighbors(0));
        Assert.Equal([2, 0, 1], graph.GetNeighbors(2));
        Assert.Equal([1f, .8f, .7f], graph.GetScores(2));
        Assert.Contains("with one more place a " +
            "list", Assert.Single(log, line => line.Contains("repaired", StringComparison.Ordinal)));
        Assert.Equal("3 of 3 lists were repaired: 3 lacked their own row (put first, with one more place a list), " +
            "1 were out of order.",
            Told([1, 2, 0, 2, 0, 1], [.9f, .8f, .9f, .7f, .7f, .8f], 2));
    }

    [Fact]
    public void FewerNeighboursMayBeKept()
    {
        NeighborGraph graph = Read([2, 1, 0, 0, 1, 2, 0, 1, 2], [1, .9f, .8f, 1, .9f, .8f, 1, .9f, .8f], 3, count: 2);
        Assert.Equal([0, 2], graph.GetNeighbors(0));
        Assert.Equal([1, 0], graph.GetNeighbors(1));
        Assert.Equal([2, 0], graph.GetNeighbors(2));
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => Read([0], [1], 1, count: 0));
        Assert.Equal("InvalidNeighborCount", error.ErrorId);
    }

    // 3 = |(3, 0)|, 5 = |(3, 4)|, 2 = |(0, 2)|: cosines 0.6, 0 and 0.8.
    [Theory]
    [InlineData(GraphScoreKind.InnerProduct, "9 9 0 25 9 8 4 8 0")]
    [InlineData(GraphScoreKind.InnerProductDistance, "-8 -8 1 -24 -8 -7 -3 -7 1")]
    [InlineData(GraphScoreKind.SquaredL2, "0 16 13 0 13 16 0 13 13")]
    [InlineData(GraphScoreKind.L2, "0 4 3.6055512 0 3.6055512 4 0 3.6055512 3.6055512")]
    [InlineData(GraphScoreKind.CosineDistance, "0 .4 1 0 .4 .2 0 .2 1")]
    [InlineData(GraphScoreKind.Cosine, "1 .6 0 1 .6 .8 1 .8 0")]
    public void EveryKindOfScoreBecomesTheSameCosines(GraphScoreKind kind, string scores)
    {
        FeatureMatrix query = FeatureMatrix.FromRows([[3f, 0f]]);
        FeatureMatrix gallery = FeatureMatrix.FromRows([[3f, 4f], [0f, 2f]]);
        float[] given = Numbers(scores);
        int[] indices = [0, 1, 2, 1, 0, 2, 2, 1, 0];
        if (kind is GraphScoreKind.SquaredL2 or GraphScoreKind.L2)
        {
            indices = [0, 1, 2, 1, 2, 0, 2, 0, 1];
        }

        NeighborGraph graph = Read(indices, given, 3, kind, query, gallery);
        AssertClose([1, .6f, 0], graph.GetScores(0));
        Assert.Equal([1, 2, 0], graph.GetNeighbors(1));
        AssertClose([1, .8f, .6f], graph.GetScores(1));
        Assert.Equal([2, 1, 0], graph.GetNeighbors(2));
        AssertClose([1, .8f, 0], graph.GetScores(2));
    }

    // Unit vectors: 1 - d^2 / 2.
    [Theory]
    [InlineData(GraphScoreKind.L2, "0 1 0 1", .5f)]
    [InlineData(GraphScoreKind.SquaredL2, "0 1 0 1", .5f)]
    [InlineData(GraphScoreKind.InnerProduct, "1 .5 1 .5", .5f)]
    [InlineData(GraphScoreKind.InnerProductDistance, "0 .5 0 .5", .5f)]
    public void WithoutFeaturesRowsAreTakenAsNormalised(GraphScoreKind kind, string scores, float expected) =>
        Assert.Equal([1f, expected], Read([0, 1, 1, 0], Numbers(scores), 2, kind).GetScores(0));

    [Fact]
    public void ARowOfZerosIsNearToNothing()
    {
        FeatureMatrix gallery = FeatureMatrix.FromRows([[0f, 0f], [3f, 4f]]);
        NeighborGraph graph = Read([1, 0, 1, 0], [0, 0, 25, 0], 2, GraphScoreKind.InnerProduct, gallery: gallery);
        Assert.Equal([0f, 0f], graph.GetScores(0));
        Assert.Equal([1f, 0f], graph.GetScores(1));
    }

    // The largest number of a wide type says that there is no neighbour; that of a narrow one is a row.
    [Theory]
    [InlineData("<u8", "FFFFFFFFFFFFFFFF", 1)]
    [InlineData("<i8", "FFFFFFFFFFFFFF7F", 1)]
    [InlineData("<u4", "FFFFFFFF", 1)]
    [InlineData(">u4", "FFFFFFFF", 1)]
    [InlineData("<i4", "FFFFFF7F", 1)]
    [InlineData(">i4", "7FFFFFFF", 1)]
    [InlineData("<i4", "FFFFFFFF", 1)]
    [InlineData("<u8", "FEFFFFFFFFFFFFFF", null)]
    [InlineData("<i8", "FFFFFF7F00000000", null)]
    [InlineData("<u2", "FFFF", null)]
    [InlineData("|u1", "FF", null)]
    public void ARowPastAllOthersIsNone(string descriptor, string last, int? length)
    {
        byte[] none = Convert.FromHexString(last);
        byte[] zero = new byte[none.Length];
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["g.npy"], NpyBytes.Make(descriptor, "(1, 2)", [.. zero, .. none]));
        File.WriteAllBytes(folder["g.scores.npy"], NpyBytes.Make("<f4", "(1, 2)", NpyBytes.Singles(1, 0)));
        if (length is int expected)
        {
            Assert.Equal(expected, GraphFile.Read(folder["g.npy"]).GetNeighbors(0).Length);
            return;
        }

        GnnReRankException error = Assert.Throws<GnnReRankException>(() => GraphFile.Read(folder["g.npy"]));
        Assert.Equal("GraphIndexOutOfRange", error.ErrorId);
    }

    private static string Told(int[] indices, float[] scores, int columns)
    {
        List<string> warnings = [];
        _ = Read(indices, scores, columns, warnings: warnings);
        return Assert.Single(warnings)[(warnings[0].IndexOf(": ", StringComparison.Ordinal) + 2)..];
    }

    private static NeighborGraph Read(
        int[] indices, float[] scores, int columns, GraphScoreKind? kind = null, FeatureMatrix? query = null,
        FeatureMatrix? gallery = null, int? count = null, List<string>? warnings = null, List<string>? log = null)
    {
        using TemporaryFolder folder = new();
        string shape = $"({indices.Length / columns}, {columns})";
        File.WriteAllBytes(folder["i.npy"], NpyBytes.Make("<i4", shape, NpyBytes.Ints(indices)));
        File.WriteAllBytes(folder["s.npy"], NpyBytes.Make("<f4", shape, NpyBytes.Singles(scores)));
        return GraphFile.Read(folder["i.npy"], new GraphReadOptions
        {
            ScorePath = folder["s.npy"],
            ScoreKind = kind,
            Query = query,
            Gallery = gallery,
            NeighborCount = count,
            Compute = new ComputeOptions { Warn = text => warnings?.Add(text), Log = text => log?.Add(text) },
        });
    }

    private static void AssertClose(float[] expected, float[] found) =>
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));

    private static int[] Whole(string text) => [.. text.Split(' ').Select(int.Parse)];

    private static float[] Numbers(string text) =>
        [.. text.Split(' ').Select(each => float.Parse(each, System.Globalization.CultureInfo.InvariantCulture))];
}
