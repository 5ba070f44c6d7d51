using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Tiles;
using GnnReRank.Tests.Oracle;

namespace GnnReRank.Tests.Compute.Cpu;

public sealed unsafe class CoarseScaleTests
{
    private const int Tile = TileMultiplier.TileSize;

    public static TheoryData<string> Rows => ["even", "heavy tails", "one column", "one large column", "tiny and huge norms"];

    [Theory]
    [MemberData(nameof(Rows))]
    public void BoundsTheDifferenceOfEveryPairFromTheExactKernelAndFromDoublePrecision(string kind)
    {
        Assert.SkipWhen(TestBackends.CoarseKernels.Count == 0, "This processor has no coarse kernel.");
        foreach (int dimension in (int[])[1, 2, 7, 8, 9, 64, 511, 2_048, 5_000])
        {
            FeatureMatrix matrix = Made(kind, 40, dimension);
            double[,] cosines = DenseOracle.Similarities(null, matrix);
            using VertexRows rows = new(null, matrix);
            CoarseScale scale = CoarseScale.Of(rows, ComputeOptions.Default);
            float[] exact = TileOf(new ExactTiles(TileKernel.ForThisProcessor(), rows, 1));
            Assert.InRange(scale.Bound, 0, 0.01);
            foreach (CoarseKernel kernel in TestBackends.CoarseKernels)
            {
                float[] coarse = TileOf(new CoarseTiles(new CpuKernels(TileKernel.ForThisProcessor(), kernel), rows, scale, 1, 0));
                for (int row = 0; row < matrix.RowCount; row++)
                {
                    for (int column = row; column < matrix.RowCount; column++)
                    {
                        int position = (row * Tile) + column;
                        Assert.InRange(Math.Abs((double)coarse[position] - exact[position]), 0, scale.Bound);
                        Assert.InRange(Math.Abs(coarse[position] - cosines[row, column]), 0, scale.Bound);
                    }
                }
            }
        }
    }

    [Fact]
    public void LowersTheScaleWhereAValueWouldLeaveTheRangeOfInt16()
    {
        using VertexRows even = new(null, Made("even", 10, 64));
        Assert.Equal(46_000f, CoarseScale.Of(even, ComputeOptions.Default).Scale);
        using VertexRows single = new(null, Made("one column", 10, 64));
        Assert.InRange(CoarseScale.Of(single, ComputeOptions.Default).Scale, 32_000f, 32_767f);
    }

    private static float[] TileOf(ITileSource source)
    {
        using (source)
        {
            source.Load(0, 1, ComputeOptions.Default);
            using ITileMaker maker = source.CreateMaker();
            float[] tile = new float[Tile * Tile];
            fixed (float* target = tile)
            {
                maker.Make(0, 0, target, CancellationToken.None);
            }

            return tile;
        }
    }

    private static FeatureMatrix Made(string kind, int rows, int dimension)
    {
        Random random = new(dimension);
        float[] values = new float[rows * dimension];
        for (int i = 0; i < values.Length; i++)
        {
            int row = i / dimension;
            int column = i % dimension;
            double value = (random.NextDouble() * 2) - 1;
            values[i] = (float)(kind switch
            {
                "even" => value,
                "heavy tails" => Math.Pow(value, 15),
                "one column" => column == row % dimension ? (row % 2 == 0 ? 1 : -1) : 0,
                "one large column" => column == 0 ? 3 : value / dimension,
                _ => value * Math.Pow(10, row - 20),
            });
        }

        return new FeatureMatrix(values, rows, dimension);
    }
}
