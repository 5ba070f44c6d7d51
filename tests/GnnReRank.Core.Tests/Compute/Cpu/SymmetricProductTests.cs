using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Running;

namespace GnnReRank.Tests.Compute.Cpu;

public sealed class SymmetricProductTests
{
    private const int Count = 203;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(Count)]
    public unsafe void GivesTheSameBitsByRowsAndByColumns(int used)
    {
        Random random = new(used);
        double[,] dense = new double[Count, Count];
        for (int entry = 0; entry < 1_500; entry++)
        {
            int row = random.Next(Count);
            int column = random.Next(Count);
            dense[row, column] = dense[column, row] = random.NextDouble();
        }

        using SparseRows matrix = Sparse(dense);
        using LaneVectors vectors = new(Count);
        foreach (int element in Enumerable.Range(0, Count).OrderBy(_ => random.Next()).Take(used))
        {
            vectors.IsUsed[element] = 1;
            vectors.Of(element)[random.Next(LaneKernels.Lanes)] = (float)random.NextDouble();
        }

        vectors.FindSupport();
        using NativeBuffer<float> byColumns = new(Count * LaneKernels.Lanes);
        using NativeBuffer<float> byRows = new(Count * LaneKernels.Lanes);
        SymmetricProduct.Of(matrix, long.MaxValue, vectors, byColumns.Pointer, TestContext.Current.CancellationToken);
        SymmetricProduct.Of(matrix, 0, vectors, byRows.Pointer, TestContext.Current.CancellationToken);
        Assert.Equal(byColumns.AsSpan(Count * LaneKernels.Lanes).ToArray(), byRows.AsSpan(Count * LaneKernels.Lanes).ToArray());
        for (int i = 0; i < Count * LaneKernels.Lanes; i++)
        {
            double sum = Enumerable.Range(0, Count).Sum(
                column => dense[i / LaneKernels.Lanes, column] * vectors.Of(column)[i % LaneKernels.Lanes]);
            Assert.Equal(sum, byRows.Pointer[i], 1e-5);
        }

        vectors.Clear();
        Assert.All(new Span<float>(vectors.Values, Count * LaneKernels.Lanes).ToArray(), value => Assert.Equal(0f, value));
    }

    private static unsafe SparseRows Sparse(double[,] dense)
    {
        SparseStorage storage = new(new MemoryBudget(1 << 24), "A test's matrix", Count);
        SparseRows rows = new(Count, storage);
        RowArena arena = new(storage);
        for (int row = 0; row < Count; row++)
        {
            int[] columns = [.. Enumerable.Range(0, Count).Where(column => dense[row, column] != 0)];
            arena.Reserve(columns.Length, out int* indices, out float* values);
            for (int entry = 0; entry < columns.Length; entry++)
            {
                indices[entry] = columns[entry];
                values[entry] = (float)dense[row, columns[entry]];
            }

            rows.SetRow(row, indices, values, columns.Length);
        }

        return rows;
    }
}
