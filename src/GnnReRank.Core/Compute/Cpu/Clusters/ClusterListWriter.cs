using GnnReRank.Compute.Cpu.Neighbors;
using GnnReRank.Compute.Cpu.Ordering;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>Makes the lists of rows of what they have met in all clusters.</summary>
/// <param name="lists">Receives them.</param>
/// <param name="cancellationToken">Checked often.</param>
internal sealed class ClusterListWriter(NeighborLists lists, CancellationToken cancellationToken)
{
    private int Others => lists.NeighborCount - 1;

    /// <summary>Writes the list of a row of a cluster; one that met too few is compared with all.</summary>
    /// <param name="scorer">The thread's, whose cosine of a row with itself is this row's.</param>
    /// <param name="row">0-based row.</param>
    /// <param name="best">The best of what it met, best first, with exact scores.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public void Write(CandidateScorer scorer, int row, ReadOnlySpan<ulong> best)
    {
        if (best.Length < Others)
        {
            best = scorer.ScoreAll(row, default(AllPairs), cancellationToken);
        }

        lists.Write(row, scorer.SelfScore, best);
    }

    /// <summary>Gives a row of zeros its neighbours: the first of all, since every cosine is 0.</summary>
    /// <param name="row">0-based row.</param>
    public void WriteZeros(int row) => lists.Write(
        row, 0,
        [
            .. Enumerable.Range(0, lists.NeighborCount).Where(other => other != row).Take(Others)
                .Select(other => SortableKey.BestIsLargest(0, other)),
        ]);
}
