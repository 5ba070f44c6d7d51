using GnnReRank.Compute.Cpu.Neighbors;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Clusters;

/// <summary>What an approximate search holds beside the features.</summary>
/// <param name="vertexCount">Rows.</param>
/// <param name="neighborCount">Neighbours a row, itself included.</param>
/// <param name="roundedBytes">Bytes of a row in int16, 0 where there are none.</param>
internal sealed class ClusterMemory(int vertexCount, int neighborCount, long roundedBytes)
{
    // Bound, count and floor of a row's reservoir, its cluster by row and by place, and its place.
    private const int RowBytes = 28;

    /// <summary>The bytes of lists and graph.</summary>
    public long ListBytes =>
        TopKReservoirs.BytesFor(vertexCount, neighborCount - 1, ClusterLists.SmallestCapacity) +
        ((long)vertexCount * ((neighborCount * (sizeof(int) + sizeof(float))) + RowBytes + roundedBytes));

    /// <summary>The bytes of which rows visit which clusters.</summary>
    /// <param name="count">Clusters a row.</param>
    public long ProbeBytes(int count) => (long)vertexCount * ((2 * count) - 1) * sizeof(int);

    /// <exception cref="GnnReRankException">The stage does not fit.</exception>
    public void Require(MemoryBudget budget)
    {
        string what = FormattableString.Invariant(
            $"An approximate graph of {vertexCount:N0} vertices x {neighborCount:N0} neighbours");
        const string advice = "Ask for fewer neighbours, or use fewer rows.";
        long entries = (long)vertexCount * neighborCount;
        if (entries > Array.MaxLength)
        {
            throw new GnnReRankException(
                "GraphTooLarge", ErrorKind.TooLarge,
                FormattableString.Invariant(
                    $"{what} has {entries:N0} entries: at most {Array.MaxLength:N0} can be held. {advice}"));
        }

        budget.Require(ListBytes, "GraphTooLarge", what + ", with what finds them,", advice);
    }

    /// <summary>Whether so many clusters a row can be held.</summary>
    public bool Fits(int count, MemoryBudget budget) =>
        (long)vertexCount * count <= Array.MaxLength && ListBytes + ProbeBytes(count) <= budget.Limit;
}
