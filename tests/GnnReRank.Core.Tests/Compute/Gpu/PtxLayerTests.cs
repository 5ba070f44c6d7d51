using GnnReRank.Compute.Gpu.Kernels.Messages;
using GnnReRank.Tests.Compute.Gpu.Ptx;

namespace GnnReRank.Tests.Compute.Gpu;

/// <summary>A layer's kernels as CUDA gets them, emulated: its rows, and the scores made of them.</summary>
public sealed class PtxLayerTests
{
    private const int Count = 13;
    private const int NeighborCount = 4;
    private const int EdgeCount = 3;
    private const int QueryCount = 3;
    private const int GalleryCount = Count - QueryCount;
    private const int StoredCount = 8;
    private const int MostColumns = LayerKernels.MostColumns;

    private static readonly float[,] s_state = PtxSparse.Made(Count, 3, 0.3);
    private static readonly float[,] s_mirror = PtxSparse.Transposed(s_state);

    // Each row has two neighbours and padding, the last row padding alone; what lies behind the edges is never read.
    private static readonly int[] s_neighbors =
        [.. Enumerable.Range(0, Count).SelectMany(row => (int[])(row < Count - 1 ? [row * 5 % Count, (row + 2) % Count, -1, 99] : [-1, -1, -1, 99]))];

    private static readonly float[] s_weights =
        [.. Enumerable.Range(0, Count * EdgeCount).Select(at => s_neighbors[(at / EdgeCount * NeighborCount) + (at % EdgeCount)] >= 0 ? ((at % 4) + 1) / 4f : 0f)];

    [Theory]
    [InlineData(0, 0, 0, MostColumns, MostColumns)]
    [InlineData(1, 1, 1, MostColumns, MostColumns)]
    [InlineData(0, 1, 1, 3, 5)]
    [InlineData(1, 0, 1, 5, MostColumns)]
    [InlineData(1, 1, 0, 0, 0)]
    public void RowsAndTheirScores(int hasMirror, int isResidual, int normalizes, int tableLimit, int wideLimit)
    {
        PtxArguments layer = Layer(hasMirror, isResidual, normalizes, tableLimit, Count * 2);
        layer["WideLimit"] = wideLimit;
        double[][] expected = [.. Enumerable.Range(0, Count).Select(row => Expected(layer, row))];
        layer.Run<LayerArguments>(LayerKernels.SumRow, Count, LayerKernels.Threads);
        int[] counters = (int[])layer["Counters"];
        int[] wideRows = RowsLongerThan(tableLimit);
        Assert.Equal(wideRows, ((int[])layer["LongRows"]).Take(counters[LayerArguments.WideRows]).Order());
        layer.Run<LayerArguments>(LayerKernels.SumWideRows, 2, LayerKernels.WideThreads);
        int[] denseRows = RowsLongerThan(wideLimit);
        Assert.Equal(denseRows, ((int[])layer["LongRows"]).Skip(Count).Take(counters[LayerArguments.DenseRows]).Order());
        if (denseRows.Length > 0)
        {
            layer.Add("DenseRowCount", denseRows.Length);
            layer.Run<LayerArguments>(DenseLayerKernels.SumLongRows, 2, DenseLayerKernels.Threads);
        }

        layer.Run<LayerArguments>(ScoreKernels.SortRow, StoredCount, ScoreKernels.Threads);
        AssertRows((PtxArguments)layer["Result"], expected);
        int[] lengths = [.. expected.Take(StoredCount).Select(row => row.Count(value => value != 0))];
        Assert.Equal(lengths.Sum(SparseView.UnitsOf), counters[0]);
        Assert.Equal(0, counters[2]);
        AssertScores(layer, expected);

        int[] RowsLongerThan(int limit) =>
            [.. Enumerable.Range(0, Count).Where(row => expected[row].Count(value => value != 0) > limit)];
    }

    /// <summary>120 columns in 136 slots: many want the same.</summary>
    [Fact]
    public void ColumnsThatWantTheSameSlot()
    {
        const int columns = 120;
        float[,] state = new float[1, columns];
        for (int column = 0; column < columns; column++)
        {
            state[0, column] = column + 1;
        }

        PtxArguments result = PtxSparse.Empty(1, SparseView.UnitsOf(columns));
        new PtxArguments
        {
            ["State"] = PtxSparse.Of(state), ["Result"] = result, ["Counters"] = new int[LayerArguments.CounterCount], ["InverseNorms"] = new float[1], ["Count"] = columns,
            ["Scale"] = 1f, ["IsResidual"] = 1, ["StoredCount"] = 1, ["UnitCapacity"] = SparseView.UnitsOf(columns), ["TableLimit"] = MostColumns,
        }.Run<LayerArguments>(LayerKernels.SumRow, 1, LayerKernels.Threads);
        Assert.Equal(PtxSparse.Row(state, 0), PtxSparse.Row(result, 0).OrderBy(entry => entry.Column));
    }

    /// <summary>More columns than a small table takes, and more than a wide one does.</summary>
    [Theory]
    [InlineData(LayerKernels.MostColumns, 0, 0)]
    [InlineData(LayerKernels.MostColumns + 1, 1, 0)]
    [InlineData(LayerKernels.MostWideColumns, 1, 0)]
    [InlineData(LayerKernels.MostWideColumns + 1, 1, 1)]
    public void RowsGoToTheTableThatTakesThem(int columns, int wideRows, int denseRows)
    {
        int[] counters = new int[LayerArguments.CounterCount];
        PtxArguments result = PtxSparse.Empty(1, SparseView.UnitsOf(columns));
        float[,] state = new float[1, columns];
        for (int column = 0; column < columns; column++)
        {
            state[0, column] = (column % 9) + 1;
        }

        PtxArguments layer = new()
        {
            ["State"] = PtxSparse.Of(state), ["Result"] = result, ["Counters"] = counters, ["InverseNorms"] = new float[1],
            ["LongRows"] = new int[2 * columns], ["Dense"] = new float[columns], ["Count"] = columns, ["Scale"] = 1f,
            ["IsResidual"] = 1, ["StoredCount"] = 1, ["UnitCapacity"] = SparseView.UnitsOf(columns),
            ["TableLimit"] = MostColumns, ["WideLimit"] = LayerKernels.MostWideColumns, ["DenseRowCount"] = denseRows,
        };
        layer.Run<LayerArguments>(LayerKernels.SumRow, 1, LayerKernels.Threads);
        layer.Run<LayerArguments>(LayerKernels.SumWideRows, 1, LayerKernels.WideThreads);
        Assert.Equal([wideRows, 0, denseRows], counters[LayerArguments.WideRows..]);
        layer.Run<LayerArguments>(DenseLayerKernels.SumLongRows, 1, DenseLayerKernels.Threads);
        Assert.Equal(PtxSparse.Row(state, 0), PtxSparse.Row(result, 0).OrderBy(entry => entry.Column));
    }

    /// <summary>More rows than are made ready at once, each with a column of its own and one that all have.</summary>
    [Theory]
    [InlineData(LayerSums.Batch)]
    [InlineData((2 * LayerSums.Batch) + 1)]
    public void RowsOfManySources(int sources)
    {
        float[,] state = new float[sources, sources];
        for (int row = 0; row < sources; row++)
        {
            state[row, 0] = 1;
            state[row, row] += row + 1;
        }

        PtxArguments result = PtxSparse.Empty(1, sources);
        new PtxArguments
        {
            ["State"] = PtxSparse.Of(state), ["Result"] = result, ["Counters"] = new int[LayerArguments.CounterCount],
            ["InverseNorms"] = new float[1], ["LongRows"] = new int[2 * sources], ["Count"] = sources, ["Scale"] = 1f,
            ["Neighbors"] = Enumerable.Range(0, sources).ToArray(), ["NeighborCount"] = sources, ["EdgeCount"] = sources,
            ["Weights"] = Enumerable.Repeat(0.5f, sources).ToArray(), ["StoredCount"] = 1, ["UnitCapacity"] = sources,
            ["TableLimit"] = sources,
        }.Run<LayerArguments>(LayerKernels.SumRow, 1, LayerKernels.Threads);
        Assert.Equal(
            Enumerable.Range(0, sources).Select(column => (column, column == 0 ? (sources + 1) / 2f : (column + 1) / 2f)),
            PtxSparse.Row(result, 0).OrderBy(entry => entry.Column));
    }

    /// <summary>3, 4 and 12 of some unit have the norm 13.</summary>
    [Theory]
    [InlineData(1e-38f)]
    [InlineData(1f)]
    [InlineData(1e36f)]
    public void NormsOfAnyMagnitude(float unit)
    {
        float[,] state = { { 3 * unit, 4 * unit, 12 * unit } };
        PtxArguments result = PtxSparse.Empty(1, 1);
        float[] inverseNorms = new float[1];
        new PtxArguments
        {
            ["State"] = PtxSparse.Of(state), ["Result"] = result, ["Counters"] = new int[LayerArguments.CounterCount],
            ["InverseNorms"] = inverseNorms, ["Count"] = 3, ["Scale"] = 1f, ["IsResidual"] = 1, ["Normalizes"] = 1,
            ["StoredCount"] = 1, ["UnitCapacity"] = 1, ["TableLimit"] = MostColumns,
        }.Run<LayerArguments>(LayerKernels.SumRow, 1, LayerKernels.Threads);
        Assert.All(PtxSparse.Row(result, 0), entry => Assert.Equal(state[0, entry.Column] / unit / 13, entry.Value, 1e-6));
        Assert.Equal(1 / (13.0 * unit), inverseNorms[0], 1e-6 / unit);
    }

    [Fact]
    public void AsksForTheRoomThatIsNotThere()
    {
        PtxArguments layer = Layer(0, 1, 1, MostColumns, unitCapacity: 0);
        int[] lengths = [.. Enumerable.Range(0, StoredCount).Select(row => Expected(layer, row).Count(value => value != 0))];
        layer["UnitCapacity"] = 0;
        layer.Run<LayerArguments>(LayerKernels.SumRow, Count, LayerKernels.Threads);
        Assert.Equal([lengths.Sum(SparseView.UnitsOf), 0, 0, 0], (int[])layer["Counters"]);
    }

    [Fact]
    public void TellsWhereRowsAreMoreThanAnOffsetCanSay()
    {
        PtxArguments layer = Layer(0, 1, 1, MostColumns, unitCapacity: Count * 2);
        layer["Counters"] = new[] { int.MaxValue, 0, 0, 0 };
        layer.Run<LayerArguments>(LayerKernels.SumRow, Count, LayerKernels.Threads);
        Assert.Equal(1, ((int[])layer["Counters"])[2]);
    }

    private static PtxArguments Layer(int hasMirror, int isResidual, int normalizes, int tableLimit, int unitCapacity) => new()
    {
        ["State"] = PtxSparse.Of(s_state), ["Mirror"] = PtxSparse.Of(s_mirror), ["Result"] = PtxSparse.Empty(Count, unitCapacity),
        ["Neighbors"] = s_neighbors, ["Weights"] = s_weights, ["Counters"] = new int[LayerArguments.CounterCount], ["LongRows"] = new int[2 * Count],
        ["InverseNorms"] = Enumerable.Repeat(-1f, Count).ToArray(), ["Dense"] = new float[2 * Count], ["Count"] = Count,
        ["NeighborCount"] = NeighborCount, ["EdgeCount"] = EdgeCount, ["Scale"] = 0.5f, ["HasMirror"] = hasMirror,
        ["IsResidual"] = isResidual, ["Normalizes"] = normalizes, ["StoredCount"] = StoredCount, ["UnitCapacity"] = unitCapacity,
        ["TableLimit"] = tableLimit,
    };

    /// <summary>The row of the layer.</summary>
    private static double[] Expected(PtxArguments layer, int row)
    {
        double[] sum = new double[Count];
        Add(row, (int)layer["IsResidual"]);
        for (int edge = 0; edge < EdgeCount; edge++)
        {
            float weight = s_weights[(row * EdgeCount) + edge];
            if (weight > 0)
            {
                Add(s_neighbors[(row * NeighborCount) + edge], weight);
            }
        }

        double norm = (int)layer["Normalizes"] == 0 ? 1 : Math.Sqrt(sum.Sum(value => value * value));
        return [.. sum.Select(value => norm == 0 ? 0 : value / norm)];

        void Add(int vertex, double weight)
        {
            for (int column = 0; column < Count; column++)
            {
                sum[column] += weight * (s_state[vertex, column] + ((int)layer["HasMirror"] * s_mirror[vertex, column])) / 2;
            }
        }
    }

    private static void AssertRows(PtxArguments result, double[][] expected)
    {
        for (int row = 0; row < StoredCount; row++)
        {
            (int Column, float Value)[] entries = PtxSparse.Row(result, row);
            Assert.Equal(Enumerable.Range(0, Count).Where(column => expected[row][column] != 0), entries.Select(entry => entry.Column));
            Assert.All(entries, entry => Assert.Equal(expected[row][entry.Column], entry.Value, 1e-6));
        }
    }

    /// <summary>Two queries, not from the first on.</summary>
    private static void AssertScores(PtxArguments layer, double[][] expected)
    {
        float[] scores = new float[2 * GalleryCount];
        PtxArguments arguments = new()
        {
            ["Layer"] = layer, ["Products"] = Enumerable.Repeat(float.NaN, 2 * Count).ToArray(),
            ["Lanes"] = Enumerable.Repeat(float.NaN, ScoreKernels.Lanes * Count).ToArray(), ["Scores"] = scores,
            ["FirstQuery"] = 1, ["BlockCount"] = 2, ["QueryCount"] = QueryCount, ["GalleryCount"] = GalleryCount,
        };
        arguments.Run<ScoreArguments>(StateProductKernels.MultiplyState, 2, StateProductKernels.Threads);
        arguments.Run<ScoreArguments>(ScoreKernels.LayOut, 1, ScoreKernels.Threads);
        arguments.Run<ScoreArguments>(ScoreKernels.SumEdges, 1, ScoreKernels.Threads);
        for (int at = 0; at < scores.Length; at++)
        {
            double[] query = expected[1 + (at / GalleryCount)];
            double[] gallery = expected[QueryCount + (at % GalleryCount)];
            Assert.Equal(query.Zip(gallery, (a, b) => a * b).Sum(), scores[at], 2e-6 * Math.Max(1, scores[at]));
        }
    }
}
