using System.IO.Compression;
using System.Text;
using System.Text.Json;
using GnnReRank.Tests.Datasets.Landmarks;
using GnnReRank.Tests.Formats.Npy;

namespace GnnReRank.Tests.Formats;

/// <summary>Labels, cameras and names in files of their own.</summary>
public sealed class RowFileTests : IDisposable
{
    private static readonly string[] s_names = ["a, \"1\".jpg", "b.jpg", "c.jpg"];

    private readonly TemporaryFolder _folder = new();

    public RowFileTests() => FeatureFile.Write(_folder["x.npy"], [new FeatureMatrix([1, 1, 2, 1, 3, 1], 3, 2)]);

    public static TheoryData<string> Files =>
        ["v.npy", "v.npz", "v.mat", "v.safetensors", "v.pkl", "dict.pkl", "v.json", "v.txt", "header.txt", "v.csv", "header.csv", "columns.tsv", "v.csv.gz"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void NumbersAndTextsAreLabels(string file)
    {
        Write(file, "labels", [7.0, -1.0, 7.0]);
        FeatureReadResult read = Read(new FeatureReadOptions { LabelPath = _folder[file] });
        Assert.Equal([7L, -1L, 7L], read.Matrices[0].Labels!);
        Assert.Null(read.Matrices[0].LabelNames);
        Assert.Empty(read.Warnings);
        Write(file, "label", ["0007", "cat", "7"]);
        FeatureMatrix matrix = Read(new FeatureReadOptions { LabelPath = _folder[file] }).Matrices[0];
        Assert.Equal(["7", "cat", "7"], Enumerable.Range(0, 3).Select(matrix.GetLabelText));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void CamerasAndNamesAreRead(string file)
    {
        Write(file, "names", s_names);
        Write("cam-" + file, "cam", [1.0, 2.0, 3.0]);
        FeatureMatrix matrix = Read(new FeatureReadOptions { CameraPath = _folder["cam-" + file], NamePath = _folder[file] }).Matrices[0];
        Assert.Equal([1, 2, 3], matrix.Cameras!);
        Assert.Equal(s_names, matrix.Names!);
    }

    [Theory]
    [InlineData("v.txt", "a.jpg 7\nb.jpg 8\nc.jpg 7\n", false)]
    [InlineData("v.txt", "a.jpg 7\nb.jpg 8\nc.jpg 7\n", true)]
    [InlineData("v.txt", "cat\t7\ndog\t8\ncat\t7\n", false)]
    [InlineData("v.txt", "a,7\nb,8\nc,7\n", false)]
    [InlineData("v.txt", "1 7\n2 8\n3 7\n", false)]
    [InlineData("v.csv", "a;7\nb;8\nc;7\n", false)]
    [InlineData("v.csv", "name;label\na;7\nb;8\n", false)]
    [InlineData("v.csv", "x/a.jpg;7\nx/b.jpg;8\nx/c.jpg;7\n", true)]
    public void SeveralFieldsInALineAreNoText(string file, string text, bool areNames)
    {
        File.WriteAllText(_folder[file], text);
        FeatureReadOptions options = areNames ? new() { NamePath = _folder[file] } : new() { LabelPath = _folder[file] };
        Assert.Equal("SeveralValuesInALine", Formulas.Refused(_folder["x.npy"], options).ErrorId);
    }

    [Theory]
    [InlineData("alfa romeo 2009\nacura rl 2012\nalfa romeo 2009\n", false)]
    [InlineData("Paris, France\nRome, Italy\nParis, France\n", false)]
    [InlineData("my photo 1.jpg\nmy photo 2.jpg\nmy photo 3.jpg\n", true)]
    [InlineData("a,1.jpg\na,2.jpg\na,3.jpg\n", true)]
    public void TextsMayHoldBlanksAndCommas(string text, bool areNames)
    {
        File.WriteAllText(_folder["v.txt"], text);
        FeatureMatrix matrix = Read(areNames ? new() { NamePath = _folder["v.txt"] } : new() { LabelPath = _folder["v.txt"] }).Matrices[0];
        Assert.Equal(text.TrimEnd().Split('\n'), areNames ? matrix.Names! : Enumerable.Range(0, 3).Select(matrix.GetLabelText));
    }

    [Theory]
    [InlineData("name,label\nb.jpg,8\na.jpg,7\nc.jpg,7\n", "RowOrderMismatch")]
    [InlineData("label,path\n8,x/b.jpg\n7,x/a.jpg\n7,x/c.jpg\n", "RowOrderMismatch")]
    [InlineData("name,label\nx/a.jpg,7\nx/b.jpg,8\nx/c.jpg,7\n", null)]
    [InlineData("label,name\n7,Ann\n8,Bob\n7,Ann\n", null)]
    public void NamesBesideLabelsStandInTheOrderOfTheRows(string text, string? errorId)
    {
        FeatureFile.Write(_folder["named.npz"], [new FeatureMatrix([1, 1, 2, 1, 3, 1], 3, 2, names: ["a.jpg", "b.jpg", "c.jpg"])]);
        File.WriteAllText(_folder["v.csv"], text);
        FeatureReadOptions options = new() { LabelPath = _folder["v.csv"] };
        if (errorId is not null)
        {
            Assert.Equal(errorId, Formulas.Refused(_folder["named.npz"], options).ErrorId);
            return;
        }

        Assert.Equal([7L, 8L, 7L], FeatureFile.Read(_folder["named.npz"], options).Matrices[0].Labels!);
    }

    // A tensor of one dimension, as torch.save writes it.
    [Fact]
    public void ATensorIsLabels()
    {
        FeatureMatrix sizes = FeatureFile.Read(TestPaths.Data("torch", "table.pt")).Matrices[0];
        Assert.Equal(
            "RowCountMismatch", Formulas.Refused(_folder["x.npy"], new FeatureReadOptions { LabelPath = TestPaths.Data("torch", "table.pt") }).ErrorId);
        float[] values = [.. Enumerable.Range(0, sizes.RowCount).Select(row => row + 1f)];
        FeatureFile.Write(_folder["y.npy"], [new FeatureMatrix(values, values.Length, 1)]);
        Assert.Equal(sizes.Labels, FeatureFile.Read(_folder["y.npy"], new FeatureReadOptions { LabelPath = TestPaths.Data("torch", "table.pt") }).Matrices[0].Labels);
    }

    [Theory]
    [InlineData("x.npy")]
    [InlineData("x.csv")]
    [InlineData("x.parquet")]
    [InlineData("x.arrow")]
    [InlineData("x.npz")]
    [InlineData("x.fvecs")]
    [InlineData("folder")]
    public void FiltersWorkOnWhatTheySayInEveryFormat(string features)
    {
        FeatureMatrix matrix = new([1, 1, 2, 1, 3, 1], 3, 2, labels: features is "x.npy" or "x.fvecs" or "folder" ? null : [0, 0, 0]);
        if (features == "folder")
        {
            Directory.CreateDirectory(_folder[features]);
            for (int row = 0; row < 3; row++)
            {
                FeatureFile.Write(_folder[features, $"{row}.npy"], [new FeatureMatrix([row + 1, 1], 1, 2)]);
            }
        }
        else
        {
            FeatureFile.Write(_folder[features], [matrix], new FeatureWriteOptions { Overwrite = true });
        }

        Write("v.txt", "labels", [5.0, 6.0, 5.0]);
        Write("n.txt", "names", ["p", "q", "r"]);
        FeatureReadOptions options = new() { LabelPath = _folder["v.txt"], NamePath = _folder["n.txt"], Rows = new RowSelection { Labels = [5] } };
        FeatureMatrix fives = Assert.Single(FeatureFile.Read(_folder[features], options).Matrices);
        Assert.Equal([1f, 1f, 3f, 1f], fives.ToArray().Cast<float>());
        Assert.Equal([5L, 5L], fives.Labels!);
        Assert.Equal(["p", "r"], fives.Names!);
        FeatureMatrix last = FeatureFile.Read(_folder[features], options with { Rows = new RowSelection { Names = ["q"] }, Columns = [0] }).Matrices[0];
        Assert.Equal([2f], last.ToArray().Cast<float>());
        Assert.Equal([1f, 1f], FeatureFile.Read(_folder[features], options with { Rows = new RowSelection { First = 1 } }).Matrices[0].ToArray().Cast<float>());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void ThereIsOneValueForEachRow(string file)
    {
        Write(file, "labels", [1.0, 2.0]);
        GnnReRankException error = Formulas.Refused(_folder["x.npy"], new FeatureReadOptions { LabelPath = _folder[file] });
        Assert.Equal("RowCountMismatch", error.ErrorId);
        Assert.Contains("holds 2 values", error.Message);
        Assert.Contains("has 3 rows", error.Message);
    }

    [Fact]
    public void RowsThatAreDroppedAreDroppedOfAll()
    {
        File.WriteAllText(_folder["gaps.csv"], "f0,f1\n1,1\n,1\n3,1\n");
        Write("v.txt", "labels", [5.0, 6.0, 7.0]);
        FeatureReadOptions options = new() { LabelPath = _folder["v.txt"], SkipInvalid = true };
        Assert.Equal([5L, 7L], FeatureFile.Read(_folder["gaps.csv"], options).Matrices[0].Labels!);
    }

    [Fact]
    public void AMappedFileHasThemToo()
    {
        Write("v.npy", "labels", [5.0, 6.0, 7.0]);
        FeatureReadOptions options = new() { LabelPath = _folder["v.npy"], MemoryMapped = true };
        FeatureMatrix matrix = FeatureFile.Read(_folder["x.npy"], options).Matrices[0];
        Assert.True(matrix.IsMemoryMapped);
        Assert.Equal([5L, 6L, 7L], matrix.Labels!);
        Assert.Equal("MemoryMappedSelection", Formulas.Refused(_folder["x.npy"], options with { Rows = new RowSelection { First = 1 } }).ErrorId);
    }

    [Fact]
    public void OneSourceIsGivenForEach()
    {
        Write("v.txt", "labels", [5.0, 6.0, 7.0]);
        FeatureReadOptions options = new() { LabelPath = _folder["v.txt"], LabelColumn = "y" };
        Assert.Equal("KnownTwice", Formulas.Refused(_folder["x.npy"], options).ErrorId);
        options = new() { NamePath = _folder["v.txt"], Sets = [FeatureRole.Query, FeatureRole.Gallery] };
        Assert.Equal("RowFileForSeveralSets", Formulas.Refused(TestPaths.Data("numpy", "sets.npz"), options).ErrorId);
    }

    [Theory]
    [InlineData("v.txt", "1\n2\nNA\n", "NotAWholeNumber")]
    [InlineData("v.csv", "a,b\n1,2\n3,4\n5,6\n", "ColumnNotFound")]
    [InlineData("v.csv", "label,b\n1,2\n3\n5,6\n", "FieldCountMismatch")]
    [InlineData("v.json", "{\"a\":1}", "UnsupportedContent")]
    [InlineData("v.json", "[1,2,[3]]", "UnsupportedContent")]
    [InlineData("v.json", "[1,2", "CorruptFile")]
    [InlineData("v.xyz", "1\n2\n3\n", "UnknownFormat")]
    [InlineData("v.npy", "no array", "CorruptFile")]
    [InlineData("v.pkl", "]", "CorruptFile")]
    [InlineData("v.txt", "<!DOCTYPE html><html></html>", "WebPage")]
    [InlineData("v.txt", "", "EmptyFile")]
    public void SaysWhatIsWrong(string file, string content, string errorId)
    {
        File.WriteAllText(_folder[file], content);
        GnnReRankException error = Formulas.Refused(_folder["x.npy"], new FeatureReadOptions { LabelPath = _folder[file] });
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(_folder[file], error.Message);
    }

    [Fact]
    public void SaysThatAFileIsMissing() =>
        Assert.Equal("FileNotFound", Formulas.Refused(_folder["x.npy"], new FeatureReadOptions { LabelPath = _folder["none.npy"] }).ErrorId);

    private FeatureReadResult Read(FeatureReadOptions options) => FeatureFile.Read(_folder["x.npy"], options);

    private void Write(string file, string name, object[] values)
    {
        string path = _folder[file];
        string[] texts = [.. values.Select(value => value is string text ? text : FormattableString.Invariant($"{value}"))];
        bool hasHeader = file.Contains("header");
        switch (Path.GetExtension(file))
        {
            case ".json":
                File.WriteAllText(path, JsonSerializer.Serialize(values));
                break;
            case ".txt":
                File.WriteAllLines(path, hasHeader ? texts.Prepend(name) : texts);
                break;
            case ".csv":
                File.WriteAllLines(path, texts.Select(Quoted).Prepend(hasHeader ? name : string.Empty).Where(line => line.Length > 0));
                break;
            case ".tsv":
                File.WriteAllLines(path, texts.Select((text, row) => $"{row}\t{Quoted(text)}").Prepend($"row\t{name}"));
                break;
            case ".gz":
                using (StreamWriter text = new(new GZipStream(File.Create(path), CompressionLevel.Optimal)))
                {
                    text.Write(string.Join('\n', texts.Select(Quoted)));
                }

                break;
            case ".pkl":
                File.WriteAllBytes(path, HandPickle.Of(file.Contains("dict") ? new Dictionary<string, object> { ["other"] = 3, [name] = values } : values));
                break;
            default:
                WriteArray(path, name, values, texts);
                break;
        }
    }

    private static void WriteArray(string path, string name, object[] values, string[] texts)
    {
        bool areTexts = values[0] is string;
        double[] numbers = areTexts ? [] : [.. values.Cast<double>()];
        int width = texts.Max(text => text.Length);
        byte[] npy = areTexts
            ? NpyBytes.Make($"<U{width}", $"({texts.Length},)", [.. texts.SelectMany(text => Encoding.UTF32.GetBytes(text.PadRight(width, '\0')))])
            : NpyBytes.Make("<i8", $"({texts.Length},)", NpyBytes.Longs([.. numbers.Select(number => (long)number)]));
        switch (Path.GetExtension(path))
        {
            case ".npy":
                File.WriteAllBytes(path, npy);
                break;
            case ".npz":
                using (ZipArchive archive = new(File.Create(path), ZipArchiveMode.Create))
                {
                    using (Stream stream = archive.CreateEntry(name + ".npy").Open())
                    {
                        stream.Write(npy);
                    }

                    using Stream other = archive.CreateEntry("other.npy").Open();
                    other.Write(NpyBytes.Make("<i8", "(1,)", NpyBytes.Longs(1)));
                }

                break;
            case ".mat":
                File.Delete(path);
                KnownColumns.WriteMat(path, name, areTexts ? texts : [], numbers);
                break;
            default:
                KnownColumns.WriteSafetensors(path, name, areTexts ? texts : [], numbers);
                break;
        }
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"")}\"";
}
