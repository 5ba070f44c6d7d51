namespace GnnReRank.Tests.Formats;

/// <summary>Labels that are texts: digits are numbers, and other texts have a number of their own in every format and file.</summary>
public sealed class TextLabelTests : IDisposable
{
    private static readonly string[] s_texts = ["0001", "cat", "-1", "dog", "cat", "12e4"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.csv")]
    [InlineData("a.tsv")]
    [InlineData("a.parquet")]
    [InlineData("a.arrow")]
    [InlineData("a.npz")]
    [InlineData("a.pkl")]
    [InlineData("a.safetensors")]
    [InlineData("a.mat")]
    public void OneRuleHoldsInEveryFormat(string file)
    {
        FeatureMatrix matrix = Labelled(file, s_texts);
        Assert.Equal((1L, -1L), (matrix.Labels![0], matrix.Labels[2]));
        Assert.Equal(matrix.Labels[1], matrix.Labels[4]);
        Assert.Equal(5, matrix.IdentityCount);
        Assert.Equal(["cat", "dog", "12e4"], new[] { 1, 3, 5 }.Select(row => matrix.LabelNames![matrix.Labels[row]]));
        Assert.Equal(["1", "cat", "-1", "dog", "cat", "12e4"], Enumerable.Range(0, 6).Select(matrix.GetLabelText));
        Assert.Equal(Labelled("other.csv", s_texts).Labels, matrix.Labels);
    }

    [Theory]
    [InlineData("hdf5", "names.h5")]
    [InlineData("hdf5", "matlab73.mat")]
    [InlineData("torch", "table.pt")]
    public void TextsOfOtherProgramsAreLabels(string folder, string file)
    {
        FeatureReadOptions options = new() { LabelColumn = "names" };
        FeatureMatrix matrix = FeatureFile.Read(TestPaths.Data(folder, file), options).Matrices[0];
        FeatureMatrix named = FeatureFile.Read(TestPaths.Data(folder, file)).Matrices[0];
        Assert.Equal(named.Names, Enumerable.Range(0, matrix.RowCount).Select(row => matrix.GetLabelText(row)!));
    }

    // Written by DuckDB: row 7 is 'cat', and all others are digits.
    [Fact]
    public void ATextAmongDigitsIsALabel()
    {
        FeatureMatrix matrix = FeatureFile.Read(TestPaths.Data("parquet", "duckdb_text_label.parquet")).Matrices[0];
        Assert.Equal("cat", matrix.GetLabelText(7));
        Assert.Equal([6L, 8L], new[] { 6, 8 }.Select(row => matrix.Labels![row]));
    }

    // The gallery has the classes in another order, and others besides.
    [Theory]
    [InlineData("q.csv", "g.parquet")]
    [InlineData("q.npz", "g.mat")]
    [InlineData("q.pkl", "g.arrow")]
    public void QueryAndGalleryAgreeThoughTheyAreReadApart(string query, string gallery)
    {
        Ranking ranking = CosineRanker.Rank(Labelled(query, ["cat", "007"]), Labelled(gallery, ["zebra", "7", "ant", "cat"]));
        RankingEntry[] matches = [.. Enumerable.Range(0, 2).SelectMany(row => Enumerable.Range(1, 4).Select(rank => ranking.GetEntry(row, rank))).Where(entry => entry.IsMatch == true)];
        Assert.Equal([(0, 3), (1, 1)], matches.Select(entry => (entry.QueryIndex, entry.GalleryIndex)));
        Assert.Equal([("cat", "cat"), ("7", "7")], matches.Select(entry => (entry.QueryLabelText!, entry.GalleryLabelText!)));
    }

    [Theory]
    [InlineData("b.csv")]
    [InlineData("b.tsv.gz")]
    [InlineData("b.parquet")]
    [InlineData("b.arrow")]
    [InlineData("b.npz")]
    [InlineData("b.safetensors")]
    public void TextsAreWrittenAndReadBack(string file)
    {
        FeatureMatrix matrix = Labelled("a.csv", ["0001", "cat", "-1", "\"with, comma\"", "cat"]);
        FeatureFile.Write(_folder[file], [matrix]);
        FeatureMatrix back = FeatureFile.Read(_folder[file]).Matrices[0];
        Assert.Equal(matrix.Labels, back.Labels);
        Assert.Equal(matrix.LabelNames, back.LabelNames);
        Assert.Equal("with, comma", back.GetLabelText(3));
    }

    // Names that a script gave its own numbers: other files with those numbers would no longer agree with the texts.
    [Fact]
    public void NumbersOfAnotherMakingAreWrittenAsNumbers()
    {
        FeatureMatrix matrix = new([1, 2], 2, 1, labels: [3, 4], labelNames: new Dictionary<long, string> { [3] = "cat", [4] = "dog" });
        FeatureFile.Write(_folder["a.csv"], [matrix]);
        Assert.Equal("label,f0\n3,1\n4,2\n", File.ReadAllText(_folder["a.csv"]));
    }

    [Fact]
    public void TextsStayWithTheRowsAndAreFilteredByTheirNumbers()
    {
        FeatureMatrix matrix = Labelled("a.csv", s_texts);
        RowSelection cats = new() { Labels = [matrix.Labels![1]] };
        FeatureMatrix picked = FeatureSelector.Select(matrix, cats);
        Assert.Equal(["cat", "cat"], Enumerable.Range(0, picked.RowCount).Select(picked.GetLabelText));
        Assert.Equal(picked.LabelNames, FeatureFile.Read(_folder["a.csv"], new FeatureReadOptions { Rows = cats }).Matrices[0].LabelNames);
        FeatureMatrix both = FeatureJoiner.Append([picked, Labelled("b.csv", ["emu"])]);
        Assert.Equal(["cat", "cat", "emu"], Enumerable.Range(0, both.RowCount).Select(both.GetLabelText));
        Assert.Equal("emu", FeatureJoiner.Concatenate([both, both]).WithRole(FeatureRole.Query).GetLabelText(2));
    }

    [Fact]
    public void TwoTextsOfOneNumberNeverMeet()
    {
        FeatureMatrix cat = new([1, 2], 1, 2, labels: [7], labelNames: new Dictionary<long, string> { [7] = "cat" });
        FeatureMatrix dog = new([1, 2], 1, 2, labels: [7], labelNames: new Dictionary<long, string> { [7] = "dog" });
        foreach (Action meeting in new Action[] { () => CosineRanker.Rank(cat, dog), () => NeighborSearch.Build(cat, dog, 1), () => FeatureJoiner.Append([cat, dog]) })
        {
            GnnReRankException error = Assert.Throws<GnnReRankException>(meeting);
            Assert.Equal("LabelsCollide", error.ErrorId);
            Assert.Contains("'cat' and 'dog'", error.Message);
        }
    }

    [Theory]
    [InlineData("a.csv")]
    [InlineData("a.parquet")]
    [InlineData("a.arrow")]
    [InlineData("a.npz")]
    [InlineData("a.pkl")]
    [InlineData("a.safetensors")]
    [InlineData("a.mat")]
    public void DigitsAreCamerasTooAndOtherTextsAreNot(string file)
    {
        KnownColumns.Write(_folder[file], "camera", ["01", "2"]);
        Assert.Equal([1, 2], FeatureFile.Read(_folder[file]).Matrices[0].Cameras);
        KnownColumns.Write(_folder["b" + file], "camera", ["front", "2"]);
        Assert.Contains("front", Formulas.Refused(_folder["b" + file], new FeatureReadOptions { CameraColumn = "camera" }).Message);
    }

    private FeatureMatrix Labelled(string file, string[] texts)
    {
        KnownColumns.Write(_folder[file], "label", texts);
        return Assert.Single(FeatureFile.Read(_folder[file]).Matrices);
    }
}
