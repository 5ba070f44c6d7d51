namespace GnnReRank.Formats.Arrays;

/// <summary>Reads the elements of arrays in blocks, into row-major order.</summary>
internal static class ArrayReader
{
    // 16 float32 fill a cache line, so that each line of the row-major target is written once.
    private const int TileColumns = 16;

    // MATLAB fills its elements up to a multiple of 8 bytes.
    private const int LongestPadding = 7;

    /// <summary>Reads a matrix.</summary>
    /// <param name="array">What to read.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns; rows x columns is the array's element count and fits one array.</param>
    /// <param name="convert">Makes elements of the result's type.</param>
    /// <param name="options">Progress and cancellation.</param>
    /// <exception cref="GnnReRankException">The file ends early, goes on too long, or memory does not suffice.</exception>
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

        CheckEnd(array, stream);
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
            cancellation.ThrowIfCancellationRequested();
            for (int row = 0; row < rows; row++)
            {
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
                $"'{array.Path}': {array.Text} does not fit in memory. Split the rows over several files, or reduce the dimension.", exception);
        }
    }

    // Reading up to the end is also what makes a compressed stream verify its checksum.
    private static void CheckEnd(NumericArray array, Stream stream)
    {
        Span<byte> rest = stackalloc byte[LongestPadding + 1];
        if (stream.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false) > LongestPadding)
        {
            throw FormatErrors.Corrupt(array.Path, array.Format, $"more data follows {array.Text} than its shape allows.");
        }
    }
}
