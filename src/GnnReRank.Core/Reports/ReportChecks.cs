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

    public static void SameImages(IReadOnlyList<Ranking> rankings)
    {
        if (rankings.Count == 0)
        {
            throw new GnnReRankException("NoRanking", ErrorKind.InvalidArgument, "There is no ranking to report: give at least one.");
        }

        GnnReRank.SameImages.Require(rankings);
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
