namespace GnnReRank;

/// <summary>What must hold of a <see cref="GroundTruth"/>.</summary>
internal static class GroundTruthChecks
{
    public static void Check(GroundTruth truth)
    {
        RequireLength(truth.QueryNames?.Count, truth.Queries.Count, "query names", "queries");
        RequireLength(truth.GalleryNames?.Count, truth.GalleryCount, "gallery names", "gallery rows");
        if (truth.Queries.Count == 0)
        {
            throw new GnnReRankException("EmptyGroundTruth", ErrorKind.InvalidData, "The ground truth has no query: at least one is needed.");
        }

        for (int query = 0; query < truth.Queries.Count; query++)
        {
            CheckRows(truth.Queries[query], query, truth.GalleryCount);
        }
    }

    private static void CheckRows(QueryTruth lists, int query, int galleryCount)
    {
        HashSet<int> seen = [];
        foreach (int row in lists.Easy.Concat(lists.Hard).Concat(lists.Junk))
        {
            if (row < 0 || row >= galleryCount)
            {
                throw new GnnReRankException(
                    "GroundTruthRowOutOfRange", ErrorKind.InvalidData,
                    $"Query {query} of the ground truth lists gallery row {row}, and there are {galleryCount:N0} (0-based). Correct the lists.");
            }

            if (!seen.Add(row))
            {
                throw new GnnReRankException(
                    "GroundTruthRowTwice", ErrorKind.InvalidData,
                    $"Query {query} of the ground truth lists gallery row {row} twice: a row is easy, hard or junk, once. Correct the lists.");
            }
        }
    }

    private static void RequireLength(int? found, int expected, string what, string of)
    {
        if (found is int count && count != expected)
        {
            throw new GnnReRankException(
                "GroundTruthLengthMismatch", ErrorKind.InvalidArgument,
                $"{count:N0} {what} were given for {expected:N0} {of}: give one for each, or none at all.");
        }
    }
}
