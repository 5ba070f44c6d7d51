using Apache.Arrow;

namespace GnnReRank.Formats.Arrow;

/// <summary>Finds values that are missing.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="cancellation">Stops the search.</param>
internal sealed class ArrowNulls(string path, CancellationToken cancellation)
{
    /// <summary>Checks that a column has a value for each row of its batch.</summary>
    /// <param name="column">The column.</param>
    /// <param name="firstRow">The file's number of the batch's first row.</param>
    /// <param name="rows">How many rows the batch has.</param>
    /// <param name="name">The column's name.</param>
    /// <exception cref="GnnReRankException">A value is null.</exception>
    /// <exception cref="InvalidDataException">The column is shorter or longer.</exception>
    public void RequireValues(IArrowArray column, int firstRow, int rows, string name)
    {
        RequireRows(column, rows, name);
        if (FirstNull(column, 0, rows) is int missing)
        {
            throw Missing(firstRow + missing, name, "is null");
        }
    }

    /// <summary>Checks that the elements of a row's list are there.</summary>
    /// <exception cref="GnnReRankException">One is null.</exception>
    public void RequireElements(IArrowArray elements, int start, int count, int row, string name)
    {
        if (FirstNull(elements, start, count) is not null)
        {
            throw Missing(row, name, "has a null in its list");
        }
    }

    /// <exception cref="InvalidDataException">A column has other rows than its batch, or claims more than its buffers hold.</exception>
    public static void RequireRows(IArrowArray column, int rows, string name)
    {
        if (column.Length != rows)
        {
            throw new InvalidDataException($"a record batch has {rows:N0} rows, and its column '{name}' has {column.Length:N0}");
        }

        ArrowArrayCheck.Require(column);
    }

    /// <summary>The error of a row that misses a value.</summary>
    public GnnReRankException Missing(int row, string name, string what) => new(
        "MissingValue", ErrorKind.InvalidData,
        $"'{path}': row {row} (0-based) of the column '{name}' {what}: every value must be there. Correct or drop the row; -SkipInvalid drops rows with missing features.");

    private int? FirstNull(IArrowArray array, int start, int count)
    {
        if (array.Data.Buffers.Length == 0 || array.Data.Buffers[0].IsEmpty)
        {
            return null;
        }

        for (int index = start; index < start + count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (array.IsNull(index))
            {
                return index;
            }
        }

        return null;
    }
}
