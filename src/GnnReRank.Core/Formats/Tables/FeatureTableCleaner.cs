using GnnReRank.Storage;

namespace GnnReRank.Formats.Tables;

/// <summary>Turns what a reader found into a matrix: rows that cannot be used are an error, or are dropped with a warning.</summary>
internal static class FeatureTableCleaner
{
    private const int ShownRows = 5;

    public static FeatureMatrix ToMatrix(FeatureTable table, string path, FeatureReadOptions options, List<string> warnings)
    {
        if (options.ElementType is FeatureElementType elementType)
        {
            table = table with { Storage = table.Storage.As(elementType) };
        }

        float[] norms = FeatureNorms.InverseOf(table.Storage, options.Compute);
        int[] invalid = InvalidRows(table.Storage, norms);
        if (invalid.Length > 0)
        {
            if (!options.SkipInvalid)
            {
                throw Unusable(table.Storage, path, invalid, options);
            }

            warnings.Add($"'{path}': {invalid.Length:N0} of {table.RowCount:N0} rows dropped (missing, NaN, infinite or all zeros): {Listed(invalid)}.");
            int[] kept = AllBut(invalid, table.RowCount, path);
            table = table.Pick(kept, table.Role);
            norms = Array.ConvertAll(kept, row => norms[row]);
        }

        FeatureRole role = table.Role == FeatureRole.None ? options.Role : table.Role;
        return FeatureMatrix.Adopt(table.Storage, table.Labels, table.Cameras, table.Names, role, path, norms, table.LabelNames);
    }

    private static int[] InvalidRows(FeatureStorage storage, float[] norms)
    {
        List<int> invalid = [];
        for (int row = 0; row < norms.Length; row++)
        {
            // A row whose norm has no good inverse in float32 is scaled where it is compared, and a mapped file is used as it is.
            if (float.IsNaN(norms[row]) || norms[row] == 0 || (storage.IsMemoryMapped && ScaledRows.IsExtreme(norms[row])))
            {
                invalid.Add(row);
            }
        }

        return [.. invalid];
    }

    private static GnnReRankException Unusable(FeatureStorage storage, string path, int[] invalid, FeatureReadOptions options)
    {
        int row = invalid[0];
        ReadOnlySpan<float> values = storage.Row(row);
        int column = RowNorms.FirstNonFinite(values);
        string others = invalid.Length > 1 ? $" {invalid.Length - 1:N0} more rows are unusable." : string.Empty;
        string range = options.ElementType == FeatureElementType.Float16
            ? " -ElementType Float16 holds nothing past 65,504 and rounds what is below 3e-8 to 0: scale the features, or leave it out."
            : string.Empty;
        string beyond = column >= 0 && float.IsInfinity(values[column]) ? $", or a float64 past float32's range ({float.MaxValue}), which becomes that" : string.Empty;
        string remedy = storage.IsMemoryMapped
            ? "Correct the file, or read it with -SkipInvalid and without -MemoryMapped to drop such rows."
            : "Correct the file, or drop such rows with -SkipInvalid.";
        return column >= 0
            ? new GnnReRankException(
                "NonFiniteFeature", ErrorKind.InvalidData,
                $"'{path}': row {row}, column {column} (0-based) is {values[column]}{beyond}: every feature must be finite.{others} {remedy}{range}")
            : values.ContainsAnyExcept(0f)
            ? new GnnReRankException(
                "ExtremeFeatureRow", ErrorKind.InvalidData,
                $"'{path}': row {row} (0-based) has a norm below 2.9e-39 or above 8.5e37, whose inverse float32 cannot hold with all its digits, and a mapped file is used as it is. " +
                $"Scale the features, or read the file without -MemoryMapped.{others}{range}")
            : new GnnReRankException(
                "ZeroFeatureRow", ErrorKind.InvalidData,
                $"'{path}': row {row} (0-based) holds nothing but zeros, or values below {float.Epsilon}, the least that float32 holds, which become zeros, so it has no direction to compare.{others} {remedy}{range}");
    }

    private static int[] AllBut(int[] invalid, int rowCount, string path)
    {
        if (invalid.Length == rowCount)
        {
            throw new GnnReRankException(
                "EmptyFeatureMatrix", ErrorKind.InvalidData,
                $"'{path}': every one of the {rowCount:N0} rows is missing, NaN, infinite or all zeros; none is left to use.");
        }

        HashSet<int> dropped = [.. invalid];
        return [.. Enumerable.Range(0, rowCount).Where(row => !dropped.Contains(row))];
    }

    private static string Listed(int[] rows) =>
        string.Join(", ", rows.Take(ShownRows)) + (rows.Length > ShownRows ? $" and {rows.Length - ShownRows:N0} more" : string.Empty);
}
