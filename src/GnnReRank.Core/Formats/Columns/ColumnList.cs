using GnnReRank.Formats.Files;

namespace GnnReRank.Formats.Columns;

/// <summary>The columns of a file, and how to find and to name them in messages.</summary>
/// <param name="Path">The file.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record ColumnList(string Path, IReadOnlyList<ColumnInfo> Columns)
{
    public ColumnInfo this[int position] => Columns[position];

    /// <summary>The position of a column by its name, as it is written if there is one, else without regard to case.</summary>
    public int? PositionOf(string name, Func<ColumnInfo, bool> fits)
    {
        int? alike = null;
        for (int position = 0; position < Columns.Count; position++)
        {
            ColumnInfo column = Columns[position];
            if (column.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && fits(column))
            {
                if (column.Name == name)
                {
                    return position;
                }

                alike ??= position;
            }
        }

        return alike;
    }

    /// <summary>The position of the column, or else of the list, that alone lies within a structure: 'a' may be 'a.b.list.element' beside 'a.c'.</summary>
    public int? PositionWithin(string name)
    {
        string start = name + '.';
        int[] found = [.. Enumerable.Range(0, Columns.Count).Where(position => Columns[position].Name.StartsWith(start, StringComparison.OrdinalIgnoreCase))];
        int[] lists = [.. found.Where(position => Columns[position].IsList)];
        return found is [int only] ? only : lists is [int list] ? list : null;
    }

    /// <summary>The position of the first of these names that a fitting column has.</summary>
    public int? FirstOf(IEnumerable<string> names, Func<ColumnInfo, bool> fits) =>
        names.Select(name => PositionOf(name, fits)).FirstOrDefault(found => found is not null);

    /// <summary>The error for a column that is not there.</summary>
    public GnnReRankException NotFound(string what) =>
        FormatErrors.ColumnNotFound(Path, what, Columns.Select(column => column.Name));

    /// <summary>The names of columns for a message.</summary>
    public string Listed(IEnumerable<int> positions) => FormatErrors.Listed(positions.Select(position => Columns[position].Name));
}
