using System.IO.Compression;
using System.Text;
using GnnReRank.Tests.Formats.Zip;

namespace GnnReRank.Tests.Formats.Npy;

/// <summary>Arrays of Python objects, which numpy pickles: read as pickles are, and nothing of them is executed.</summary>
public sealed class NpyObjectTests
{
    [Theory]
    [InlineData("object_numbers.npy", false)]
    [InlineData("object_rows.npy", false)]
    [InlineData("object_dict.npy", true)]
    public void ReadsFeaturesOfObjects(string file, bool hasNames)
    {
        FeatureMatrix matrix = Formulas.Read(file);
        Formulas.AssertFeatures(matrix, 6, 5, Formulas.Feature);
        Assert.Equal(hasNames ? Formulas.Names(6) : null, matrix.Names);
    }

    [Theory]
    [InlineData("object_all.npz")]
    [InlineData("object_table.npz")]
    [InlineData("object_records.npy")]
    public void ReadsTablesOfObjects(string file)
    {
        FeatureMatrix matrix = Formulas.Read(file);
        Formulas.AssertFeatures(matrix, 6, 5, Formulas.Feature);
        Assert.Equal(Formulas.Labels(6), matrix.Labels!);
        Assert.Equal(Formulas.Cameras(6), matrix.Cameras!);
        Assert.Equal(Formulas.Names(6), matrix.Names!);
    }

    [Fact]
    public void ReadsNamesOfObjects() => Assert.Equal(Formulas.Names(6), Formulas.Read("object_names.npz").Names!);

    [Fact]
    public void ReadsSetsOfObjects()
    {
        FeatureReadOptions options = new() { Sets = [FeatureRole.Query, FeatureRole.Gallery] };
        IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(TestPaths.Data("numpy", "object_tables.npz"), options).Matrices;
        Assert.Equal(Formulas.Labels(4), matrices[0].Labels!);
        Assert.Equal(Formulas.Names(6), matrices[1].Names!);
    }

    [Fact]
    public void ReadsLabelsOfObjectsInACompressedArchive()
    {
        FeatureReadOptions options = new() { Sets = [FeatureRole.Query, FeatureRole.Gallery] };
        IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(TestPaths.Data("numpy", "object_sets.npz"), options).Matrices;
        Assert.Equal(Formulas.Labels(4), matrices[0].Labels!);
    }

    [Fact]
    public void ReadsVectorsOfObjectsInAFolder()
    {
        using TemporaryFolder folder = new();
        File.Copy(TestPaths.Data("numpy", "object_vector.npy"), folder["a.npy"]);
        File.Copy(TestPaths.Data("numpy", "object_vector.npy"), folder["b.npy"]);
        Formulas.AssertFeatures(FeatureFile.Read(folder.Path).Matrices[0], 2, 5, (_, column) => Formulas.Feature(0, column));
    }

    [Theory]
    [InlineData("object.npy", null, "a string")]
    [InlineData("object_all.npz", "names", "a string")]
    public void SaysWhatTheObjectsAre(string file, string? features, string what)
    {
        GnnReRankException error = Formulas.RefusedFixture(file, new FeatureReadOptions { FeatureColumns = features is null ? null : [features] });
        Assert.Equal("UnsupportedContent", error.ErrorId);
        Assert.Contains(what, error.Message);
    }

    [Theory]
    [InlineData("cos\nsystem\n(S'touch /x'\ntR.", "PickleRefused", "asks for 'os.system'")]
    [InlineData("I1\n.", "CorruptFile", "holds a number")]
    [InlineData("I1\n", "CorruptFile", "before the pickle's STOP")]
    public void RefusesWhatIsNoArrayOfObjects(string pickle, string errorId, string what)
    {
        byte[] array = NpyBytes.Make("|O", "(1,)", Encoding.ASCII.GetBytes(pickle));
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.npy"], array);
        ZipBytes member = new("features.npy", array);
        File.WriteAllBytes(folder["a.npz"], ZipBytes.Archive((member, member)));
        foreach (string file in new[] { "a.npy", "a.npz" })
        {
            GnnReRankException error = Formulas.Refused(folder[file]);
            Assert.Equal(errorId, error.ErrorId);
            Assert.Contains(what, error.Message);
        }
    }

    [Fact]
    public void RefusesAShapeThatThePickleDoesNotHave()
    {
        byte[] file = File.ReadAllBytes(TestPaths.Data("numpy", "object_rows.npy"));
        file.AsSpan()[file.AsSpan().IndexOf("(6,)"u8)..][1] = (byte)'7';
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.npy"], file);
        Assert.Contains("(7) of objects holds an array (6)", Formulas.Refused(folder["a.npy"]).Message);
    }

    /// <summary>2 MB of opcodes from 2 KB: each would become an object.</summary>
    [Fact]
    public void RefusesAPickleThatUnpacksPastItsFile()
    {
        using TemporaryFolder folder = new();
        using (ZipArchive archive = ZipFile.Open(folder["a.npz"], ZipArchiveMode.Create))
        {
            using Stream stream = archive.CreateEntry("features.npy", CompressionLevel.Optimal).Open();
            stream.Write(NpyBytes.Make("|O", "(1,)", Encoding.ASCII.GetBytes($"({new string('N', 2_000_000)}l.")));
        }

        Allocation.AssertBelow(1 << 20, () => Assert.Contains("is a pickle of 2,000,003 bytes", Formulas.Refused(folder["a.npz"]).Message));
    }
}
