using GnnReRank.Compute.Gpu.Kernels.Messages;
using GnnReRank.Tests.Compute.Gpu.Ptx;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>
/// The state times queries' rows as CUDA gets it, emulated, where one range, batch or stride is not enough.
/// </summary>
public sealed class PtxStateProductTests
{
    private const int Count = StateProductKernels.Range + 100;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void MultipliesInRangesAndBatches(int hasMirror)
    {
        // The second query's row has more entries than are made ready at once, and the first has one.
        int[] lengths = [1, 70];
        PtxArguments queries = Rows(seed: 1, lengths.Length, row => lengths[row], column: at => (at * 109) + 5);
        PtxArguments mirror = Rows(seed: 2, Count, LengthOf, ColumnOf);
        PtxArguments state = Rows(seed: 3, Count, row => LengthOf(row + 1), at => ColumnOf(at + 1));
        float[] products = Enumerable.Repeat(float.NaN, Count).ToArray();
        new PtxArguments
        {
            ["Layer"] = new PtxArguments
            {
                ["Result"] = queries, ["Mirror"] = mirror, ["State"] = state, ["Count"] = Count, ["Scale"] = 0.5f,
                ["HasMirror"] = hasMirror,
            },
            ["Products"] = products, ["FirstQuery"] = 1, ["BlockCount"] = 1,
        }.Run<ScoreArguments>(StateProductKernels.MultiplyState, 1, StateProductKernels.Threads, groupRows: 2);
        double[] expected = new double[Count];
        foreach ((int column, float factor) in PtxSparse.Row(queries, 1))
        {
            Add(mirror, column, factor / 2);
            Add(state, column, hasMirror * factor / 2);
        }

        Assert.Contains(expected[..StateProductKernels.Range], value => value > 0);
        Assert.Contains(expected[StateProductKernels.Range..], value => value > 0);
        Assert.All(products.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-4 * Math.Max(1, pair.Second)));

        void Add(PtxArguments rows, int row, double factor)
        {
            foreach ((int column, float value) in PtxSparse.Row(rows, row))
            {
                expected[column] += factor * value;
            }
        }
    }

    /// <summary>Some rows have none, some a few entries and some more than threads.</summary>
    private static int LengthOf(int row) => row % 5 == 0 ? 0 : row % 7 == 0 ? (2 * StateProductKernels.Threads) + 9 : 12;

    /// <summary>A row's columns, around the whole matrix: in both ranges.</summary>
    private static int ColumnOf(int at) => at * 31 % Count;

    private static PtxArguments Rows(int seed, int count, Func<int, int> length, Func<int, int> column)
    {
        Random random = new(seed);
        int[] lengths = [.. Enumerable.Range(0, count).Select(length)];
        PtxArguments rows = PtxSparse.Empty(count, lengths.Sum(SparseView.UnitsOf));
        int offset = 0;
        for (int row = 0; row < count; row++)
        {
            ((int[])rows["Offsets"])[row] = offset;
            ((int[])rows["Lengths"])[row] = lengths[row];
            for (int at = 0; at < lengths[row]; at++)
            {
                int place = (offset * SparseView.Unit) + at;
                ((int[])rows["Columns"])[place] = column(at + (row * 3 % 4));
                ((float[])rows["Values"])[place] = random.Next(1, 9) / 8f;
            }

            offset += SparseView.UnitsOf(lengths[row]);
        }

        return rows;
    }
}
