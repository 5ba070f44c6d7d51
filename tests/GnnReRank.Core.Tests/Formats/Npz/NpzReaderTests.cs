using System.IO.Compression;
using GnnReRank.Tests.Formats.Npy;
namespace GnnReRank.Tests.Formats.Npz;

public sealed class NpzReaderTests
{
    private static readonly FeatureReadOptions s_bothSets = new() { Sets = [FeatureRole.Gallery, FeatureRole.Query] };

    [Fact]
    public void ReadsBothSetsInTheOrderAskedFor()
    {
        IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(TestPaths.Data("numpy", "sets.npz"), s_bothSets).Matrices;
        Assert.Equal([FeatureRole.Gallery, FeatureRole.Query], matrices.Select(matrix => matrix.Role));
        Formulas.AssertFeatures(matrices[0], 6, 5, (row, column) => Formulas.Feature(5 - row, column));
        Formulas.AssertFeatures(matrices[1], 4, 5, Formulas.Feature);
        Assert.Equal(Formulas.Labels(6).Reverse(), matrices[0].Labels!);
        Assert.Equal(Formulas.Labels(4), matrices[1].Labels!);
        Assert.Equal(Formulas.Cameras(6), matrices[0].Cameras!);
        Assert.Equal(Formulas.Names(6), matrices[0].Names!);
        Assert.Equal(Formulas.Names(4), matrices[1].Names!);
    }

    [Fact]
    public void FindsOtherUsualNamesAndReadsWholeFloatsAndByteStrings()
    {
        FeatureMatrix matrix = Formulas.Read("plain.npz");
        Formulas.AssertFeatures(matrix, 6, 5, Formulas.Feature);
        Assert.Equal([-1L, 0L, 1L, 2L, 3L, 4L], matrix.Labels!);
        Assert.Equal(Formulas.Cameras(6), matrix.Cameras!);
        Assert.Equal(Formulas.Names(6), matrix.Names!);
        Assert.Equal(FeatureRole.None, matrix.Role);
    }

    [Fact]
    public void ReadsAnArrayWithoutAName()
    {
        FeatureMatrix matrix = Formulas.Read("unnamed.npz");
        Formulas.AssertFeatures(matrix, 6, 5, Formulas.Feature);
        Assert.False(matrix.HasLabels || matrix.HasCameras || matrix.HasNames);
    }

    [Fact]
    public void ReadsBigEndianText() => Assert.Equal(Formulas.Names(6), Formulas.Read("names_big.npz").Names!);

    [Fact]
    public void ReadsTheArraysThatAreNamed()
    {
        FeatureMatrix matrix = Formulas.Read(
            "sets.npz", new FeatureReadOptions { FeatureColumns = ["QUERY_F"], LabelColumn = "query_cam", Role = FeatureRole.Gallery });
        Formulas.AssertFeatures(matrix, 4, 5, Formulas.Feature);
        Assert.Equal([1L, 2L, 3L, 1L], matrix.Labels!);
        Assert.Equal(Formulas.Names(4), matrix.Names!);
        Assert.Equal(FeatureRole.Gallery, matrix.Role);
    }

    [Fact]
    public void AsksWhichSetIsMeant()
    {
        GnnReRankException error = Formulas.RefusedFixture("sets.npz");
        Assert.Equal("AmbiguousContent", error.ErrorId);
        Assert.Contains("-Set Query, Gallery", error.Message);
    }

    [Fact]
    public void NamesTheArraysThereAreWhenOneIsMissing()
    {
        GnnReRankException error = Formulas.RefusedFixture("plain.npz", new FeatureReadOptions { CameraColumn = "kamera" });
        Assert.Equal("ColumnNotFound", error.ErrorId);
        Assert.Contains("'camid'", error.Message);
        Assert.Equal("ColumnNotFound", Formulas.RefusedFixture("plain.npz", s_bothSets).ErrorId);
    }

    [Fact]
    public void RefusesOneNameForSeveralSets() => Assert.Equal(
        "NamesForSeveralSets", Formulas.RefusedFixture("sets.npz", s_bothSets with { LabelColumn = "query_label" }).ErrorId);

    [Fact]
    public void RefusesSeveralFeatureArrays() => Assert.Equal(
        "OneFeatureArray", Formulas.RefusedFixture("sets.npz", new FeatureReadOptions { FeatureColumns = ["query_f", "gallery_f"] }).ErrorId);

    // torchreid and TransReID call them so.
    [Fact]
    public void FindsSetsUnderShortNames()
    {
        using TemporaryFolder folder = new();
        (string Name, byte[] Bytes)[] arrays =
        [
            ("qf", NpyBytes.Make("<f4", "(1, 2)", NpyBytes.Singles(1, 2))), ("gf", NpyBytes.Make("<f4", "(2, 2)", NpyBytes.Singles(3, 4, 5, 6))),
            ("q_pids", NpyBytes.Make("<i8", "(1,)", NpyBytes.Longs(7))), ("g_pids", NpyBytes.Make("<i8", "(2,)", NpyBytes.Longs(7, 8))),
            ("q_camids", NpyBytes.Make("<i8", "(1,)", NpyBytes.Longs(1))), ("g_camids", NpyBytes.Make("<i8", "(2,)", NpyBytes.Longs(2, 3))),
        ];
        using (ZipArchive archive = ZipFile.Open(folder["a.npz"], ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] bytes) in arrays)
            {
                using Stream stream = archive.CreateEntry(name + ".npy").Open();
                stream.Write(bytes);
            }
        }

        IReadOnlyList<FeatureMatrix> sets = FeatureFile.Read(folder["a.npz"], new FeatureReadOptions { Sets = [FeatureRole.Query, FeatureRole.Gallery] }).Matrices;
        Assert.Equal([FeatureRole.Query, FeatureRole.Gallery], sets.Select(set => set.Role));
        Assert.Equal([5f, 6f], sets[1].GetRow(1));
        Assert.Equal([7L], sets[0].Labels!);
        Assert.Equal([1], sets[0].Cameras!);
        Assert.Equal([7L, 8L], sets[1].Labels!);
        Assert.Equal([2, 3], sets[1].Cameras!);
        Assert.Equal("AmbiguousContent", Formulas.Refused(folder["a.npz"]).ErrorId);
        Assert.Equal([7L], FeatureFile.Read(folder["a.npz"], new FeatureReadOptions { Sets = [FeatureRole.Query], FeatureColumns = ["qf"] }).Matrices[0].Labels!);
    }

    [Fact]
    public void RefusesNumbersAsNames() => Assert.Equal(
        "UnsupportedContent", Formulas.RefusedFixture("plain.npz", new FeatureReadOptions { NameColumn = "y" }).ErrorId);

    [Fact]
    public void ReadsTheDigits()
    {
        IReadOnlyList<FeatureMatrix> matrices = FeatureFile.Read(
            TestPaths.SharedOrSkip("digits", "digits.npz"), new FeatureReadOptions { Sets = [FeatureRole.Query, FeatureRole.Gallery] }).Matrices;
        Assert.Equal([(300, 64), (1497, 64)], matrices.Select(matrix => (matrix.RowCount, matrix.Dimension)));
        Assert.All(matrices, matrix => Assert.Equal(10, matrix.IdentityCount));
    }
}
