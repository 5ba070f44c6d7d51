namespace GnnReRank;

/// <summary>What must hold before a <see cref="FeatureMatrix"/> exists.</summary>
internal static class FeatureMatrixChecks
{
    public static void Shape(float[] values, int rowCount, int dimension)
    {
        if (rowCount < 1 || dimension < 1)
        {
            throw new GnnReRankException(
                "EmptyFeatureMatrix", ErrorKind.InvalidData,
                $"The feature matrix is empty ({rowCount} rows x {dimension} columns): at least one row and one column are needed.");
        }

        long expected = ElementCount(rowCount, dimension);
        if (values.Length != expected)
        {
            throw new GnnReRankException(
                "FeatureLengthMismatch", ErrorKind.InvalidArgument,
                $"{values.Length:N0} values were given for {rowCount:N0} rows x {dimension:N0} columns: {expected:N0} are needed.");
        }
    }

    /// <summary>rows x columns as one array length.</summary>
    /// <exception cref="GnnReRankException">The product does not fit one array.</exception>
    public static int ElementCount(long rowCount, long dimension)
    {
        Int128 elements = (Int128)rowCount * dimension;
        if (elements > Array.MaxLength)
        {
            throw new GnnReRankException(
                "FeatureMatrixTooLarge", ErrorKind.TooLarge,
                $"{rowCount:N0} rows x {dimension:N0} columns are {elements:N0} values: one array in memory holds at most {Array.MaxLength:N0}. " +
                "Read them from a .npy file of float32 or float16 with -MemoryMapped, split the rows over several files, or reduce the dimension.");
        }

        return (int)elements;
    }

    /// <summary>Checks the claimed extents of a matrix: in memory it must fit one array; in a file each extent must.</summary>
    /// <exception cref="GnnReRankException">They are too large.</exception>
    public static void Extents(long rowCount, long dimension, bool mapped)
    {
        if (!mapped)
        {
            _ = ElementCount(rowCount, dimension);
        }
        else if (Math.Max(rowCount, dimension) > Array.MaxLength)
        {
            throw new GnnReRankException(
                "FeatureMatrixTooLarge", ErrorKind.TooLarge,
                $"{rowCount:N0} rows x {dimension:N0} columns were found: a matrix has at most {Array.MaxLength:N0} of each. Split the rows over several files.");
        }
    }

    public static void RowLength(int length, int dimension, int row)
    {
        if (length != dimension)
        {
            throw new GnnReRankException(
                "FeatureLengthMismatch", ErrorKind.InvalidArgument,
                $"Row {row:N0} (0-based) has {length:N0} values and row 0 has {dimension:N0}: all rows need the same number.");
        }
    }

    public static void Length(int? length, int rowCount, string what)
    {
        if (length is not null && length != rowCount)
        {
            throw new GnnReRankException(
                "RowCountMismatch", ErrorKind.InvalidArgument,
                $"{length:N0} {what} were given for {rowCount:N0} feature rows: give one for each row, or none at all.");
        }
    }
}
