namespace GnnReRank;

/// <summary>Which columns of a feature matrix to take.</summary>
internal static class ColumnSelection
{
    /// <summary>The columns in ascending order, each once; null where all are taken.</summary>
    /// <param name="columns">0-based columns as they were asked for, or null.</param>
    /// <param name="dimension">How many columns there are.</param>
    /// <param name="subject">What they belong to, for messages: "'file.npz'".</param>
    /// <exception cref="GnnReRankException">There is no such column, or none is asked for.</exception>
    public static int[]? Of(IReadOnlyList<int>? columns, int dimension, string subject)
    {
        if (columns is null)
        {
            return null;
        }

        if (columns.Count == 0)
        {
            throw new GnnReRankException(
                "NoColumnSelected", ErrorKind.InvalidArgument, $"{subject}: -Columns names no column. Name some, such as 0..255, or leave it out to take all.");
        }

        int? outside = columns.Where(column => column < 0 || column >= dimension).Cast<int?>().FirstOrDefault();
        if (outside is not null)
        {
            throw new GnnReRankException(
                "ColumnIndexOutOfRange", ErrorKind.InvalidArgument,
                $"{subject}: -Columns holds {outside}, and its {dimension:N0} feature columns go from 0 to {dimension - 1}.");
        }

        int[] wanted = [.. columns.Distinct().Order()];
        return wanted.Length == dimension ? null : wanted;
    }
}
