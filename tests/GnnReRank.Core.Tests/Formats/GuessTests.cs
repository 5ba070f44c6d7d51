using System.IO.Compression;
using GnnReRank.Tests.Formats.Npy;

namespace GnnReRank.Tests.Formats;

/// <summary>What its usual name alone led to does not cost the features where it turns out to be something else.</summary>
public sealed class GuessTests : IDisposable
{
    private static readonly object[] s_fractions = [1.5, 2.5, 3.0];
    private static readonly object[] s_texts = ["img_1.jpg", "img_2.jpg", "img_3.jpg"];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Formats => ["a.csv", "a.tsv", "a.parquet", "a.arrow", "a.npz", "a.pkl", "a.safetensors", "a.mat"];

    public static TheoryData<string, string, string, string> Misnamed
    {
        get
        {
            TheoryData<string, string, string, string> all = [];
            foreach (string file in ((IEnumerable<TheoryDataRow<string>>)Formats).Select(row => row.Data))
            {
                all.Add(file, "nabel", "label", "-LabelColumn");
                all.Add(file, "caamids", "camids", "-CameraColumn");
                all.Add(file, "nam", "name", "-NameColumn");
            }

            return all;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void LabelsThatAreNoneAreLeftOut(string file)
    {
        KnownColumns.Write(_folder[file], "y", s_fractions);
        FeatureReadResult read = FeatureFile.Read(_folder[file]);
        AssertFeatures(read);
        Assert.False(read.Matrices[0].HasLabels);
        Assert.Contains("the matrix has no labels", Assert.Single(read.Warnings));
        Assert.Contains("-LabelColumn", read.Warnings[0]);
        Assert.Contains("'y'", Formulas.Refused(_folder[file], new FeatureReadOptions { LabelColumn = "y" }).Message);
        Assert.Contains("'y'", Formulas.Refused(_folder[file], new FeatureReadOptions { Rows = new RowSelection { Labels = [3] } }).Message);
        Assert.Empty(FeatureFile.Read(_folder[file], new FeatureReadOptions { ExplicitOnly = true }).Warnings);
    }

    // 'labels', 'names' and 'cameras' with one bit changed, as formats without checksums give them; another letter, and a short name that people use.
    [Theory]
    [InlineData("lacels", "-LabelColumn 'lacels'")]
    [InlineData("naoes", "-NameColumn 'naoes'")]
    [InlineData("caieras", "-CameraColumn 'caieras'")]
    [InlineData("labelz", "-LabelColumn 'labelz'")]
    [InlineData("qid", null)]
    public void ANameOneBitFromAUsualOneIsTold(string name, string? told)
    {
        foreach (string file in (string[])["a.npz", "a.safetensors", "a.mat"])
        {
            KnownColumns.Write(_folder[file], name, [1.0, 2.0, 3.0]);
            FeatureReadResult read = FeatureFile.Read(_folder[file]);
            AssertFeatures(read);
            Assert.Equal(told is null ? 0 : 1, read.Warnings.Count);
            Assert.All(read.Warnings, warning => Assert.Contains(told!, warning));
        }
    }

    [Theory]
    [InlineData("[\\u0022a\\u0022,\\u0022b\\u0022,\\u0022c\\u0020]")]
    [InlineData("{\\u0022a\\u0022,\\u0022b\\u0022]")]
    public void NamesInMetadataThatCannotBeReadAreTold(string list)
    {
        string header = $"{{\"__metadata__\":{{\"names\":\"{list}\"}},\"features\":{{\"dtype\":\"F32\",\"shape\":[3,1],\"data_offsets\":[0,12]}}}}";
        using (BinaryWriter writer = new(File.Create(_folder["b.safetensors"])))
        {
            writer.Write((long)header.Length);
            writer.Write(System.Text.Encoding.ASCII.GetBytes(header));
            foreach (float value in (float[])[1, 2, 3])
            {
                writer.Write(value);
            }
        }

        Assert.Contains("the matrix has no names", Assert.Single(FeatureFile.Read(_folder["b.safetensors"]).Warnings));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void CamerasThatAreNoneAreLeftOut(string file)
    {
        KnownColumns.Write(_folder[file], "cam", s_texts);
        FeatureReadResult read = FeatureFile.Read(_folder[file]);
        AssertFeatures(read);
        Assert.False(read.Matrices[0].HasCameras);
        Assert.Contains("-CameraColumn", Assert.Single(read.Warnings));
        Assert.NotEmpty(Formulas.Refused(_folder[file], new FeatureReadOptions { CameraColumn = "cam" }).Message);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void CamerasThatAreNoneFromALaterRowOnAreLeftOutOfASample(string file)
    {
        KnownColumns.Write(_folder[file], "cam", [1.0, 2.0, 2.5]);
        FeatureReadResult read = FeatureFile.Read(_folder[file], new FeatureReadOptions { Rows = new RowSelection { Random = 3 } });
        AssertFeatures(read);
        Assert.False(read.Matrices[0].HasCameras);
        Assert.Contains("-CameraColumn", Assert.Single(read.Warnings));
    }

    // Text takes any field for a name, and tables of typed columns look for texts alone.
    [Theory]
    [InlineData("a.npz")]
    [InlineData("a.pkl")]
    [InlineData("a.safetensors")]
    [InlineData("a.mat")]
    public void NamesThatAreNumbersAreLeftOut(string file)
    {
        KnownColumns.Write(_folder[file], "files", s_fractions);
        FeatureReadResult read = FeatureFile.Read(_folder[file]);
        AssertFeatures(read);
        Assert.False(read.Matrices[0].HasNames);
        Assert.Contains("-NameColumn", Assert.Single(read.Warnings));
        Assert.Equal("UnsupportedContent", Formulas.Refused(_folder[file], new FeatureReadOptions { NameColumn = "files" }).ErrorId);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void AnIdOfTextsNamesImagesAndNoClasses(string file)
    {
        KnownColumns.Write(_folder[file], "id", s_texts);
        FeatureReadResult read = FeatureFile.Read(_folder[file]);
        AssertFeatures(read);
        Assert.False(read.Matrices[0].HasLabels);
        Assert.Single(read.Warnings);
        FeatureReadResult named = FeatureFile.Read(_folder[file], new FeatureReadOptions { NameColumn = "id" });
        Assert.Equal(s_texts, named.Matrices[0].Names!);
        Assert.False(named.Matrices[0].HasLabels);
        Assert.Empty(named.Warnings);
        FeatureReadResult labelled = FeatureFile.Read(_folder[file], new FeatureReadOptions { LabelColumn = "id" });
        Assert.Equal(3, labelled.Matrices[0].IdentityCount);
        KnownColumns.Write(_folder["digits-" + file], "id", ["001", "2", "2"]);
        Assert.Equal([1L, 2L, 2L], FeatureFile.Read(_folder["digits-" + file]).Matrices[0].Labels);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void NothingIsGuessedWhereThatIsAskedFor(string file)
    {
        KnownColumns.Write(_folder[file], "pid", [1.0, 2.0, 2.0]);
        Assert.Equal([1L, 2L, 2L], FeatureFile.Read(_folder[file]).Matrices[0].Labels);
        FeatureReadResult read = FeatureFile.Read(_folder[file], new FeatureReadOptions { ExplicitOnly = true });
        AssertFeatures(read);
        Assert.False(read.Matrices[0].HasLabels);
        Assert.True(FeatureFile.Read(_folder[file], new FeatureReadOptions { ExplicitOnly = true, LabelColumn = "pid" }).Matrices[0].HasLabels);
    }

    // One bit of a name, a letter too few, and one too many.
    [Theory]
    [MemberData(nameof(Misnamed))]
    public void ANameThatMissesAUsualOneByALetterIsTold(string file, string name, string usual, string parameter)
    {
        KnownColumns.Write(_folder[file], name, parameter == "-NameColumn" ? s_texts : [1.0, 2.0, 2.0]);
        FeatureReadResult read = FeatureFile.Read(_folder[file]);
        AssertFeatures(read);
        string warning = Assert.Single(read.Warnings);
        Assert.All([$"'{name}'", $"'{usual}'", parameter], part => Assert.Contains(part, warning));
        Assert.Empty(FeatureFile.Read(_folder[file], new FeatureReadOptions { ExplicitOnly = true }).Warnings);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void OtherNamesAreNoUsualOnesMistyped(string file)
    {
        foreach (string name in new[] { "weight", "tag", "cat", "rank", "cluster" })
        {
            KnownColumns.Write(_folder[name + file], name, [1.0, 2.0, 2.0]);
            Assert.Empty(FeatureFile.Read(_folder[name + file]).Warnings);
        }
    }

    [Fact]
    public void AFeatureThatIsNamedIsNoLabelToo()
    {
        File.WriteAllText(_folder["a.csv"], "x,y\n1,2\n3,4\n");
        FeatureMatrix matrix = FeatureFile.Read(_folder["a.csv"], new FeatureReadOptions { FeatureColumns = ["x", "y"] }).Matrices[0];
        Assert.Equal((2, false), (matrix.Dimension, matrix.HasLabels));
    }

    [Fact]
    public void NamesWhosePickleIsRefusedAreLeftOut()
    {
        using (ZipArchive archive = ZipFile.Open(_folder["a.npz"], ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] bytes) in new[]
            {
                ("features.npy", NpyBytes.Make("<f4", "(1, 2)", NpyBytes.Singles(1, 2))),
                ("names.npy", NpyBytes.Make("|O", "(1,)", "cos\nsystem\n(S'x'\ntR."u8.ToArray())),
            })
            {
                using Stream stream = archive.CreateEntry(name).Open();
                stream.Write(bytes);
            }
        }

        FeatureReadResult read = FeatureFile.Read(_folder["a.npz"]);
        Assert.False(read.Matrices[0].HasNames);
        Assert.Contains("os.system", Assert.Single(read.Warnings));
        Assert.Equal("PickleRefused", Formulas.Refused(_folder["a.npz"], new FeatureReadOptions { NameColumn = "names" }).ErrorId);
    }

    [Fact]
    public void AnEmptyCellArrayIsNoNames()
    {
        FeatureReadResult read = FeatureFile.Read(TestPaths.Data("hdf5", "empty_names.mat"));
        FeatureMatrix matrix = Assert.Single(read.Matrices);
        Assert.Equal((24, 16, 6, false), (matrix.RowCount, matrix.Dimension, matrix.IdentityCount!.Value, matrix.HasNames));
        Assert.Contains("'names' (0) does not hold one value a row", Assert.Single(read.Warnings));
    }

    // A pickle may hold labels for other rows than those of the features.
    [Fact]
    public void AListOfAnotherLengthIsLeftOut()
    {
        File.WriteAllBytes(_folder["a.pkl"], Datasets.Landmarks.HandPickle.Of(new Dictionary<string, object>
        {
            ["features"] = new[] { new[] { 1.0, 1 }, [2.0, 1], [3.0, 1] }, ["labels"] = new[] { 1, 2, 3, 4 },
        }));
        FeatureReadResult read = FeatureFile.Read(_folder["a.pkl"]);
        AssertFeatures(read);
        Assert.Contains("does not hold one value a row", Assert.Single(read.Warnings));
    }

    private static void AssertFeatures(FeatureReadResult read) =>
        Assert.Equal([1f, 1f, 2f, 1f, 3f, 1f], Assert.Single(read.Matrices).ToArray().Cast<float>());
}
