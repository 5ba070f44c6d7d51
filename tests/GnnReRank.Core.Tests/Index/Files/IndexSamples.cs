using GnnReRank.Storage;
using GnnReRank.Tests.Compute;

namespace GnnReRank.Tests.Index.Files;

/// <summary>Small indexes with all that an index may know of its rows.</summary>
internal static class IndexSamples
{
    public const int Dimension = 9;

    /// <summary>The methods whose indexes are written and read; one line each.</summary>
    public static TheoryData<string> Methods =>
    [
        nameof(CosineSettings),
        nameof(DiffusionSettings),
        nameof(GnnReRankSettings),
    ];

    public static MethodSettings SettingsOf(string method) => method switch
    {
        nameof(DiffusionSettings) => new DiffusionSettings(),
        nameof(GnnReRankSettings) => new GnnReRankSettings { K1 = 8, K2 = 4 },
        _ => new CosineSettings(),
    };

    /// <summary>Rows with labels that are texts, cameras and odd names.</summary>
    public static FeatureMatrix Rows(int count, int seed, FeatureElementType elementType = FeatureElementType.Float32)
    {
        string[] texts = ["a", "zürich", string.Empty, "\ud800 alone"];
        FeatureStorage storage = MadeFeatures.Clustered(count, Dimension, 6, seed).Storage.As(elementType);
        return FeatureMatrix.Adopt(
            storage,
            [.. Enumerable.Range(0, count).Select(row => (row % 5) - 1L)],
            [.. Enumerable.Range(0, count).Select(row => row % 3)],
            [.. Enumerable.Range(0, count).Select(row => row % 7 == 3 ? string.Empty : $"{texts[row % 4]}/{seed}/{row}.jpg")],
            FeatureRole.Gallery,
            $"made {seed}.npy",
            inverseNorms: null,
            Enumerable.Range(0, 4).ToDictionary(place => place - 1L, place => texts[place]).AsReadOnly());
    }

    public static FeatureMatrix Queries { get; } = MadeFeatures.Clustered(7, Dimension, 6, seed: 77);

    /// <summary>An index that has grown and shrunk.</summary>
    public static ReRankIndex Changed(string method, FeatureElementType first, FeatureElementType second)
    {
        ReRankIndex index = ReRankIndex.Build(Rows(60, 1, first), SettingsOf(method));
        index.Remove([0, 17, 18, 59]);
        index.Add(Rows(20, 2, second));
        index.Remove([3, 57, 60, 75]);
        return index;
    }

    /// <summary>All that searches of an index give, and all that it says.</summary>
    public static void AssertSame(ReRankIndex expected, ReRankIndex found)
    {
        Assert.Equal(expected.Settings, found.Settings);
        Assert.Equal((expected.RowCount, expected.Dimension), (found.RowCount, found.Dimension));
        FeatureMatrix before = expected.Gallery;
        FeatureMatrix after = found.Gallery;
        Assert.Equal((before.Role, before.Source), (after.Role, after.Source));
        Assert.Equal(before.Labels, after.Labels);
        Assert.Equal(before.LabelNames?.OrderBy(name => name.Key), after.LabelNames?.OrderBy(name => name.Key));
        Assert.Equal(before.Cameras, after.Cameras);
        Assert.Equal(before.Names, after.Names);
        Assert.Equal(before.ToArray(), after.ToArray());
        Assert.Equal(before.InverseNorms, after.InverseNorms);
        AssertSameAnswers(expected, found);
    }

    public static void AssertSameAnswers(ReRankIndex expected, ReRankIndex found)
    {
        Ranking before = expected.Search(Queries);
        Ranking after = found.Search(Queries);
        for (int query = 0; query < Queries.RowCount; query++)
        {
            Assert.Equal(before.GetIndexSpan(query), after.GetIndexSpan(query));
            Assert.Equal(before.GetScoreSpan(query), after.GetScoreSpan(query));
        }
    }
}
