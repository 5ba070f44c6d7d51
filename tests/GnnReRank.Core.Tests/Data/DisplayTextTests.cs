using GnnReRank.Tests.Formats;
using GnnReRank.Tests.Reports;

namespace GnnReRank.Tests.Data;

/// <summary>What a terminal would act on reaches people as signs, and objects as it is.</summary>
public sealed class DisplayTextTests
{
    // Clears the screen, renames the window, turns the text around, ends a line.
    private const string Hostile = "a\u001b[2J\u001b]0;owned\u0007\u202Egpj.b\u009b31m\nx";

    [Theory]
    [InlineData("plain.jpg", "plain.jpg")]
    [InlineData("Ünïcödé/画像\U0001F600.png", "Ünïcödé/画像\U0001F600.png")]
    [InlineData("\u001b[31m", "\u241b[31m")]
    [InlineData("a\0b\t\r\n\u007f", "a\u2400b\u2409\u240d\u240a\u2421")]
    [InlineData("\u0085\u009b\u202e\u2066\u2028", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void ShowsASignForWhatIsHidden(string? text, string? shown) => Assert.Equal(shown, DisplayText.Of(text));

    [Fact]
    public void ShowsASignForHalfACharacter() => Assert.Equal("a\uFFFDb", DisplayText.Of("a" + '\ud83d' + "b"));

    [Theory]
    [InlineData("a.csv")]
    [InlineData("a.parquet")]
    [InlineData("a.arrow")]
    [InlineData("a.npz")]
    [InlineData("a.safetensors")]
    public void ErrorsThatQuoteAFileAreHarmless(string file)
    {
        using TemporaryFolder folder = new();
        KnownColumns.Write(folder[file], "label", ["\u001b[2J", "y"]);
        GnnReRankException error = Formulas.Refused(folder[file], new FeatureReadOptions { CameraColumn = "label" });
        Assert.DoesNotContain('\u001b', error.Message);
        Assert.Contains("\u241b[2J", error.Message);
    }

    [Fact]
    public void WarningsThatQuoteAFileAreHarmless()
    {
        using TemporaryFolder folder = new();
        KnownColumns.Write(folder["a.csv"], "camera", ["\u001b[2J", "y"]);
        Assert.Contains("\u241b[2J", Assert.Single(FeatureFile.Read(folder["a.csv"]).Warnings));
        string? warned = null;
        new ComputeOptions { Warn = warning => warned = warning }.Warn!(Hostile);
        Assert.Equal(DisplayText.Of(Hostile), warned);
    }

    [Fact]
    public void NamesStayAsTheyAreAndAreShownHarmlessly()
    {
        Ranking ranking = ReportCase.ThreeQueries([Hostile, "b", "c"], [Hostile, Hostile, Hostile, Hostile, Hostile])[0];
        RankedQuery inspected = RankingInspector.Inspect(ranking, [0], top: 1).First();
        Assert.Equal((Hostile, Hostile), (ranking.GetEntry(0, 1).QueryName!, inspected.Images[0].GalleryName!));
        object[] shown =
        [
            ranking.GetEntry(0, 1), inspected, inspected.Images[0], new DatasetImage(Hostile), new UnmatchedFeature(FeatureRole.Query, 0, Hostile),
            new UnmatchedImage(FeatureRole.Query, new DatasetImage(Hostile)), new QueryDifference { QueryIndex = 0, QueryName = Hostile },
            new QueryAccuracy { QueryIndex = 0, QueryName = Hostile, GoodCount = 0 },
        ];
        Assert.All(shown, item => Assert.DoesNotContain(item.ToString()!, character => char.IsControl(character) || character == '\u202e'));
        Assert.All(shown, item => Assert.Contains("a\u241b[2J", item.ToString()));
    }
}
