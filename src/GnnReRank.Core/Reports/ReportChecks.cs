namespace GnnReRank.Reports;

/// <summary>Refuses what no report can be made of.</summary>
internal static class ReportChecks
{
    public static void Options(ReportOptions options)
    {
        RequirePositive(options.Top, "InvalidTop", "Top", "gallery images");
        if (options.MaxQueries is int queries)
        {
            RequirePositive(queries, "InvalidMaxQueries", "MaxQueries", "queries");
        }

        RequireFolder(options.QueryFolder);
        RequireFolder(options.GalleryFolder);
        if (options.Embed && options.QueryFolder is null && options.GalleryFolder is null)
        {
            throw new GnnReRankException(
                "ImageRootMissing", ErrorKind.InvalidArgument,
                "Pictures are to be embedded, and nothing says where they are: give the folder that their names are relative to with -ImageRoot.");
        }
    }

    /// <summary>Features and precision may differ: what must agree is which image a row number means.</summary>
    public static void SameImages(IReadOnlyList<Ranking> rankings)
    {
        if (rankings.Count == 0)
        {
            throw new GnnReRankException("NoRanking", ErrorKind.InvalidArgument, "There is no ranking to report: give at least one.");
        }

        for (int other = 1; other < rankings.Count; other++)
        {
            string? difference =
                Difference("query", rankings[0].Query, rankings[other].Query) ??
                Difference("gallery", rankings[0].Gallery, rankings[other].Gallery);
            if (difference is not null)
            {
                throw new GnnReRankException(
                    "RankingsOfOtherImages", ErrorKind.InvalidArgument,
                    $"Rankings 1 ({rankings[0].Settings}) and {other + 1} ({rankings[other].Settings}) are not of the same images: {difference}. " +
                    "Compare rankings of one query and one gallery, in the same order of rows.");
            }
        }
    }

    private static string? Difference(string role, FeatureMatrix first, FeatureMatrix second)
    {
        if (ReferenceEquals(first, second))
        {
            return null;
        }

        if (first.RowCount != second.RowCount)
        {
            return $"their {role} matrices have {first.RowCount:N0} and {second.RowCount:N0} rows";
        }

        return FirstDifference(role, "name", first.Names, second.Names) ??
            FirstDifference(role, "label", first.Labels, second.Labels) ??
            FirstDifference(role, "camera", first.Cameras, second.Cameras);
    }

    private static string? FirstDifference<T>(string role, string what, IReadOnlyList<T>? first, IReadOnlyList<T>? second)
    {
        if (first is null || second is null)
        {
            return null;
        }

        for (int row = 0; row < first.Count; row++)
        {
            if (!EqualityComparer<T>.Default.Equals(first[row], second[row]))
            {
                return $"{role} row {row} has the {what} '{first[row]}' in one and '{second[row]}' in the other";
            }
        }

        return null;
    }

    private static void RequirePositive(int value, string errorId, string name, string counted)
    {
        if (value < 1)
        {
            throw new GnnReRankException(errorId, ErrorKind.InvalidArgument, $"{name} is {value}: it counts {counted}, so it must be at least 1.");
        }
    }

    private static void RequireFolder(string? folder)
    {
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new GnnReRankException(
                "FolderNotFound", ErrorKind.NotFound, $"The folder '{folder}' does not exist: -ImageRoot names the folder that the pictures lie in.");
        }
    }
}
