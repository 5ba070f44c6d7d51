using GnnReRank.Compute.Cpu.Memory;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Sparse;

/// <summary>Computes sparse rows on all threads, each row by one thread in a fixed order of sums.</summary>
internal static unsafe class SparseRowBuilder
{
    private const int Chunk = 64;

    /// <summary>Computes, normalises and stores every row; a zero row stays zero.</summary>
    /// <param name="inverseNorms">Receives 1 / L2 norm of each row, as many as there are rows and columns.</param>
    /// <param name="storage">The memory of the result.</param>
    /// <param name="sum">Sums row i into an empty accumulator.</param>
    /// <param name="reporter">Counts rows.</param>
    /// <param name="options">How the call runs.</param>
    public static SparseRows Build(
        NativeBuffer<float> inverseNorms, SparseStorage storage, Action<RowAccumulator, int> sum, StageReporter reporter,
        ComputeOptions options) =>
        Store((int)inverseNorms.Length, inverseNorms, storage, sum, reporter, options);

    /// <summary>Computes and stores every row as it is.</summary>
    /// <param name="storage">The memory of the result.</param>
    /// <param name="count">Rows and columns.</param>
    /// <param name="sum">Sums row i into an empty accumulator.</param>
    /// <param name="options">How the call runs.</param>
    public static SparseRows Sum(
        SparseStorage storage, int count, Action<RowAccumulator, int> sum, ComputeOptions options) =>
        Store(count, inverseNorms: null, storage, sum, reporter: null, options);

    /// <summary>
    /// Computes some rows and hands them on in their order, a block at a time: no more than a block a thread is held.
    /// </summary>
    /// <param name="count">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="inverseNorms">Receives 1 / L2 norm of each row; null where rows stay as they are.</param>
    /// <param name="createStorage">Makes the memory of a block.</param>
    /// <param name="sum">Sums row i, of these, into an empty accumulator.</param>
    /// <param name="take">Takes a block, which is used again when this returns; one call at a time.</param>
    /// <param name="reporter">Counts rows.</param>
    /// <param name="options">How the call runs.</param>
    public static void Stream(
        int count, int width, NativeBuffer<float>? inverseNorms, Func<SparseStorage> createStorage,
        Action<RowAccumulator, int> sum, Action<SparseBlock> take, StageReporter? reporter, ComputeOptions options) =>
        Workers.ForOrderedRanges(
            options.ThreadCount, count, Chunk,
            () => new BlockWorker(width, createStorage),
            (worker, from, to) =>
            {
                worker.Block.Clear();
                Make(
                    worker.Accumulator, from, to, sum, inverseNorms,
                    (row, scale, _) => worker.Block.Add(row, scale), options);
                reporter?.Advance(to - from);
            },
            (worker, _, _) => take(worker.Block));

    /// <summary>1 / L2 norm of every row, without storing the rows; 0 for a zero row.</summary>
    public static void InverseNorms(
        NativeBuffer<float> inverseNorms, Action<RowAccumulator, int> sum, StageReporter reporter, ComputeOptions options) =>
        InverseNorms(inverseNorms, (int)inverseNorms.Length, sum, reporter, options);

    /// <summary>The same of rows that have more columns than there are rows.</summary>
    public static void InverseNorms(
        NativeBuffer<float> inverseNorms, int width, Action<RowAccumulator, int> sum, StageReporter? reporter,
        ComputeOptions options) =>
        Workers.ForRanges(
            options.ThreadCount, (int)inverseNorms.Length, Chunk, () => new RowAccumulator(width), (accumulator, from, to) =>
            {
                Make(accumulator, from, to, sum, inverseNorms, store: null, options);
                reporter?.Advance(to - from);
            });

    /// <summary>1 / L2 norm of a summed row; 0 for a zero row.</summary>
    public static double InverseNorm(RowAccumulator accumulator)
    {
        double squared = accumulator.SquaredNorm();
        return squared > 0 ? 1 / Math.Sqrt(squared) : 0;
    }

    private static SparseRows Store(
        int count, NativeBuffer<float>? inverseNorms, SparseStorage storage, Action<RowAccumulator, int> sum,
        StageReporter? reporter, ComputeOptions options)
    {
        SparseRows rows = new(count, storage);
        try
        {
            Workers.ForRanges(options.ThreadCount, count, Chunk, () => new Worker(count, storage), (worker, from, to) =>
            {
                Make(
                    worker.Accumulator, from, to, sum, inverseNorms,
                    (source, scale, row) => worker.Arena.Write(source, scale, rows, row), options);
                reporter?.Advance(to - from);
            });
        }
        catch
        {
            rows.Dispose();
            throw;
        }

        return rows;
    }

    private static void Make(
        RowAccumulator accumulator, int from, int to, Action<RowAccumulator, int> sum, NativeBuffer<float>? inverseNorms,
        Action<RowAccumulator, double, int>? store, ComputeOptions options)
    {
        for (int row = from; row < to; row++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            sum(accumulator, row);
            double scale = 1;
            if (inverseNorms is not null)
            {
                scale = InverseNorm(accumulator);
                inverseNorms.Pointer[row] = (float)scale;
            }

            store?.Invoke(accumulator, scale, row);
            accumulator.Clear();
        }
    }

    private sealed class Worker(int width, SparseStorage storage) : IDisposable
    {
        public RowAccumulator Accumulator { get; } = new(width);

        public RowArena Arena { get; } = new(storage);

        public void Dispose() => Accumulator.Dispose();
    }

    private sealed class BlockWorker(int width, Func<SparseStorage> createStorage) : IDisposable
    {
        public RowAccumulator Accumulator { get; } = new(width);

        public SparseBlock Block { get; } = new(createStorage);

        public void Dispose()
        {
            Accumulator.Dispose();
            Block.Dispose();
        }
    }
}
