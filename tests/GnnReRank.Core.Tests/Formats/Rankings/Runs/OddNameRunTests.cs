using GnnReRank.Tests.Evaluation;

namespace GnnReRank.Tests.Formats.Rankings.Runs;

/// <summary>A ranking of images of any names comes back as it was, or is refused and leaves no file.</summary>
public sealed class OddNameRunTests
{
    public static TheoryData<RankingFormat> Formats => [RankingFormat.Parquet, RankingFormat.Csv, RankingFormat.JsonLines, RankingFormat.Trec];

    [Theory]
    [MemberData(nameof(Formats))]
    public void NamesComeBackOrAreRefused(RankingFormat format)
    {
        using TemporaryFolder folder = new();
        foreach (string name in OddTexts.All)
        {
            bool isLost = OddTexts.Halves.Contains(name) || (format is RankingFormat.Csv or RankingFormat.Trec && name.Contains('\0')) || (format == RankingFormat.Trec && name.StartsWith('\uFEFF'));
            AssertComesBack(folder, format, RunCase.Named(name), RunCase.Named("plain", name), name, isLost ? "TextNotWritable" : null);
        }
    }

    /// <summary>A TREC run has names alone, and no blanks in them.</summary>
    [Theory]
    [InlineData("TrecNameRepeated", "a b", "a_b")]
    [InlineData("TrecNameRepeated", "a", "a")]
    [InlineData("TrecNameRepeated", "g1", "")]
    [InlineData(null, "g0", "")]
    [InlineData(null, "a", "A")]
    public void RowsThatATrecRunCannotTellApartAreRefused(string? error, string first, string second)
    {
        using TemporaryFolder folder = new();
        AssertComesBack(folder, RankingFormat.Trec, RunCase.Named("q"), RunCase.Named(first, second), first, error);
    }

    private static void AssertComesBack(TemporaryFolder folder, RankingFormat format, FeatureMatrix query, FeatureMatrix gallery, string name, string? error)
    {
        Ranking ranking = HandRanking.Ragged(query, gallery, [[1, 0]]);
        File.Delete(folder["run"]);
        GnnReRankException? refused = Record.Exception(() => RankingFile.Write(folder["run"], ranking, format: format)) as GnnReRankException;
        Assert.True(refused?.ErrorId == error, $"'{OddTexts.Shown(name)}' in {format}: {refused?.Message ?? "written"}");
        Assert.Equal(error is null, Directory.GetFileSystemEntries(folder.Path).Length > 0);
        if (error is null)
        {
            Ranking back = RankingFile.Read(folder["run"], query, gallery, new RankingReadOptions { Format = format });
            Assert.True(RunCase.Lists(ranking).First().SequenceEqual(RunCase.Lists(back).First()), $"'{OddTexts.Shown(name)}' in {format}");
        }
    }
}
