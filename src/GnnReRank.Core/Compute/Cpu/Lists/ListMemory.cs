using GnnReRank.Compute.Cpu.Sparse;
using GnnReRank.Running;

namespace GnnReRank.Compute.Cpu.Lists;

/// <summary>The memory of the rounds, and what to say where it does not do.</summary>
/// <param name="budget">What may be used.</param>
/// <param name="listCount">Lists.</param>
/// <param name="listLength">Rows of a list.</param>
internal sealed class ListMemory(MemoryBudget budget, int listCount, int listLength)
{
    private const string Advice = "Use shorter lists (ListLength), or fewer rows.";

    /// <summary>The memory of one matrix.</summary>
    public SparseStorage Storage(string what) => new(
        budget, what, listCount, "ListsTooLarge",
        FormattableString.Invariant($"Lists of {listLength:N0} rows a vertex are re-ranked. {Advice}"));

    /// <summary>Fails before the work where the matrices that are known to come do not fit.</summary>
    /// <exception cref="GnnReRankException">They do not fit.</exception>
    public void Require(long bytesPerEntry) => budget.Require(
        (long)listCount * listLength * bytesPerEntry, "ListsTooLarge",
        FormattableString.Invariant($"Re-ranking of {listCount:N0} lists of {listLength:N0} rows"),
        Advice);
}
