namespace GnnReRank.Tests.Formats.Pickle;

/// <summary>Lists of records, a row or a batch of rows each; make_pickle_fixtures.py and make_torch_fixtures.py say what is in them.</summary>
public sealed class PickledRecordTests
{
    [Theory]
    [InlineData("pickle", "records_tuples.pkl", "LC")]
    [InlineData("pickle", "records_numpy.pkl", "LCN")]
    [InlineData("pickle", "records_paths.pkl", "N")]
    [InlineData("pickle", "records_deepface.pkl", "N")]
    [InlineData("pickle", "records_by_name.pkl", "LCN")]
    [InlineData("pickle", "records_tuples_by_name.pkl", "LCN")]
    [InlineData("pickle", "batches.pkl", "")]
    [InlineData("pickle", "batches_records.pkl", "LCN")]
    [InlineData("torch", "records.pt", "LC")]
    [InlineData("torch", "batches.pt", "")]
    [InlineData("torch", "batches_records.pt", "LC")]
    public void ReadsRecords(string folder, string file, string known)
    {
        FeatureMatrix matrix = Assert.Single(FeatureFile.Read(TestPaths.Data(folder, file)).Matrices);
        Formulas.AssertFeatures(matrix, 6, 5, Formulas.Feature);
        Assert.Equal(known.Contains('L') ? Formulas.Labels(6) : null, matrix.Labels);
        Assert.Equal(known.Contains('C') ? Formulas.Cameras(6) : null, matrix.Cameras);
        Assert.Equal(known.Contains('N') ? Formulas.Names(6) : null, matrix.Names);
    }

    /// <summary>Each part of it could be a vector, too.</summary>
    [Fact]
    public void ReadsATupleOfOneRow()
    {
        FeatureMatrix matrix = FeatureFile.Read(TestPaths.Data("pickle", "tuple_of_one.pkl")).Matrices[0];
        Formulas.AssertFeatures(matrix, 1, 5, Formulas.Feature);
        Assert.Equal(Formulas.Labels(1), matrix.Labels!);
        Assert.Equal(Formulas.Cameras(1), matrix.Cameras!);
    }

    [Fact]
    public void ReadsSetsOfRecordsByName()
    {
        FeatureReadOptions options = new() { Sets = [FeatureRole.Query, FeatureRole.Gallery] };
        IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(TestPaths.Data("pickle", "records_sets.pkl"), options).Matrices;
        Assert.Equal([4, 6], matrices.Select(matrix => matrix.RowCount));
        Assert.Equal(Formulas.Names(6).Take(4), matrices[0].Names!);
        Assert.Equal(Formulas.Labels(6), matrices[1].Labels!);
        Formulas.AssertFeatures(matrices[1], 6, 5, Formulas.Feature);
    }

    [Theory]
    [InlineData("records_unlike.pkl", "item 5 (0-based) is a string, and real numbers are needed")]
    [InlineData("records_without.pkl", "a list of 6 items (a tuple of 2 items, ")]
    [InlineData("two_matrices.pkl", "a list of 2 items (an array (6 x 5) of type '<f4', an array (4 x 5) of type '<f4')")]
    [InlineData("many_dicts.pkl", "a dict of 12 items ('img_0_")]
    public void SaysWhatTheItemsAre(string file, string what)
    {
        GnnReRankException error = Formulas.Refused(TestPaths.Data("pickle", file));
        Assert.Equal("UnsupportedContent", error.ErrorId);
        Assert.Contains(what, error.Message);
    }
}
