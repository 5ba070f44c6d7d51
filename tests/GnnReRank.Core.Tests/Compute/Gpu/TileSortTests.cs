using GnnReRank.Compute.Gpu.Kernels.Ordering;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>Which elements the threads take in each pass.</summary>
public sealed class TileSortTests
{
    public static TheoryData<int> Passes => [.. Enumerable.Range(0, TileSort.MostPasses)];

    /// <summary>Two threads with one element would race.</summary>
    [Theory]
    [MemberData(nameof(Passes))]
    public void EveryElementHasOneThread(int pass)
    {
        int[] slots = [.. Enumerable.Range(0, RankKernels.GroupSize)
            .SelectMany(thread => Enumerable.Range(0, TileSort.PerThread).Select(item => SlotOf(pass, thread, item)))];
        Assert.Equal(Enumerable.Range(0, RankKernels.TileSize), slots.Order());
    }

    /// <summary>16 banks of 8 bytes serve half a warp at once, 32 of 4 bytes a warp.</summary>
    [Theory]
    [MemberData(nameof(Passes))]
    public void NoTwoThreadsMeetInABank(int pass)
    {
        foreach (int lanes in (int[])[16, 32])
        {
            for (int first = 0; first < RankKernels.GroupSize; first += lanes)
            {
                int[] threads = [.. Enumerable.Range(first, lanes)];
                Assert.All(
                    Enumerable.Range(0, TileSort.PerThread),
                    item => Assert.Distinct(threads.Select(thread => SlotOf(pass, thread, item) % lanes)));
            }
        }
    }

    private static int SlotOf(int index, int thread, int item)
    {
        TilePass pass = TileSort.PassAt(index);
        return TileSort.Slot(TilePass.StartOf(pass, thread))
            ^ ((item & 4) == 0 ? 0 : TilePass.FirstOf(pass))
            ^ ((item & 2) == 0 ? 0 : TilePass.SecondOf(pass))
            ^ ((item & 1) == 0 ? 0 : TilePass.ThirdOf(pass));
    }
}
