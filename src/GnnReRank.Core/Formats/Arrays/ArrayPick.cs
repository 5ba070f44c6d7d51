namespace GnnReRank.Formats.Arrays;

/// <summary>Which rows and columns of an array to read.</summary>
/// <param name="Rows">0-based rows in ascending order; null takes all.</param>
/// <param name="Columns">0-based columns in ascending order; null takes all.</param>
internal sealed record ArrayPick(int[]? Rows, int[]? Columns)
{
    public int RowCount(int rows) => Rows?.Length ?? rows;

    public int ColumnCount(int columns) => Columns?.Length ?? columns;
}
