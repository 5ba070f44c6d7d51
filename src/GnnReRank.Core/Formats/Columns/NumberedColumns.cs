using System.Globalization;

namespace GnnReRank.Formats.Columns;

/// <summary>Columns named by a prefix and a number: f0, f1, ...; feature_0, ...; or plain 0, 1, ...</summary>
internal static class NumberedColumns
{
    /// <summary>The groups of columns that share a prefix and count up by one; each in the order of its numbers.</summary>
    /// <param name="columns">All columns of the file.</param>
    /// <param name="candidates">Positions of the columns to look at.</param>
    public static IReadOnlyList<NumberedGroup> Groups(IReadOnlyList<ColumnInfo> columns, IEnumerable<int> candidates)
    {
        List<NumberedGroup> groups = [];
        foreach (IGrouping<string, int> sharing in candidates.GroupBy(column => Split(columns[column].Name).Prefix, StringComparer.Ordinal))
        {
            int[] ordered = sharing.Where(column => Split(columns[column].Name).Number is not null)
                .OrderBy(column => Split(columns[column].Name).Number).ToArray();
            long[] numbers = ordered.Select(column => Split(columns[column].Name).Number!.Value).ToArray();
            bool counts = numbers.Length > 0 && numbers.Select((number, place) => number - place).Distinct().Count() == 1;
            if (counts && (numbers.Length > 1 || numbers[0] == 0))
            {
                groups.Add(new NumberedGroup(sharing.Key, ordered));
            }
        }

        return groups;
    }

    /// <summary>Positions by natural order of their names: f2 before f10.</summary>
    public static IEnumerable<int> InNaturalOrder(IReadOnlyList<ColumnInfo> columns, IEnumerable<int> positions) => positions
        .OrderBy(column => Split(columns[column].Name).Prefix, StringComparer.Ordinal)
        .ThenBy(column => Split(columns[column].Name).Number ?? -1)
        .ThenBy(column => columns[column].Name, StringComparer.Ordinal);

    private static (string Prefix, long? Number) Split(string name)
    {
        int digits = name.Length;
        while (digits > 0 && char.IsAsciiDigit(name[digits - 1]))
        {
            digits--;
        }

        bool numbered = long.TryParse(name.AsSpan(digits), NumberStyles.None, CultureInfo.InvariantCulture, out long number);
        return numbered ? (name[..digits], number) : (name, null);
    }
}
