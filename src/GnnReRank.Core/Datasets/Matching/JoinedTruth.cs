namespace GnnReRank.Datasets.Matching;

/// <summary>A ground truth over the rows that have features.</summary>
internal static class JoinedTruth
{
    /// <summary>Renumbers the lists; positives without features leave them, with a warning.</summary>
    /// <param name="truth">The lists over the data set's images.</param>
    /// <param name="query">The joined queries; null keeps all.</param>
    /// <param name="gallery">The joined gallery; null keeps all.</param>
    /// <param name="warnings">Takes the warning.</param>
    public static GroundTruth Of(GroundTruth truth, SetJoin? query, SetJoin? gallery, List<string> warnings)
    {
        int[] queries = query?.Kept ?? [.. Enumerable.Range(0, truth.Queries.Count)];
        int[] kept = gallery?.Kept ?? [.. Enumerable.Range(0, truth.GalleryCount)];
        int[] rowOf = Enumerable.Repeat(-1, truth.GalleryCount).ToArray();
        for (int row = 0; row < kept.Length; row++)
        {
            rowOf[kept[row]] = row;
        }

        QueryTruth[] lists = [.. queries.Select(index => Renumbered(truth.Queries[index], rowOf))];
        Warn(queries.Sum(index => Positives(truth.Queries[index])), lists.Sum(Positives), warnings);
        return new GroundTruth(
            lists, kept.Length,
            truth.QueryNames is null ? null : queries.Select(index => truth.QueryNames[index]),
            truth.GalleryNames is null ? null : kept.Select(index => truth.GalleryNames[index]));
    }

    private static QueryTruth Renumbered(QueryTruth lists, int[] rowOf) => lists with
    {
        Easy = Renumbered(lists.Easy, rowOf),
        Hard = Renumbered(lists.Hard, rowOf),
        Junk = Renumbered(lists.Junk, rowOf),
    };

    private static int[] Renumbered(IReadOnlyList<int> rows, int[] rowOf) => [.. rows.Select(row => rowOf[row]).Where(row => row >= 0)];

    private static int Positives(QueryTruth lists) => lists.Easy.Count + lists.Hard.Count;

    private static void Warn(int before, int after, List<string> warnings)
    {
        if (after < before)
        {
            warnings.Add(FormattableString.Invariant(
                $"{before - after:N0} of {before:N0} positives of the ground truth have no feature row and leave the lists: the figures are not the official ones."));
        }
    }
}
