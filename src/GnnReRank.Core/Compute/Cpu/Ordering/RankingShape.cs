using GnnReRank.Compute.Jobs;

namespace GnnReRank.Compute.Cpu.Ordering;

/// <summary>How large a ranking is: of all queries, or of some that follow each other.</summary>
/// <param name="QueryCount">Queries ranked.</param>
/// <param name="GalleryCount">Gallery rows.</param>
/// <param name="Dimension">Values a row.</param>
/// <param name="Depth">Gallery rows kept a query.</param>
internal sealed record RankingShape(int QueryCount, int GalleryCount, int Dimension, int Depth)
{
    /// <summary>The first query ranked, among all.</summary>
    public int FirstQuery { get; init; }

    /// <summary>Whether cosines do no more than break ties.</summary>
    public bool BreaksTiesOnly { get; init; }

    /// <summary>Whether all gallery rows are kept.</summary>
    public bool IsFull => Depth == GalleryCount;

    /// <summary>
    /// Whether the cosine of every pair will be asked for: a short list has few ties, and the tail of a full one is
    /// often one long tie.
    /// </summary>
    public bool NeedsAllCosines => IsFull || !BreaksTiesOnly;

    /// <summary>The bytes of the result.</summary>
    public long ResultBytes => (long)QueryCount * Depth * (sizeof(int) + sizeof(float));

    public static RankingShape Of(RankingJob job) => new(
        job.Query.RowCount, job.Gallery.RowCount, job.Gallery.Dimension, job.Depth)
    {
        BreaksTiesOnly = job.BreaksTiesOnly,
    };
}
