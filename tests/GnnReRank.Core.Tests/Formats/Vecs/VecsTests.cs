using System.Buffers.Binary;

namespace GnnReRank.Tests.Formats.Vecs;

public sealed class VecsTests
{
    [Fact]
    public void ReadsAllThreeFormats()
    {
        Formulas.AssertFeatures(Read("plain.fvecs"), 6, 5, Formulas.Feature);
        Formulas.AssertFeatures(Read("plain.bvecs"), 6, 5, Formulas.Integer);
        Formulas.AssertFeatures(Read("plain.ivecs"), 6, 5, Formulas.Integer);
    }

    [Fact]
    public void WritesWhatFaissReads()
    {
        using TemporaryFolder folder = new();
        FeatureFile.Write(folder["a.fvecs"], [Formulas.Read("f4.npy")]);
        Assert.Equal(File.ReadAllBytes(TestPaths.Data("vectors", "plain.fvecs")), File.ReadAllBytes(folder["a.fvecs"]));
    }

    [Theory]
    [InlineData(new[] { 3, 1, 1, 1, 2, 1, 1, 1 }, "CorruptFile", "Row 1")]
    [InlineData(new[] { 2, 1, 1, 2, 1 }, "CorruptFile", "whole rows")]
    [InlineData(new[] { 1 << 20, 1, 1 }, "CorruptFile", "whole rows")]
    [InlineData(new[] { 0, 0 }, "WrongFormat", "Fvecs")]
    [InlineData(new[] { -1, 0 }, "WrongFormat", "Fvecs")]
    [InlineData(new[] { 2, 1, 1, 3, 1, 1 }, "WrongFormat", "Fvecs")]
    public void RefusesRowsThatDoNotFit(int[] words, string errorId, string what)
    {
        // Rows long enough that the second lies outside of the first 1,024 bytes pass the first look.
        int[] file = words is [3, ..] ? [300, .. Enumerable.Repeat(1, 300), 299, .. Enumerable.Repeat(1, 300)] : words;
        byte[] bytes = new byte[file.Length * sizeof(int)];
        for (int word = 0; word < file.Length; word++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(word * sizeof(int)), file[word]);
        }

        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.fvecs"], bytes);
        Allocation.AssertBelow(4 << 20, () =>
        {
            GnnReRankException error = Formulas.Refused(folder["a.fvecs"]);
            Assert.Equal(errorId, error.ErrorId);
            Assert.Contains(what, error.Message);
        });
    }

    [Fact]
    public void RefusesRaggedRowsAndFilesCutWithinARow()
    {
        Assert.Equal("WrongFormat", Formulas.Refused(TestPaths.Data("vectors", "ragged.fvecs")).ErrorId);
        using TemporaryFolder folder = new();
        byte[] valid = File.ReadAllBytes(TestPaths.Data("vectors", "plain.fvecs"));
        const int rowBytes = 4 + (5 * 4);
        for (int length = 1; length < valid.Length; length++)
        {
            File.WriteAllBytes(folder["a.fvecs"], valid[..length]);
            if (length % rowBytes == 0)
            {
                Formulas.AssertFeatures(FeatureFile.Read(folder["a.fvecs"]).Matrices[0], length / rowBytes, 5, Formulas.Feature);
            }
            else
            {
                Assert.Contains(Formulas.Refused(folder["a.fvecs"]).ErrorId, new[] { "CorruptFile", "WrongFormat" });
            }
        }
    }

    [Fact]
    public void HasNoSetsAndNoNames()
    {
        string path = TestPaths.Data("vectors", "plain.fvecs");
        Assert.Equal("UnsupportedContent", Formulas.Refused(path, new() { Sets = [FeatureRole.Query] }).ErrorId);
        Assert.Equal("ColumnNotFound", Formulas.Refused(path, new() { LabelColumn = "labels" }).ErrorId);
        Assert.Equal("UnsupportedContent", Formulas.Refused(path, new() { NameColumn = "features" }).ErrorId);
        Assert.Equal("MemoryMappedFormat", Formulas.Refused(path, new() { MemoryMapped = true }).ErrorId);
    }

    private static FeatureMatrix Read(string file) => Assert.Single(FeatureFile.Read(TestPaths.Data("vectors", file)).Matrices);
}
