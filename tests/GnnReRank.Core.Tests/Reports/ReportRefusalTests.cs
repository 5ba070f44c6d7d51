namespace GnnReRank.Tests.Reports;

/// <summary>What no report is made of, and the words for it.</summary>
public sealed class ReportRefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RankingsOfOtherImagesAreRefusedWithTheFirstDifference()
    {
        Ranking first = ReportCase.ThreeQueries(["a", "b", "c"])[0];
        Ranking renamed = ReportCase.ThreeQueries(["a", "x", "c"])[1];
        Ranking shorter = ReportCase.Of(
            first.Query, ReportCase.Matrix(4, FeatureRole.Gallery, [1, 1, 2, -1]), new CosineSettings(), [0, 1], [0, 1], [0, 1]);
        Assert.Contains("query row 1 has the name 'b' in one and 'x' in the other", Refused([first, renamed], "RankingsOfOtherImages"));
        Assert.Contains("gallery matrices have 5 and 4 rows", Refused([first, shorter], "RankingsOfOtherImages"));
        Refused([], "NoRanking");
    }

    [Fact]
    public void OtherFeaturesOfTheSameImagesAreWelcome()
    {
        Ranking[] first = ReportCase.ThreeQueries(["a", "b", "c"]);
        Ranking[] second = ReportCase.ThreeQueries(["a", "b", "c"]);
        Assert.NotEmpty(ReportCase.Write(_folder, [first[0], second[1]]));
    }

    [Fact]
    public void NumbersBelowOneAreRefused()
    {
        Refused(ReportCase.ThreeQueries(), "InvalidTop", new ReportOptions { Top = 0 });
        Refused(ReportCase.ThreeQueries(), "InvalidMaxQueries", new ReportOptions { MaxQueries = 0 });
    }

    [Fact]
    public void PicturesNeedAFolderThatIsThere()
    {
        Refused(ReportCase.ThreeQueries(), "FolderNotFound", new ReportOptions { GalleryFolder = _folder["missing"] });
        Refused(ReportCase.ThreeQueries(), "ImageRootMissing", new ReportOptions { Embed = true });
    }

    [Fact]
    public void AProtocolThatWasNamedNeedsWhatItNeeds() =>
        Refused(ReportCase.ThreeQueries(), "CamerasMissing", new ReportOptions { Evaluation = new() { Protocol = EvaluationProtocol.Market1501 } });

    private string Refused(IReadOnlyList<Ranking> rankings, string errorId, ReportOptions? options = null)
    {
        GnnReRankException error = Assert.Throws<GnnReRankException>(() => ReportCase.Write(_folder, rankings, options));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Empty(Directory.GetFiles(_folder.Path));
        return error.Message;
    }
}
