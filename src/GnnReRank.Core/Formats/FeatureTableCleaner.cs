namespace GnnReRank.Formats;

/// <summary>Turns what a reader found into a matrix: rows that cannot be used are an error, or are dropped with a warning.</summary>
internal static class FeatureTableCleaner
{
    private const int ShownRows = 5;

    public static FeatureMatrix ToMatrix(FeatureTable table, string path, FeatureReadOptions options, List<string> warnings)
    {
        int[] invalid = InvalidRows(table, options.Compute.CancellationToken);
        if (invalid.Length > 0)
        {
            if (!options.SkipInvalid)
            {
                throw Unusable(table, path, invalid);
            }

            warnings.Add($"'{path}': {invalid.Length:N0} of {table.RowCount:N0} rows dropped (NaN, infinite or all zeros): {Listed(invalid)}.");
            table = Without(table, invalid, path);
        }

        FeatureRole role = table.Role == FeatureRole.None ? options.Role : table.Role;
        return FeatureMatrix.Adopt(
            table.Values, table.RowCount, table.Dimension, table.Labels, table.Cameras, table.Names, role, path);
    }

    private static int[] InvalidRows(FeatureTable table, CancellationToken cancellation)
    {
        List<int> invalid = [];
        for (int row = 0; row < table.RowCount; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<float> values = RowOf(table, row);
            if (!values.ContainsAnyExcept(0f) || FirstNonFinite(values) >= 0)
            {
                invalid.Add(row);
            }
        }

        return [.. invalid];
    }

    private static int FirstNonFinite(ReadOnlySpan<float> values)
    {
        // 0 * x is 0 for every finite x and NaN otherwise, which lets one vectorised sum answer for the whole row.
        if (System.Numerics.Tensors.TensorPrimitives.Dot(values, Zeros(values.Length)) == 0f)
        {
            return -1;
        }

        for (int column = 0; column < values.Length; column++)
        {
            if (!float.IsFinite(values[column]))
            {
                return column;
            }
        }

        return -1;
    }

    [ThreadStatic]
    private static float[]? _zeros;

    private static ReadOnlySpan<float> Zeros(int length)
    {
        if (_zeros is null || _zeros.Length < length)
        {
            _zeros = new float[length];
        }

        return _zeros.AsSpan(0, length);
    }

    private static GnnReRankException Unusable(FeatureTable table, string path, int[] invalid)
    {
        int row = invalid[0];
        ReadOnlySpan<float> values = RowOf(table, row);
        int column = FirstNonFinite(values);
        string others = invalid.Length > 1 ? $" {invalid.Length - 1:N0} more rows are unusable." : string.Empty;
        return column >= 0
            ? new GnnReRankException(
                "NonFiniteFeature", ErrorKind.InvalidData,
                $"'{path}': row {row}, column {column} (0-based) is {values[column]}: every feature must be finite.{others} " +
                "Correct the file, or drop such rows with -SkipInvalid.")
            : new GnnReRankException(
                "ZeroFeatureRow", ErrorKind.InvalidData,
                $"'{path}': row {row} (0-based) holds nothing but zeros, so it has no direction to compare.{others} " +
                "Correct the file, or drop such rows with -SkipInvalid.");
    }

    private static FeatureTable Without(FeatureTable table, int[] invalid, string path)
    {
        int kept = table.RowCount - invalid.Length;
        if (kept == 0)
        {
            throw new GnnReRankException(
                "EmptyFeatureMatrix", ErrorKind.InvalidData,
                $"'{path}': every one of the {table.RowCount:N0} rows is NaN, infinite or all zeros; none is left to use.");
        }

        HashSet<int> dropped = [.. invalid];
        return table.Pick(Enumerable.Range(0, table.RowCount).Where(row => !dropped.Contains(row)).ToArray(), table.Role);
    }

    private static ReadOnlySpan<float> RowOf(FeatureTable table, int row) =>
        table.Values.AsSpan(row * table.Dimension, table.Dimension);

    private static string Listed(int[] rows) =>
        string.Join(", ", rows.Take(ShownRows)) + (rows.Length > ShownRows ? $" and {rows.Length - ShownRows:N0} more" : string.Empty);
}
