using GnnReRank.Compute.Gpu.Kernels.Ordering;
using GnnReRank.Tests.Compute.Gpu.Ptx;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>The ordering's kernels as CUDA gets them, emulated.</summary>
public sealed class PtxRankTests
{
    private const int TileSize = RankKernels.TileSize;

    /// <summary>Final scores are the processor's to the bit, also where a compiler fuses what it may.</summary>
    [Theory]
    [InlineData("distinct", true, true)]
    [InlineData("distinct", true, false)]
    [InlineData("few values", true, true)]
    [InlineData("few values", true, false)]
    [InlineData("all zero, of both signs", true, true)]
    [InlineData("few values", false, true)]
    public void SortsATile(string maker, bool hasScores, bool hasCosines)
    {
        const int rows = 2;
        const int width = 50;
        const int depth = 30;
        RankCase made = RankCase.Make(rows, width, maker);
        float[] scored = hasScores ? made.Scores : [];
        float[] compared = hasCosines ? made.Cosines : [];
        foreach (bool fuses in (bool[])[false, true])
        {
            PtxArguments result = Result(rows, width, depth);
            new PtxArguments { ["Source"] = Source(scored, compared, width), ["Target"] = result, ["Tiles"] = 1, ["Length"] = 64 }
                .Run<SortTilesArguments>(RankKernels.SortTiles, rows, RankKernels.GroupSize, fuses: fuses);
            AssertRanked(result, scored, compared, width, depth);
        }
    }

    /// <summary>Every length a tile can have, full and not.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(7, 8)]
    [InlineData(8, 8)]
    [InlineData(9, 16)]
    [InlineData(16, 16)]
    [InlineData(20, 32)]
    [InlineData(100, 128)]
    [InlineData(256, 256)]
    [InlineData(400, 512)]
    [InlineData(1_000, 1_024)]
    [InlineData(2_047, 2_048)]
    public void SortsTilesOfAnyLength(int width, int length)
    {
        foreach (string maker in (string[])["few values", "descending"])
        {
            RankCase made = RankCase.Make(1, width, maker);
            PtxArguments result = Result(1, width, width);
            new PtxArguments
            {
                ["Source"] = Source(made.Scores, made.Cosines, width), ["Target"] = result, ["Tiles"] = 1,
                ["Length"] = length,
            }.Run<SortTilesArguments>(RankKernels.SortTiles, 1, RankKernels.GroupSize);
            AssertRanked(result, made.Scores, made.Cosines, width, width);
        }
    }

    /// <summary>Ascending rows: each element beats all before it, so that the room fills again and again.</summary>
    [Theory]
    [InlineData("ascending", 2500, 40)]
    [InlineData("few values", 2100, 3)]
    public void SelectsTheBest(string maker, int width, int depth)
    {
        RankCase made = RankCase.Make(1, width, maker);
        PtxArguments result = Result(1, width, depth);
        new PtxArguments { ["Source"] = Source(made.Scores, made.Cosines, width), ["Target"] = result }
            .Run<SelectBestArguments>(RankKernels.SelectBest, 1, RankKernels.GroupSize);
        AssertRanked(result, made.Scores, made.Cosines, width, depth);
    }

    /// <summary>Three tiles, the last of them short, become two runs and then one.</summary>
    [Fact]
    public void SortsTilesAndMergesRuns()
    {
        const int width = (2 * TileSize) + 404;
        const int depth = TileSize + 300;
        RankCase made = RankCase.Make(1, width, "few values");
        PtxArguments tiles = Runs(width);
        new PtxArguments { ["Source"] = Source(made.Scores, made.Cosines, width), ["Target"] = tiles, ["Tiles"] = 3, ["Length"] = TileSize }
            .Run<SortTilesArguments>(RankKernels.SortTiles, 3, RankKernels.GroupSize);
        PtxArguments runs = Runs(width);
        Merge(tiles, runs, width, TileSize, writtenPieces: 3);
        PtxArguments result = Result(1, width, depth);
        Merge(runs, result, width, 2 * TileSize, writtenPieces: 2);
        AssertRanked(result, made.Scores, made.Cosines, width, depth);
    }

    private static void Merge(PtxArguments from, PtxArguments to, int width, long runLength, int writtenPieces)
    {
        PtxArguments arguments = new()
        {
            ["Keys"] = from["Keys"], ["Columns"] = from["Columns"], ["Splits"] = new int[3], ["Target"] = to, ["Rows"] = 1,
            ["Width"] = width, ["Pieces"] = 3, ["WrittenPieces"] = writtenPieces, ["RunLength"] = runLength,
        };
        arguments.Run<RunMergeArguments>(RunMergeKernels.FindSplits, 1, RankKernels.GroupSize);
        arguments.Run<RunMergeArguments>(RunMergeKernels.MergeRuns, writtenPieces, RankKernels.GroupSize);
    }

    private static PtxArguments Source(float[] scores, float[] cosines, int width) => new()
    {
        ["Scores"] = scores, ["Cosines"] = cosines, ["Width"] = width, ["HasScores"] = Math.Min(1, scores.Length),
        ["HasCosines"] = Math.Min(1, cosines.Length), ["ScoreWeight"] = 0.7f, ["CosineWeight"] = 0.3f,
    };

    private static PtxArguments Result(int rows, int width, int depth) => new()
    {
        ["Indices"] = new int[rows * depth], ["Scores"] = new float[rows * depth], ["Width"] = width, ["Depth"] = depth, ["IsResult"] = 1,
    };

    private static PtxArguments Runs(int width) => new() { ["Keys"] = new ulong[width], ["Columns"] = new int[width], ["Width"] = width };

    private static void AssertRanked(PtxArguments result, float[] scored, float[] compared, int width, int depth)
    {
        int[] indices = (int[])result["Indices"];
        float[] scores = (float[])result["Scores"];
        for (int row = 0; row < indices.Length / depth; row++)
        {
            float[] final = [.. Enumerable.Range(row * width, width).Select(at => FinalOf(at))];
            int[] expected =
            [
                .. Enumerable.Range(0, width).OrderByDescending(column => final[column])
                    .ThenByDescending(column => compared.Length == 0 ? 0 : compared[(row * width) + column]).ThenBy(column => column).Take(depth),
            ];
            Assert.Equal(expected, indices.Skip(row * depth).Take(depth));
            Assert.Equal(expected.Select(column => final[column]), scores.Skip(row * depth).Take(depth));
        }

        float FinalOf(int at) => scored.Length == 0
            ? compared[at] : RankCase.Mix(scored[at], compared.Length == 0 ? 0 : compared[at], 0.7f, 0.3f);
    }
}
