namespace GnnReRank.Binding;

/// <summary>Whether an exact search for neighbours takes so long that people are told before.</summary>
internal static class LongSearch
{
    // Fewer take no processor a minute.
    private const int ManyRows = 20_000;

    private static readonly TimeSpan s_longTime = TimeSpan.FromMinutes(1);

    /// <summary>The time for people: "5 minutes"; null where it is not long, or a GPU would search.</summary>
    /// <param name="query">The queries, or null.</param>
    /// <param name="gallery">The gallery.</param>
    /// <param name="options">How the search would run.</param>
    public static string? TimeOf(FeatureMatrix? query, FeatureMatrix gallery, ComputeOptions options) =>
        (query?.RowCount ?? 0L) + gallery.RowCount >= ManyRows &&
        NeighborSearch.EstimateTime(query, gallery, options) is TimeSpan time && time > s_longTime
            ? Told(time)
            : null;

    private static string Told(TimeSpan time) => time.TotalHours >= 2
        ? FormattableString.Invariant($"{time.TotalHours:N0} hours")
        : FormattableString.Invariant($"{Math.Ceiling(time.TotalMinutes):N0} minutes");
}
