using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Overlaps;

/// <summary>The mean of the sparse rows of each vertex's neighbours.</summary>
internal static class AveragedRows
{
    private const int Chunk = 64;

    /// <summary>Averages every row over those neighbours that there are.</summary>
    /// <param name="rows">The rows; all values positive.</param>
    /// <param name="neighbors">Whose rows are averaged, the vertex itself among them.</param>
    /// <param name="storage">The memory of the result.</param>
    /// <param name="reporter">Counts rows.</param>
    /// <param name="options">How the call runs.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static SparseRows Of(
        SparseRows rows, IReadOnlyList<ListStretch> neighbors, SparseStorage storage, StageReporter reporter, ComputeOptions options)
    {
        SparseRows result = new(rows.Count, storage);
        try
        {
            Workers.ForRanges(options.ThreadCount, rows.Count, Chunk, () => new Worker(rows.Count, storage), (worker, from, to) =>
            {
                for (int vertex = from; vertex < to; vertex++)
                {
                    options.CancellationToken.ThrowIfCancellationRequested();
                    worker.Write(rows, neighbors, vertex, result);
                }

                reporter.Advance(to - from);
            });
        }
        catch
        {
            result.Dispose();
            throw;
        }

        return result;
    }

    private sealed class Worker(int width, SparseStorage storage) : IDisposable
    {
        private readonly RowAccumulator _sum = new(width);
        private readonly RowArena _arena = new(storage);

        public void Write(SparseRows rows, IReadOnlyList<ListStretch> neighbors, int vertex, SparseRows result)
        {
            int count = 0;
            foreach (ListStretch stretch in neighbors)
            {
                foreach (int neighbor in stretch.Rows(vertex))
                {
                    _sum.Add(rows, neighbor, 1f);
                    count++;
                }
            }

            _arena.Write(_sum, 1.0 / count, result, vertex);
            _sum.Clear();
        }

        public void Dispose()
        {
            _sum.Dispose();
            _arena.Dispose();
        }
    }
}
