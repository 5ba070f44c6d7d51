using GnnReRank.Tests.Evaluation;

namespace GnnReRank.Tests.Data;

public sealed class RankingTests
{
    [Fact]
    public void AnEntryTellsAllThatIsKnownOfBothImages()
    {
        Ranking ranking = HandRanking.Of([7], null, [8, 7], null, [1, 0]);
        RankingEntry first = ranking.GetEntry(0, 1);
        Assert.Equal((0, 7L, 1, 1, 7L, true), (first.QueryIndex, first.QueryLabel, first.Rank, first.GalleryIndex, first.GalleryLabel, first.IsMatch));
        Assert.Equal(1f, first.Score);
        Assert.False(ranking.GetEntry(0, 2).IsMatch);
        Assert.Throws<ArgumentOutOfRangeException>(() => ranking.GetEntry(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => ranking.GetEntry(1, 1));
    }

    [Fact]
    public void KnowsWhetherItsListsAreCut()
    {
        Assert.True(HandRanking.Of([7], null, [8, 7], null, [1, 0]).IsFull);
        Assert.False(HandRanking.Of([7], null, [8, 7], null, [1]).IsFull);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(3, 1_000_000)] // one row a block
    [InlineData(2_500, 1_000)] // three blocks
    public void RowBlocksKeepRowsApart(int rows, int width)
    {
        RowBlocks<int> blocks = new(rows, width);
        for (int row = 0; row < rows; row++)
        {
            blocks[row].Fill(row);
        }

        for (int row = 0; row < rows; row++)
        {
            Assert.Equal(width, blocks[row].Length);
            Assert.False(blocks[row].ContainsAnyExcept(row));
        }
    }
}
