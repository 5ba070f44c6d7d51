using System.Diagnostics;

namespace GnnReRank;

/// <summary>
/// Which gallery images answer each query, where a benchmark says it by lists and not by labels: Oxford and Paris, their revisited
/// forms, Google Landmarks v2. Immutable; rows are 0-based.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class GroundTruth
{
    /// <summary>Makes a truth.</summary>
    /// <param name="queries">One entry a query row.</param>
    /// <param name="galleryCount">The number of gallery rows that the lists speak of.</param>
    /// <param name="queryNames">The name of each query, or null where unknown.</param>
    /// <param name="galleryNames">The name of each gallery image, or null where unknown.</param>
    /// <exception cref="GnnReRankException">A number does not fit, or a list names a row twice or one that is not there.</exception>
    public GroundTruth(
        IEnumerable<QueryTruth> queries, int galleryCount, IEnumerable<string>? queryNames = null, IEnumerable<string>? galleryNames = null)
    {
        ArgumentNullException.ThrowIfNull(queries);
        QueryTruth[] all = [.. queries];
        Queries = new ResultList<QueryTruth>(all);
        GalleryCount = galleryCount;
        QueryNames = queryNames is null ? null : new ResultList<string>([.. queryNames]);
        GalleryNames = galleryNames is null ? null : new ResultList<string>([.. galleryNames]);
        GroundTruthChecks.Check(this);
    }

    /// <summary>One entry a query row.</summary>
    public IReadOnlyList<QueryTruth> Queries { get; }

    /// <summary>The number of gallery rows that the lists speak of.</summary>
    public int GalleryCount { get; }

    /// <summary>The name of each query, or null where unknown.</summary>
    public IReadOnlyList<string>? QueryNames { get; }

    /// <summary>The name of each gallery image, or null where unknown.</summary>
    public IReadOnlyList<string>? GalleryNames { get; }

    /// <summary>A line for people.</summary>
    public override string ToString() => FormattableString.Invariant($"ground truth of {Queries.Count:N0} queries over {GalleryCount:N0} gallery rows");
}
