namespace GnnReRank.Compute.Cpu.Sparse;

/// <summary>Computes sparse rows on all threads, each row by one thread in a fixed order of sums.</summary>
internal static unsafe class SparseRowBuilder
{
    private const int Chunk = 64;

    /// <summary>Computes and stores every row.</summary>
    /// <param name="count">Rows, and columns.</param>
    /// <param name="storage">The memory of the result.</param>
    /// <param name="sum">Sums row i into an empty accumulator.</param>
    /// <param name="normalize">Whether to divide each row by its L2 norm; a zero row stays zero.</param>
    /// <param name="reporter">Counts rows.</param>
    /// <param name="options">How the call runs.</param>
    public static SparseRows Build(
        int count, SparseStorage storage, Action<RowAccumulator, int> sum, bool normalize, StageReporter reporter, ComputeOptions options)
    {
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
                        double scale = normalize ? InverseNorm(worker.Accumulator) : 1;
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

    /// <summary>1 / L2 norm of every row, without storing the rows; 0 for a zero row.</summary>
    public static double[] InverseNorms(
        int count, Action<RowAccumulator, int> sum, StageReporter reporter, ComputeOptions options)
    {
        double[] inverse = new double[count];
        Workers.ForRanges(options.ThreadCount, count, Chunk, () => new RowAccumulator(count), (accumulator, from, to) =>
        {
            for (int row = from; row < to; row++)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                sum(accumulator, row);
                inverse[row] = InverseNorm(accumulator);
                accumulator.Clear();
            }

            reporter.Advance(to - from);
        });
        return inverse;
    }

    private static double InverseNorm(RowAccumulator accumulator)
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
