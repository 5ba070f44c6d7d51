using GnnReRank.Compute.Gpu.Neighbors;

namespace GnnReRank.Tests.Compute.Gpu;

public sealed class PanelOrderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(13)]
    public void EveryPairOnceEachSharingAPanelWithTheOneBefore(int panels)
    {
        (int Rows, int Columns)[] pairs = [.. PanelOrder.Of(panels)];
        Assert.Equal(
            Enumerable.Range(0, panels).SelectMany(a => Enumerable.Range(a, panels - a).Select(b => (a, b))),
            pairs.Order());
        Assert.Equal(Enumerable.Range(0, panels).Select(panel => (panel, panel)), pairs.Take(panels));
        for (int place = panels; place < pairs.Length; place++)
        {
            (int a, int b) = pairs[place - 1];
            Assert.True(pairs[place].Rows == a || pairs[place].Rows == b || pairs[place].Columns == a || pairs[place].Columns == b);
        }
    }
}
