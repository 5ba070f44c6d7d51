using System.Text;
using GnnReRank.Tests.Formats;

namespace GnnReRank.Tests.Datasets.Landmarks;

/// <summary>gnd files of Python and scipy; make_landmark_fixtures.py says what is in them.</summary>
public sealed class RevisitedReaderTests
{
    private static readonly string[] s_images =
    [
        "all_souls_000000", "all_souls_000001", "all_souls_000002", "ashmolean_000003", "ashmolean_000004", "oxford_000005", "oxford_000006", "oxford_000007",
    ];

    // Python counts rows from 0 and MATLAB from 1: the same truth comes of both.
    [Theory]
    [InlineData("gnd_roxford5k.pkl")]
    [InlineData("gnd_roxford5k.mat")]
    [InlineData("gnd_roxford5k_v73.mat")]
    [InlineData("revisited_arrays.pkl")]
    [InlineData("revisited_tuples.pkl")]
    [InlineData("revisited_plain.mat")]
    [InlineData("revisited_rows.mat")]
    public void ReadsTheSameTruthFromEveryForm(string file)
    {
        RetrievalDataset dataset = RetrievalDatasets.Read(DatasetKind.ROxford5k, TestPaths.Data("datasets", file));
        Assert.Equal(EvaluationProtocol.RevisitedOxfordParis, dataset.Protocol);
        Assert.Equal(["all_souls_000013", "all_souls_000026", "ashmolean_000000"], dataset.QueryImages.Select(image => image.Name));
        Assert.Equal(s_images, dataset.GalleryImages.Select(image => image.Name));
        GroundTruth truth = dataset.GroundTruth!;
        Assert.Equal(s_images, truth.GalleryNames!);
        LandmarkAssert.Lists(truth.Queries[0], [1, 4], [2], [0], [136.5, 34.1, 648.5, 955.7]);
        LandmarkAssert.Lists(truth.Queries[1], [], [3], [], [1, 2, 3, 4]);
        LandmarkAssert.Lists(truth.Queries[2], [5], [], [6, 7], [0.5, 0.25, 100, 200]);
        Assert.Contains(dataset.Warnings, warning => warning.Contains("70 queries"));
    }

    [Theory]
    [InlineData("gnd_oxford5k.pkl")]
    [InlineData("gnd_oxford5k.mat")]
    [InlineData("gnd_oxford5k_v73.mat")]
    public void ReadsTheOlderFormOfTheSameAuthors(string file)
    {
        RetrievalDataset dataset = RetrievalDatasets.Read(DatasetKind.Oxford5k, TestPaths.Data("datasets", file));
        Assert.Equal([s_images[1], s_images[3]], dataset.QueryImages.Select(image => image.Name));
        LandmarkAssert.Lists(dataset.GroundTruth!.Queries[0], [1, 0, 2], [], [7], [136.5, 34.1, 648.5, 955.7]);
        LandmarkAssert.Lists(dataset.GroundTruth.Queries[1], [3, 4], [], [], [1, 2, 3, 4]);
    }

    [Fact]
    public void FindsTheFileInOrBelowAFolder()
    {
        using TemporaryFolder folder = new();
        LandmarkAssert.Refused("DatasetFileNotFound", () => RetrievalDatasets.Read(DatasetKind.RParis6k, folder.Path), "gnd_rparis6k");
        Directory.CreateDirectory(folder["datasets", "rparis6k"]);
        File.Copy(TestPaths.Data("datasets", "gnd_roxford5k.pkl"), folder["datasets", "rparis6k", "gnd_rparis6k.pkl"]);
        Assert.Equal(3, RetrievalDatasets.Read(DatasetKind.RParis6k, folder.Path).QueryImages.Count);
    }

    [Theory]
    [InlineData(DatasetKind.RParis6k, "gnd_roxford5k.pkl", "DatasetContradictsFile", "ROxford5k")]
    [InlineData(DatasetKind.Oxford5k, "gnd_roxford5k.pkl", "DatasetContradictsFile", "ROxford5k")]
    [InlineData(DatasetKind.Oxford5k, "revisited_arrays.pkl", "DatasetFileMalformed", "ask for ROxford5k")]
    public void RefusesAFileOfAnotherDataset(DatasetKind kind, string file, string errorId, string part) =>
        LandmarkAssert.Refused(errorId, () => RetrievalDatasets.Read(kind, TestPaths.Data("datasets", file)), part);

    [Fact]
    public void RefusesTheOlderFormForTheRevisitedOne()
    {
        using TemporaryFolder folder = new();
        File.Copy(TestPaths.Data("datasets", "gnd_oxford5k.mat"), folder["gnd.mat"]);
        LandmarkAssert.Refused("DatasetFileMalformed", () => RetrievalDatasets.Read(DatasetKind.ROxford5k, folder["gnd.mat"]), "ask for Oxford5k");
    }

    [Fact]
    public void ARowInTwoListsCountsOnceWithAWarning()
    {
        RetrievalDataset dataset = Read(Gnd(easy: new[] { 1, 1 }, hard: new[] { 0, 1 }, junk: new[] { 0 }));
        LandmarkAssert.Lists(dataset.GroundTruth!.Queries[0], [1], [0], [], null);
        Assert.Contains(dataset.Warnings, warning => warning.Contains("3 images are listed twice"));
    }

    [Theory]
    [InlineData(2.0)]
    [InlineData(-1.0)]
    [InlineData(0.5)]
    [InlineData(1e300)]
    public void RefusesARowThatIsNoImage(double row) => LandmarkAssert.Refused(
        "DatasetFileMalformed", () => Read(Gnd(easy: new[] { row }, hard: Array.Empty<int>(), junk: Array.Empty<int>())), "counted from 0");

    [Fact]
    public void RefusesWhatIsNoSuchFile()
    {
        int[] none = [];
        LandmarkAssert.Refused("DatasetFileMalformed", () => Read("text"), "no dictionary");
        LandmarkAssert.Refused("DatasetFileMalformed", () => Read(new Dictionary<string, object>()), "imlist");
        LandmarkAssert.Refused("DatasetFileMalformed", () => Read(Gnd("text", none, none)), "no list of numbers");
        LandmarkAssert.Refused("DatasetFileMalformed", () => Read(Gnd(new[] { "0" }, none, none)), "no list of numbers");
        Dictionary<string, object> tooMany = Gnd(none, none, none);
        tooMany["qimlist"] = new[] { "a", "b" };
        LandmarkAssert.Refused("DatasetFileMalformed", () => Read(tooMany), "1 entries");
        Dictionary<string, object> without = Gnd(none, none, none);
        without["gnd"] = new[] { new Dictionary<string, object> { ["easy"] = none } };
        LandmarkAssert.Refused("DatasetFileMalformed", () => Read(without), "no hard");
    }

    [Fact]
    public void TextThatIsNoTextIsRefusedWithItsPlace()
    {
        byte[] file = File.ReadAllBytes(TestPaths.Data("datasets", "revisited_arrays.pkl"));
        int start = file.AsSpan().IndexOf(Encoding.UTF32.GetBytes("ashmolean_000003"));
        Assert.True(start > 0);
        file[start + 6] = 0x20;
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["gnd_roxford5k.pkl"], file);
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => RetrievalDatasets.Read(DatasetKind.ROxford5k, folder["gnd_roxford5k.pkl"]));
        Assert.Equal("DatasetFileMalformed", error.ErrorId);
        Assert.Contains("imlist: String 3 (0-based)", error.Message);
    }

    [Fact]
    public void APickleThatCallsSomethingIsRefused()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["gnd_roxford5k.pkl"], Encoding.ASCII.GetBytes($"cos\nsystem\n(Vtouch {folder["hacked"]}\ntR."));
        LandmarkAssert.Refused("PickleRefused", () => RetrievalDatasets.Read(DatasetKind.ROxford5k, folder.Path), "os.system");
        Assert.False(File.Exists(folder["hacked"]));
    }

    [Fact]
    public void APickleThatNamesOneListOverAndOverIsRefused()
    {
        const int times = 2000;
        int[] many = [.. Enumerable.Range(0, times)];
        string[] names = [.. many.Select(name => $"{name}")];
        Dictionary<string, object> record = new() { ["easy"] = many, ["hard"] = Array.Empty<int>(), ["junk"] = Array.Empty<int>() };
        Dictionary<string, object> file = new()
        {
            ["imlist"] = names, ["qimlist"] = names, ["gnd"] = new HandPickle.Raw(HandPickle.Shared(record, times)),
        };
        GnnReRankException? error = null;
        Allocation.AssertBelow(64 << 20, () => error = Assert.Throws<GnnReRankException>(() => Read(file)));
        Assert.Contains("over and over", error!.Message);
    }

    private static Dictionary<string, object> Gnd(object easy, object hard, object junk) => new()
    {
        ["imlist"] = new[] { "a", "b" },
        ["qimlist"] = new[] { "q" },
        ["gnd"] = new[] { new Dictionary<string, object> { ["easy"] = easy, ["hard"] = hard, ["junk"] = junk } },
    };

    private static RetrievalDataset Read(object value)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["gnd.pkl"], HandPickle.Of(value));
        return RetrievalDatasets.Read(DatasetKind.ROxford5k, folder["gnd.pkl"]);
    }
}
