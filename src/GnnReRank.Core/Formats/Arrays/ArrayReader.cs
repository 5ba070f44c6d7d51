namespace GnnReRank.Formats.Arrays;

/// <summary>Reads the elements of arrays in blocks, into row-major order.</summary>
internal static class ArrayReader
{
    // 16 float32 fill a cache line, so that each line of the row-major target is written once.
    private const int TileColumns = 16;

    /// <summary>Reads a matrix.</summary>
    /// <param name="array">What to read.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns; rows x columns is the array's element count and fits one array.</param>
    /// <param name="convert">Makes elements of the result's type.</param>
    /// <param name="options">Progress and cancellation.</param>
    /// <exception cref="GnnReRankException">Memory does not suffice.</exception>
    /// <exception cref="EndOfStreamException">The file ends before the array does.</exception>
    /// <exception cref="InvalidDataException">The file goes on behind the array, or its checksum does not agree.</exception>
    public static T[] Read<T>(NumericArray array, int rows, int columns, ElementConverter<T> convert, ComputeOptions options)
        where T : unmanaged
    {
        T[] target = Allocate<T>(array, (long)rows * columns);
        using Stream stream = array.Open();
        BlockFiller<T> filler = new(array, stream, convert, target.Length, options);
        if (!array.IsColumnMajor || rows == 1 || columns == 1)
        {
            filler.Fill(target);
        }
        else
        {
            FillByColumns(filler, target, rows, columns, options.CancellationToken);
        }

        StreamEnd.Check(stream);
        return target;
    }

    /// <summary>Reads some rows and columns of a matrix; what follows the last of them is read only for a checksum, and only where that is little.</summary>
    /// <param name="array">What to read from.</param>
    /// <param name="rows">All its rows.</param>
    /// <param name="columns">All its columns.</param>
    /// <param name="pick">What to read; as many rows x columns fit one array.</param>
    /// <param name="convert">Makes elements of the result's type.</param>
    /// <param name="options">Progress and cancellation.</param>
    /// <exception cref="GnnReRankException">Memory does not suffice.</exception>
    /// <exception cref="EndOfStreamException">The file ends before the array does.</exception>
    /// <exception cref="InvalidDataException">All was read, and the file goes on or its checksum does not agree.</exception>
    public static T[] Read<T>(
        NumericArray array, int rows, int columns, ArrayPick pick, ElementConverter<T> convert, ComputeOptions options)
        where T : unmanaged
    {
        T[] target = Allocate<T>(array, FeatureMatrixChecks.ElementCount(pick.RowCount(rows), pick.ColumnCount(columns)));
        using Stream stream = array.Open();
        ElementWindow<T> window = new(stream, array.Type, (long)rows * columns, convert, options.CancellationToken);
        PickedArrayReader<T> reader = new(window, rows, columns, pick, options);
        if (array.IsColumnMajor)
        {
            reader.FillByColumns(target);
        }
        else
        {
            reader.FillByRows(target);
        }

        if (window.IsAtEnd || (array.IsChecked && window.TryGoToEnd()))
        {
            StreamEnd.Check(stream);
        }

        return target;
    }

    private static void FillByColumns<T>(BlockFiller<T> filler, T[] target, int rows, int columns, CancellationToken cancellation)
        where T : unmanaged
    {
        T[] tile = new T[rows * Math.Min(TileColumns, columns)];
        for (int first = 0; first < columns; first += TileColumns)
        {
            int width = Math.Min(TileColumns, columns - first);
            filler.Fill(tile.AsSpan(0, rows * width));
            for (int row = 0; row < rows; row++)
            {
                cancellation.ThrowIfCancellationRequested();
                Span<T> targetRow = target.AsSpan((row * columns) + first, width);
                for (int column = 0; column < width; column++)
                {
                    targetRow[column] = tile[(column * rows) + row];
                }
            }
        }
    }

    private static T[] Allocate<T>(NumericArray array, long count)
    {
        try
        {
            return new T[count];
        }
        catch (OutOfMemoryException exception)
        {
            throw new GnnReRankException(
                "NotEnoughMemory", ErrorKind.TooLarge,
                $"'{array.Path}': {array.Text} does not fit in memory. Read a .npy file of float32 or float16 with -MemoryMapped, split the rows over several files, or reduce the dimension.", exception);
        }
    }
}
