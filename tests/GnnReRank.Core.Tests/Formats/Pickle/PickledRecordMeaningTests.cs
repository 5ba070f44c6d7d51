using System.Globalization;
using System.Text;

namespace GnnReRank.Tests.Formats.Pickle;

/// <summary>What is taken from records, and what is said where their parts leave it open; the pickles are written by hand, in protocol 0.</summary>
public sealed class PickledRecordMeaningTests
{
    private static readonly int[] s_labels = [1, 2, 3, 4];
    private static readonly int[] s_cameras = [1, 1, 2, 2];

    [Theory]
    [InlineData("{f}{l}{c}", null, null)]
    [InlineData("{l}{f}", null, null)]
    [InlineData("{l}{c}{f}", null, "item 2 as features, item 0 as labels, item 1 as cameras")]
    [InlineData("{f}{l}{c}{l}", null, "item 0 as features, item 1 as labels, item 2 as cameras. Left out: item 3.")]
    [InlineData("{f}{c}{l}", "1", null)]
    public void TakesNumbersByTheirPlaces(string parts, string? cameraColumn, string? doubt)
    {
        FeatureReadResult result = Read(ListOf(4, row => Tuple(Filled(parts, row))), new FeatureReadOptions { CameraColumn = cameraColumn });
        AssertFeatures(result.Matrices[0], 4);
        Assert.Equal(s_labels.Select(label => (long)label), result.Matrices[0].Labels!);
        Assert.Equal(parts.Contains("{c}") ? s_cameras : null, result.Matrices[0].Cameras);
        AssertSaid(doubt, result);
    }

    [Fact]
    public void DoubtsMoreCamerasThanLabels()
    {
        string pickle = ListOf(4, row => Tuple(Filled("{f}{c}{l}", row)));
        AssertSaid("say which is which with -LabelColumn, -CameraColumn", Read(pickle));
        FeatureReadResult explicitOnly = Read(pickle, new FeatureReadOptions { ExplicitOnly = true });
        AssertSaid(null, explicitOnly);
        Assert.Null(explicitOnly.Matrices[0].Labels);
    }

    [Fact]
    public void TellsNamesFromLabelsByTheirForm()
    {
        FeatureReadResult paths = Read(ListOf(4, row => Tuple($"Va/{row}.jpg\n" + Vector(row))));
        Assert.Equal("a/3.jpg", paths.Matrices[0].Names![3]);
        AssertSaid(null, paths);
        AssertSaid("item 0 as names", Read(ListOf(4, row => Tuple($"Vclass{row % 2}\n" + Vector(row)))));

        FeatureMatrix identities = Read(ListOf(4, row => $"(Videntity\nVp{row % 2}\nVembedding\n{Vector(row)}d")).Matrices[0];
        Assert.Null(identities.Names);
        Assert.Equal("p1", identities.LabelNames![identities.Labels![3]]);
        Assert.Null(Read(ListOf(4, row => $"(Videntity\nV/p{row}.jpg\nVembedding\n{Vector(row)}d")).Matrices[0].Labels);
    }

    // Alone, under the name that training scripts give it, and beside what is no array of one length.
    [Theory]
    [InlineData("(Vbn.weight\n{0}Vbn.bias\n{1}d")]
    [InlineData("(Vstate_dict\n(Vbn.weight\n{0}Vbn.bias\n{1}dd")]
    [InlineData("(Vstate_dict\n(Vbn.weight\n{0}Vn\nI3\ndd")]
    [InlineData("(Vmodel\n(Vbn.running_mean\n{0}dVepoch\nI3\nd")]
    public void TheWeightsOfAModelAreNoFeatures(string format)
    {
        string pickle = format.Replace("{0}", Vector(0), StringComparison.Ordinal).Replace("{1}", Vector(1), StringComparison.Ordinal);
        Assert.Equal("ColumnNotFound", Refused(pickle).ErrorId);
    }

    [Fact]
    public void GuessedLabelsOfSeveralLengthsAreLeftOut()
    {
        FeatureReadResult result = Read($"(Vfeatures\n{ListOf(2, Vector)}Vlabels\n{List(List("I1\n") + List("I1\nI2\n"))}d");
        AssertFeatures(result.Matrices[0], 2);
        AssertSaid("the matrix has no labels", result);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void AFieldThatOneLacksCostsNoOther(int without)
    {
        string pickle = ListOf(4, row => $"(Vfeature\n{Vector(row)}Vpid\nI{s_labels[row]}\n{(row == without ? string.Empty : $"Vcam\nI{s_cameras[row]}\n")}d");
        FeatureReadResult result = Read(pickle);
        Assert.Equal(s_labels.Select(label => (long)label), result.Matrices[0].Labels!);
        Assert.Null(result.Matrices[0].Cameras);
        AssertSaid($"item {without} (0-based) is None", result);
        Assert.Equal("UnsupportedContent", Refused(pickle, new FeatureReadOptions { CameraColumn = "cam" }).ErrorId);
    }

    [Fact]
    public void RecordsThatAreNoneAreLeftOutWhereAskedFor()
    {
        string pickle = ListOf(4, row => row == 2 ? "N" : Tuple(row == 1 ? $"NI{s_labels[row]}\n" : Filled("{f}{l}", row)));
        Assert.Contains("-SkipInvalid", Refused(pickle).Message);
        FeatureMatrix matrix = Read(pickle, new FeatureReadOptions { SkipInvalid = true }).Matrices[0];
        Assert.Equal([1L, 4L], matrix.Labels!);
        Assert.Equal(Values(3), matrix.GetRow(1));
    }

    [Theory]
    [InlineData("{f}{l}", "{f}{l}{c}", "item 3 (0-based) of its list is a tuple of 3 items (a list of 2 items, a number, a number), and the first is a tuple of 2 items (a list of 2 items, a number)")]
    [InlineData("{f}{l}", "Va\n{l}", "item 3 (0-based) is a string")]
    [InlineData("(l{l}", "(l{l}", "a list of 4 items (a tuple of 2 items, a tuple of 2 items")]
    public void SaysWhichRecordIsUnlike(string most, string last, string what) =>
        Assert.Contains(what, Refused(ListOf(4, row => Tuple(Filled(row == 3 ? last : most, row)))).Message);

    [Theory]
    [InlineData("(Vfeatures\n{F}Vpids\n{L}Vcamids\n{C}d")]
    [InlineData("({F}{L}{C}t")]
    public void JoinsWhatWasGatheredBatchByBatch(string form)
    {
        (int First, int Count)[] batches = [(0, 3), (3, 3), (6, 1)];
        string pickle = form
            .Replace("{F}", Batches(batches, Vector), StringComparison.Ordinal)
            .Replace("{L}", Batches(batches, row => $"I{row}\n"), StringComparison.Ordinal)
            .Replace("{C}", Batches(batches, row => $"I{row % 2}\n"), StringComparison.Ordinal);
        FeatureMatrix matrix = Read(pickle).Matrices[0];
        AssertFeatures(matrix, 7);
        Assert.Equal([0L, 1, 2, 3, 4, 5, 6], matrix.Labels!);
        Assert.Equal([0, 1, 0, 1, 0, 1, 0], matrix.Cameras!);
    }

    [Fact]
    public void ALabelStandsForAllRowsOfItsBatch()
    {
        string pickle = List(string.Concat(Enumerable.Range(0, 10).Select(track => Tuple(Rows(track, 1 + (track % 3), Vector) + $"I{track}\n"))));
        FeatureMatrix matrix = Read(pickle).Matrices[0];
        Assert.Equal(19, matrix.RowCount);
        Assert.Equal([0L, 1, 1, 2, 2, 2, 3], matrix.Labels!.Take(7));
    }

    [Fact]
    public void LabelsThatDoNotFitTheirBatchAreLeftOut()
    {
        string pickle = List(string.Concat(Enumerable.Range(0, 3).Select(batch => Tuple(Rows(batch * 2, 2, Vector) + Rows(0, 3 - batch, row => $"I{row}\n")))));
        FeatureReadResult result = Read(pickle);
        Assert.Null(result.Matrices[0].Labels);
        AssertSaid("batch 0 (0-based) has 2 rows of features and 3 values of item '1'", result);
    }

    private static string Filled(string parts, int row) => parts
        .Replace("{f}", Vector(row), StringComparison.Ordinal)
        .Replace("{l}", $"I{s_labels[row]}\n", StringComparison.Ordinal)
        .Replace("{c}", $"I{s_cameras[row]}\n", StringComparison.Ordinal);

    private static float[] Values(int row) => [row + 0.5f, -row];

    private static string Vector(int row) => List(string.Concat(Values(row).Select(value => string.Create(CultureInfo.InvariantCulture, $"F{value}\n"))));

    private static string List(string items) => $"({items}l";

    private static string Tuple(string items) => $"({items}t";

    private static string Rows(int first, int count, Func<int, string> item) => List(string.Concat(Enumerable.Range(first, count).Select(item)));

    private static string ListOf(int count, Func<int, string> item) => Rows(0, count, item);

    private static string Batches((int First, int Count)[] batches, Func<int, string> item) => List(string.Concat(batches.Select(batch => Rows(batch.First, batch.Count, item))));

    private static FeatureReadResult Read(string pickle, FeatureReadOptions? options = null)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.pkl"], Encoding.Latin1.GetBytes(pickle + "."));
        return FeatureFile.Read(folder["a.pkl"], options ?? new FeatureReadOptions());
    }

    private static GnnReRankException Refused(string pickle, FeatureReadOptions? options = null) =>
        Assert.Throws<GnnReRankException>(() => Read(pickle, options));

    private static void AssertFeatures(FeatureMatrix matrix, int rows)
    {
        Assert.Equal(rows, matrix.RowCount);
        Assert.All(Enumerable.Range(0, rows), row => Assert.Equal(Values(row), matrix.GetRow(row)));
    }

    private static void AssertSaid(string? what, FeatureReadResult result)
    {
        if (what is null)
        {
            Assert.Empty(result.Warnings);
        }
        else
        {
            Assert.Contains(what, Assert.Single(result.Warnings));
        }
    }
}
