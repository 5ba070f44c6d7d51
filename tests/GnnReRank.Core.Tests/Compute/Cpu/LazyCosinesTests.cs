using GnnReRank.Compute.Cpu.Kernels;
using GnnReRank.Compute.Cpu.Scoring;
using GnnReRank.Compute.Cpu.Tiles;

namespace GnnReRank.Tests.Compute.Cpu;

public sealed class LazyCosinesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(256)]
    [InlineData(517)]
    public void GivesTheBitsOfTheProductOneByOneAndInBlocks(int dimension)
    {
        const int count = 30;
        FeatureMatrix query = MadeFeatures.Random(count, dimension, seed: 1);
        FeatureMatrix gallery = MadeFeatures.WithDuplicatesAndZeros(211, dimension, seed: 2);
        using VertexRows queries = new(null, query);
        using VertexRows rows = new(null, gallery);
        foreach (TileKernel kernel in TileKernel.Supported())
        {
            int blocks = 0;
            using PackedRows<float> packed = PackedColumns.All(rows, kernel, ComputeOptions.Default);
            using CosineBlock block = new(kernel, queries, packed, 48);
            using LazyCosines lazy = new(queries, rows, () =>
            {
                blocks++;
                return new CosineBlock(kernel, queries, packed, 48);
            });
            block.Prepare(0, count, TestContext.Current.CancellationToken);
            lazy.Prepare(0, count, TestContext.Current.CancellationToken);
            foreach (int[] asked in (int[][])[[5], [210, 0, 6], [3, 1, 4, 9, 2], [.. Enumerable.Range(0, 211)]])
            {
                for (int q = 0; q < count; q++)
                {
                    float[] taken = new float[asked.Length];
                    lazy.Take(q, asked, taken);
                    float[] all = block.Row(q).ToArray();
                    Assert.Equal(asked.Select(row => BitConverter.SingleToInt32Bits(all[row])), taken.Select(BitConverter.SingleToInt32Bits));
                }
            }

            // Whole rows were asked for: by then a block is less work.
            Assert.Equal(1, blocks);
            Assert.Equal(block.Row(7).ToArray(), lazy.Row(7).ToArray());
        }
    }

    [Fact]
    public void MultipliesNoBlockForAFewCosines()
    {
        using VertexRows queries = new(null, MadeFeatures.Random(4, 9, seed: 3));
        using VertexRows rows = new(null, MadeFeatures.Random(1000, 9, seed: 4));
        using LazyCosines lazy = new(queries, rows, () => throw new InvalidOperationException("A block was asked for."));
        lazy.Prepare(0, 4, TestContext.Current.CancellationToken);
        lazy.Take(1, [3, 999, 4, 8, 500], new float[5]);
        Assert.Throws<InvalidOperationException>(() => lazy.Take(1, [.. Enumerable.Range(0, 1000)], new float[1000]));
    }
}
