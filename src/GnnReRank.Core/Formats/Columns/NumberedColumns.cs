using System.Globalization;

namespace GnnReRank.Formats.Columns;

/// <summary>Columns named by a prefix and a number: f0, f1, ...; feature_0, ...; or plain 0, 1, ...</summary>
internal static class NumberedColumns
{
    /// <summary>The groups of columns that share a prefix and count up by one; each in the order of its numbers.</summary>
    /// <param name="columns">All columns of the file.</param>
    /// <param name="candidates">Positions of the columns to look at.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static IReadOnlyList<NumberedGroup> Groups(IReadOnlyList<ColumnInfo> columns, IEnumerable<int> candidates, CancellationToken cancellation)
    {
        OrderedDictionary<string, List<(long Number, int Column)>> sharing = new(StringComparer.Ordinal);
        foreach (int column in candidates)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Split(columns[column].Name) is (string prefix, long number))
            {
                if (!sharing.TryGetValue(prefix, out List<(long Number, int Column)>? numbers))
                {
                    sharing.Add(prefix, numbers = []);
                }

                numbers.Add((number, column));
            }
        }

        return [.. sharing.Where(group => CountsUp(group.Value)).Select(group => new NumberedGroup(group.Key, [.. group.Value.Select(numbered => numbered.Column)]))];
    }

    private static bool CountsUp(List<(long Number, int Column)> numbers)
    {
        numbers.Sort();
        long first = numbers[0].Number;
        return (numbers.Count > 1 || first == 0) && numbers.Select((numbered, place) => numbered.Number - place == first).All(counts => counts);
    }

    /// <summary>Positions by natural order of their names: f2 before f10.</summary>
    public static IEnumerable<int> InNaturalOrder(IReadOnlyList<ColumnInfo> columns, IEnumerable<int> positions) => positions
        .Select(column => (Column: column, Parts: Split(columns[column].Name)))
        .OrderBy(split => split.Parts.Prefix, StringComparer.Ordinal)
        .ThenBy(split => split.Parts.Number ?? -1)
        .ThenBy(split => columns[split.Column].Name, StringComparer.Ordinal)
        .Select(split => split.Column);

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
