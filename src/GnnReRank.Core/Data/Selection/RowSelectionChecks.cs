namespace GnnReRank;

/// <summary>What must hold of a selection before it is applied.</summary>
internal static class RowSelectionChecks
{
    /// <exception cref="GnnReRankException">The selection contradicts itself, or asks for fewer than one row.</exception>
    public static void Require(RowSelection selection)
    {
        RequirePositive(selection.First, "-First");
        RequirePositive(selection.Random, "-Random");
        if (selection.First is not null && selection.Random is not null)
        {
            throw new GnnReRankException(
                "FirstAndRandom", ErrorKind.InvalidArgument, "-First and -Random were both given: each says how many rows to take. Use one of them.");
        }

        if (selection.Exclude && !selection.HasFilter)
        {
            throw new GnnReRankException(
                "ExcludeWithoutFilter", ErrorKind.InvalidArgument, "-Exclude was given without a filter to turn round: add -Index, -Label, -Camera or -Name.");
        }
    }

    /// <exception cref="GnnReRankException">A filter asks for what is not known of the rows.</exception>
    public static void RequireKnown(bool isKnown, string subject, string what, string filter, string column)
    {
        if (!isKnown)
        {
            throw new GnnReRankException(
                "SelectionNeedsMetadata", ErrorKind.InvalidArgument,
                $"{subject} has no {what}, and {filter} selects by them. Name them when the file is imported ({column}), or leave {filter} out.");
        }
    }

    private static void RequirePositive(int? count, string parameter)
    {
        if (count < 1)
        {
            throw new GnnReRankException(
                "InvalidRowCount", ErrorKind.InvalidArgument, $"{parameter} is {count}: it counts rows, so it must be at least 1. Leave it out to take all.");
        }
    }
}
