namespace GnnReRank;

/// <summary>The gallery rows (0-based) that a benchmark lists for one query. A row is in at most one list; all others are negatives.</summary>
public sealed record QueryTruth
{
    /// <summary>Clear positives: "easy" of the revisited benchmarks, "good" of Oxford and Paris, all positives of a benchmark with one list.</summary>
    public IReadOnlyList<int> Easy { get; init => field = PublicList.Of(value); } = [];

    /// <summary>Difficult positives: "hard" of the revisited benchmarks, "ok" of Oxford and Paris.</summary>
    public IReadOnlyList<int> Hard { get; init => field = PublicList.Of(value); } = [];

    /// <summary>Images that are neither: they leave the list before ranks are counted.</summary>
    public IReadOnlyList<int> Junk { get; init => field = PublicList.Of(value); } = [];

    /// <summary>The part of the query image that shows the landmark: x1, y1, x2, y2 in pixels; null where the whole image does.</summary>
    public IReadOnlyList<double>? Region { get; init => field = PublicList.Of(value); }
}
