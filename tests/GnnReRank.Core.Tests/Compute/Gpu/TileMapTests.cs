using GnnReRank.Compute.Gpu.Kernels.Tiles;

namespace GnnReRank.Tests.Compute.Gpu;

public sealed class TileMapTests
{
    /// <summary>The tiles on and above the diagonal of so many blocks, whatever the rounds they are made in.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(8)]
    public void RoundsCountEachTileOnce(int blocks)
    {
        int offsets = TileMap.LastOffset(blocks) + 1;
        for (int width = 1; width <= offsets; width++)
        {
            long count = 0;
            for (int first = 0; first < offsets; first += width)
            {
                count += TileMap.TileCount(blocks, first, Math.Min(width, offsets - first));
            }

            Assert.Equal(blocks * (blocks + 1) / 2, count);
        }
    }
}
