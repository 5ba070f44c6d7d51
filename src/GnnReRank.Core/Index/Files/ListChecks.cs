using GnnReRank.Running;

namespace GnnReRank.Indexing.Files;

/// <summary>Checks the lists of many rows on all threads.</summary>
internal static class ListChecks
{
    private const int RowsAtATime = 8192;

    /// <exception cref="GnnReRankException">A list can be none.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public static void Require(int[] indices, float[] scores, int rowCount, int width, ComputeOptions options) =>
        Workers.ForRanges(options.ThreadCount, rowCount, RowsAtATime, () => new Marks(rowCount), (marks, first, end) =>
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            NeighborGraphChecks.Lists(indices, scores, width, first, end, marks.NamedBy);
        });

    private sealed class Marks(int rowCount) : IDisposable
    {
        public int[] NamedBy { get; } = NeighborGraphChecks.NamedByNone(rowCount);

        public void Dispose()
        {
            // The collector's.
        }
    }
}
