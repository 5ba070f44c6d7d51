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
        ComputeOptions options)
    {
        int count = (int)inverseNorms.Length;
        SparseRows rows = new(count, storage);
        try
        {
            Workers.ForRanges(
                options.ThreadCount, count, Chunk,
                () => new Worker(count, storage),
                (worker, from, to) =>
                {
                    for (int row = from; row < to; row++)
                    {
                        options.CancellationToken.ThrowIfCancellationRequested();
                        sum(worker.Accumulator, row);
                        double scale = InverseNorm(worker.Accumulator);
                        inverseNorms.Pointer[row] = (float)scale;
                        worker.Arena.Write(worker.Accumulator, scale, rows, row);
                        worker.Accumulator.Clear();
                    }

                    reporter.Advance(to - from);
                });
        }
        catch
        {
            rows.Dispose();
            throw;
        }

        return rows;
    }

    /// <summary>Computes and stores every row as it is.</summary>
    /// <param name="storage">The memory of the result.</param>
    /// <param name="count">Rows and columns.</param>
    /// <param name="sum">Sums row i into an empty accumulator.</param>
    /// <param name="options">How the call runs.</param>
    public static SparseRows Sum(
        SparseStorage storage, int count, Action<RowAccumulator, int> sum, ComputeOptions options)
    {
        SparseRows rows = new(count, storage);
        try
        {
            Workers.ForRanges(options.ThreadCount, count, Chunk, () => new Worker(count, storage), (worker, from, to) =>
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                for (int row = from; row < to; row++)
                {
                    sum(worker.Accumulator, row);
                    worker.Arena.Write(worker.Accumulator, scale: 1, rows, row);
                    worker.Accumulator.Clear();
                }
            });
        }
        catch
        {
            rows.Dispose();
            throw;
        }

        return rows;
    }

    /// <summary>1 / L2 norm of every row, without storing the rows; 0 for a zero row.</summary>
    public static void InverseNorms(
        NativeBuffer<float> inverseNorms, Action<RowAccumulator, int> sum, StageReporter reporter, ComputeOptions options)
    {
        int count = (int)inverseNorms.Length;
        Workers.ForRanges(options.ThreadCount, count, Chunk, () => new RowAccumulator(count), (accumulator, from, to) =>
        {
            for (int row = from; row < to; row++)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                sum(accumulator, row);
                inverseNorms.Pointer[row] = (float)InverseNorm(accumulator);
                accumulator.Clear();
            }

            reporter.Advance(to - from);
        });
    }

    /// <summary>1 / L2 norm of a summed row; 0 for a zero row.</summary>
    public static double InverseNorm(RowAccumulator accumulator)
    {
        double squared = accumulator.SquaredNorm();
        return squared > 0 ? 1 / Math.Sqrt(squared) : 0;
    }

    private sealed class Worker(int width, SparseStorage storage) : IDisposable
    {
        public RowAccumulator Accumulator { get; } = new(width);

        public RowArena Arena { get; } = new(storage);

        public void Dispose() => Accumulator.Dispose();
    }
}
