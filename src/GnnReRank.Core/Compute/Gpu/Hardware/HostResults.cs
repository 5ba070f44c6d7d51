using GnnReRank.Running;

namespace GnnReRank.Compute.Gpu.Hardware;

/// <summary>Refuses results that this machine's own memory cannot hold, before a device computes them.</summary>
internal static class HostResults
{
    private const long EntryBytes = sizeof(int) + sizeof(float);

    /// <exception cref="GnnReRankException">The graph is larger than an array, or than memory.</exception>
    public static void RequireGraph(long vertexCount, int neighborCount)
    {
        string what = FormattableString.Invariant($"A graph of {vertexCount:N0} vertices x {neighborCount:N0} neighbours");
        if (vertexCount * neighborCount > Array.MaxLength)
        {
            throw new GnnReRankException(
                "GraphTooLarge", ErrorKind.TooLarge,
                $"{what} has {vertexCount * neighborCount:N0} entries; at most {Array.MaxLength:N0} are possible. Use fewer neighbours.");
        }

        MemoryBudget.OfMachine().Require(vertexCount * neighborCount * EntryBytes, "GraphTooLarge", what, "Use fewer neighbours.");
    }

    /// <exception cref="GnnReRankException">The ranking is larger than memory.</exception>
    public static void RequireRanking(int queryCount, int depth) => MemoryBudget.OfMachine().Require(
        queryCount * (long)depth * EntryBytes, "RankingTooLarge",
        FormattableString.Invariant($"A ranking of {queryCount:N0} queries x {depth:N0} gallery rows"),
        "Keep fewer gallery rows a query (-Top), or rank fewer queries at a time.");
}
