namespace GnnReRank.Tests.Formats.Graphs;

/// <summary>
/// Files of faiss, hnswlib, USearch, DuckDB and SciPy against a float64 search of their rows, which nobody
/// normalised.
/// </summary>
public sealed class ForeignGraphTests
{
    private const int Rows = 30;

    private static readonly FeatureMatrix s_rows =
        Assert.Single(FeatureFile.Read(TestPaths.Data("graphs", "rows.npy")).Matrices);
    private static readonly FeatureMatrix s_named = Named();

    private delegate double Distance(int row, int other);

    // Width: the lists hold 8, or 7 others and room for the row itself.
    [Theory]
    [InlineData("faiss_ip.npy", GraphScoreKind.InnerProduct, GraphScoreKind.InnerProduct, 8)]
    [InlineData("faiss_l2.ivecs", GraphScoreKind.SquaredL2, GraphScoreKind.SquaredL2, 8)]
    [InlineData("hnswlib_l2.npz", GraphScoreKind.SquaredL2, GraphScoreKind.SquaredL2, 8)]
    [InlineData("hnswlib_ip.npz", GraphScoreKind.InnerProductDistance, GraphScoreKind.InnerProduct, 8)]
    [InlineData("hnswlib_cosine.npz", GraphScoreKind.CosineDistance, GraphScoreKind.Cosine, 8)]
    [InlineData("duckdb_pairs.parquet", GraphScoreKind.CosineDistance, GraphScoreKind.Cosine, 8)]
    [InlineData("duckdb_lists.parquet", GraphScoreKind.CosineDistance, GraphScoreKind.Cosine, 8)]
    [InlineData("duckdb_structs.parquet", null, GraphScoreKind.Cosine, 8)]
    [InlineData("duckdb_names.parquet", GraphScoreKind.InnerProduct, GraphScoreKind.Cosine, 8)]
    [InlineData("square_cosine.npy", GraphScoreKind.CosineDistance, GraphScoreKind.Cosine, Rows)]
    [InlineData("square_fortran.npy", GraphScoreKind.CosineDistance, GraphScoreKind.Cosine, Rows)]
    [InlineData("square_l2.mat", GraphScoreKind.L2, GraphScoreKind.Cosine, Rows)]
    [InlineData("square_no_self.h5", null, GraphScoreKind.Cosine, Rows)]
    public void ListsAreThoseOfTheRows(string file, GraphScoreKind? kind, GraphScoreKind foundBy, int width)
    {
        NeighborGraph graph = Read(file, kind, s_named);
        Assert.Equal((Rows, width), (graph.VertexCount, graph.NeighborCount));
        List<string> warnings = [];
        GraphRecall.Attach(graph, null, s_named, new ComputeOptions { Warn = warnings.Add });
        Assert.Empty(warnings);
        for (int row = 0; row < Rows; row++)
        {
            AssertList(graph, row, Expected(row, foundBy, width));
        }
    }

    // Of rows that their users normalised before the search the features may be given as they were before.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NormalisedRowsAreToldFromRowsAsTheyAre(bool areGiven)
    {
        List<string> warnings = [];
        NeighborGraph graph = Read("faiss_ivf.npz", GraphScoreKind.InnerProduct, areGiven ? s_rows : null, warnings);
        Assert.Equal((Rows, 8), (graph.VertexCount, graph.NeighborCount));
        int longLists = 0;
        for (int row = 0; row < Rows; row++)
        {
            Assert.Equal(row, graph.GetNeighbors(row)[0]);
            Assert.All(
                graph.GetNeighbors(row).Zip(graph.GetScores(row)),
                pair => Assert.Equal(Cosine(row, pair.First), pair.Second, 1e-5));
            longLists += graph.GetNeighbors(row).Length == 8 ? 1 : 0;
        }

        Assert.InRange(longLists, 1, Rows - 1);
        Assert.Contains($"{Rows - longLists} were shorter than the others", Assert.Single(warnings));
    }

    [Fact]
    public void IndicesAloneGetTheCosinesOfTheFeatures()
    {
        using TemporaryFolder folder = new();
        File.Copy(TestPaths.Data("graphs", "faiss_l2.ivecs"), folder["alone.ivecs"]);
        GraphReadOptions options = new() { Gallery = s_rows, Compute = new ComputeOptions { Warn = Assert.Fail } };
        NeighborGraph graph = GraphFile.Read(folder["alone.ivecs"], options);
        for (int row = 0; row < Rows; row++)
        {
            AssertList(graph, row, Expected(row, GraphScoreKind.SquaredL2, 8));
        }

        GnnReRankException error = Assert.Throws<GnnReRankException>(() => GraphFile.Read(folder["alone.ivecs"]));
        Assert.Equal("GraphScoresMissing", error.ErrorId);
        Assert.Contains("'alone.fvecs'", error.Message);
        Assert.Contains("-Gallery", error.Message);
    }

    [Fact]
    public void TheLargestNumberStandsForNoNeighbour()
    {
        NeighborGraph graph = Read("usearch_cos.ibin", GraphScoreKind.CosineDistance);
        for (int row = 0; row < Rows; row++)
        {
            int length = row == Rows - 1 ? 5 : 8;
            Assert.Equal(length, graph.GetNeighbors(row).Length);
            Assert.All(
                graph.GetNeighbors(row).Zip(graph.GetScores(row)),
                pair => Assert.Equal(Cosine(row, pair.First), pair.Second, 0.01));
        }
    }

    [Theory]
    [InlineData("faiss_ip.npy", null, "InvalidNeighborGraph", "-ScoreKind InnerProduct")]
    [InlineData("faiss_ip.npy", GraphScoreKind.InnerProduct, "InvalidNeighborGraph", "or give them: -Query, -Gallery")]
    [InlineData("faiss_l2.ivecs", GraphScoreKind.SquaredL2, "InvalidNeighborGraph", "between 0 and 4")]
    [InlineData("faiss_l2.ivecs", GraphScoreKind.InnerProduct, "WrongScoreKind", "-ScoreKind SquaredL2")]
    [InlineData("hnswlib_ip.npz", GraphScoreKind.Cosine, "WrongScoreKind", "-ScoreKind CosineDistance")]
    [InlineData("square_cosine.npy", GraphScoreKind.Cosine, "WrongScoreKind", "the diagonal is the lowest in 30 " +
        "of 30 rows")]
    [InlineData("square_l2.mat", GraphScoreKind.L2, "InvalidNeighborGraph", "between 0 and 2")]
    [InlineData("square_two.npz", GraphScoreKind.Cosine, "AmbiguousContent", "'cosine', 'euclidean'")]
    [InlineData("duckdb_pairs.parquet", null, "ScoreKindMissing", "'distance'")]
    [InlineData("duckdb_names.parquet", GraphScoreKind.Cosine, "UnknownVertex", "img_00")]
    [InlineData("rows.npy", null, "UnsupportedContent", "is not square")]
    public void WithoutFeaturesItIsSaidWhatIsMissing(string file, GraphScoreKind? kind, string errorId, string expected)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => Read(file, kind));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(expected, error.Message);
    }

    [Theory]
    [InlineData("cosine", GraphScoreKind.Cosine, 5)]
    [InlineData("euclidean", GraphScoreKind.L2, 9)]
    public void AnArrayMayBeNamedAndItsRowsCut(string name, GraphScoreKind kind, int width)
    {
        NeighborGraph graph = GraphFile.Read(TestPaths.Data("graphs", "square_two.npz"), new GraphReadOptions
        {
            Name = name,
            ScoreKind = kind,
            Gallery = s_rows,
            NeighborCount = width,
        });
        for (int row = 0; row < Rows; row++)
        {
            AssertList(graph, row, Expected(row, GraphScoreKind.Cosine, width));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(RankingMatch.Name)]
    public void QueriesComeBeforeTheGallery(RankingMatch? match)
    {
        // The gallery's rows stand first in the table, so that names alone tell which is which.
        FeatureMatrix query = s_named.Rows(20, 10);
        FeatureMatrix gallery = s_named.Rows(0, 20);
        NeighborGraph graph = GraphFile.Read(TestPaths.Data("graphs", "duckdb_names.parquet"), new GraphReadOptions
        {
            ScoreKind = GraphScoreKind.InnerProduct,
            Query = query,
            Gallery = gallery,
            Match = match,
        });
        Assert.Equal(
            Expected(20, GraphScoreKind.Cosine, 8).Select(row => (row + 10) % Rows), graph.GetNeighbors(0));
    }

    [Fact]
    public void OtherFeaturesDoNotFit()
    {
        Assert.Equal("GraphDoesNotFit", Refused("faiss_ip.npy", s_rows.Rows(0, 29)));
        Assert.Equal("InvalidNeighborGraph", Refused("faiss_ip.npy", Tiny()));

        static string Refused(string file, FeatureMatrix rows) =>
            Assert.Throws<GnnReRankException>(() => Read(file, GraphScoreKind.InnerProduct, rows)).ErrorId;
    }

    // Scores of rows a thousand times shorter are nearer to the cosines, and still none.
    [Fact]
    public void GivenFeaturesThatDoNotExplainTheScoresAreSpokenOf()
    {
        FeatureMatrix longer = FeatureMatrix.FromRows(
            [.. Enumerable.Range(0, Rows).Select(row => Array.ConvertAll(s_rows.GetRow(row), value => value * 1000))]);
        string message = Assert.Throws<GnnReRankException>(
            () => Read("faiss_ip.npy", GraphScoreKind.InnerProduct, longer)).Message;
        Assert.Contains("The given features have norms of ", message);
        Assert.DoesNotContain("or give them", message);
    }

    private static NeighborGraph Read(
        string file, GraphScoreKind? kind, FeatureMatrix? rows = null, List<string>? warnings = null) =>
        GraphFile.Read(TestPaths.Data("graphs", file), new GraphReadOptions
        {
            ScoreKind = kind,
            Gallery = rows,
            Compute = new ComputeOptions { Warn = warning => warnings?.Add(warning) },
        });

    private static void AssertList(NeighborGraph graph, int row, int[] expected)
    {
        Assert.Equal(expected, graph.GetNeighbors(row));
        Assert.All(
            expected.Zip(graph.GetScores(row)), pair => Assert.Equal(Cosine(row, pair.First), pair.Second, 1e-5));
    }

    // The nearest by what the program searched by; then the row itself, and of the others as many as there is room for.
    private static int[] Expected(int row, GraphScoreKind foundBy, int width)
    {
        Distance distance = foundBy switch
        {
            GraphScoreKind.InnerProduct => (a, b) => -Product(a, b),
            GraphScoreKind.SquaredL2 => (a, b) => Product(a, a) + Product(b, b) - (2 * Product(a, b)),
            _ => (a, b) => -Cosine(a, b),
        };
        IEnumerable<int> found = Enumerable.Range(0, Rows).OrderBy(other => distance(row, other)).Take(width);
        IEnumerable<int> others = found.Where(other => other != row);
        return [row, .. others.OrderByDescending(other => Cosine(row, other)).Take(width - 1)];
    }

    private static double Cosine(int row, int other) =>
        Product(row, other) / Math.Sqrt(Product(row, row) * Product(other, other));

    private static double Product(int row, int other) =>
        Enumerable.Range(0, s_rows.Dimension).Sum(column => (double)s_rows[row, column] * s_rows[other, column]);

    private static FeatureMatrix Named() => FeatureMatrix.FromRows(
        [.. Enumerable.Range(0, Rows).Select(s_rows.GetRow)],
        names: Enumerable.Range(0, Rows).Select(row => $"img_{row:0000}.jpg"));

    private static FeatureMatrix Tiny() => FeatureMatrix.FromRows(
        [.. Enumerable.Range(0, Rows).Select(row => Array.ConvertAll(s_rows.GetRow(row), value => value * 0.5f))]);
}
