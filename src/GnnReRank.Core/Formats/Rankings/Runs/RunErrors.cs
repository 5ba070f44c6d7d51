namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>What is said of a run as a whole.</summary>
internal static class RunErrors
{
    private const int Shown = 3;

    /// <summary>What the rows of a matrix are called, for a message.</summary>
    public static string RowsOf(FeatureMatrix matrix, char prefix) => matrix.HasNames
        ? $"its first row is '{matrix.NameSpan[0]}'"
        : $"its rows have no names, and are called {prefix}0 to {prefix}{matrix.RowCount - 1}";

    public static GnnReRankException NothingMatches(RunSource source, FeatureMatrix query, UnknownNames unknown, bool areQueries) => new(
        "RunMatchesNothing", ErrorKind.InvalidData,
        unknown.Count == 0
            ? $"'{source.Path}' holds no entry: a run has one for each query and gallery image that was found."
            : areQueries
                ? $"'{source.Path}': none of its queries ({unknown.Listed}) is in the query matrix ({RowsOf(query, TrecName.QueryPrefix)}). " +
                  "Give the matrices that the run was made of, with their names; numbers are taken as rows with -MatchBy Index."
                : $"'{source.Path}': none of its gallery images ({unknown.Listed}) is in the gallery matrix. Give the gallery that the run was made of.");

    public static GnnReRankException NoOrder(RunSource source, RankingOrder wanted) => new(
        "RunWithoutOrder", ErrorKind.InvalidArgument,
        $"'{source.Path}' has no {wanted.ToString().ToLowerInvariant()}s to order its lists by. Order by what it has, with -OrderBy, or add that column.");

    public static string Contradicted(RunSource source, RankingOrder order, int contradicted, int lists) => FormattableString.Invariant(
        $"'{source.Path}': in {contradicted:N0} of {lists:N0} lists the ranks run against the scores. The lists are ordered by ") +
        (order == RankingOrder.Rank
            ? "rank; -OrderBy Score takes the scores. Distances are told by -ScoreKind Distance."
            : "score, as trec_eval does; -OrderBy Rank takes the ranks. Distances are told by -ScoreKind Distance.");

    /// <summary>What a person should know of queries and images that found no partner.</summary>
    public static IEnumerable<string> Warnings(
        RunSource source, FeatureMatrix query, int[][] lists, UnknownNames unknownQueries, UnknownNames unknownGallery)
    {
        if (unknownQueries.Count > 0)
        {
            yield return FormattableString.Invariant(
                $"'{source.Path}': {unknownQueries.Count:N0} queries of the run are not in the query matrix and are left out: {unknownQueries.Listed}.");
        }

        if (unknownGallery.Count > 0)
        {
            yield return FormattableString.Invariant(
                $"'{source.Path}': {unknownGallery.Count:N0} images of the run are not in the gallery matrix and are left out: {unknownGallery.Listed}.");
        }

        int[] without = [.. Enumerable.Range(0, lists.Length).Where(row => lists[row].Length == 0)];
        if (without.Length > 0)
        {
            string first = string.Join(", ", without.Take(Shown).Select(row => TrecName.Of(query, row, TrecName.QueryPrefix)));
            yield return FormattableString.Invariant(
                $"'{source.Path}': {without.Length:N0} of {lists.Length:N0} queries have no list in the run, which found nothing for them: {first}{(without.Length > Shown ? ", ..." : string.Empty)}.");
        }
    }
}
