using GnnReRank.Formats.Files;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.Arrays;

/// <summary>Makes feature tables of a file of named arrays.</summary>
internal static class ArrayTables
{
    /// <summary>Opens a file and reads the sets the options ask for.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="format">The file's format, for messages.</param>
    /// <param name="open">Opens it.</param>
    /// <param name="options">What to take from it.</param>
    /// <exception cref="GnnReRankException">The file is not usable.</exception>
    public static IReadOnlyList<FeatureTable> Read(string path, string format, Func<IArrayFile> open, FeatureReadOptions options)
    {
        try
        {
            using IArrayFile file = open();
            IReadOnlyList<ArraySet> sets = new ArrayNames(path, file.Names, options).Find();
            FeatureTable[] tables = [.. sets.Select((set, index) => Read(file, set, index == 0 ? file.Warnings : [], options))];
            file.CheckRest(options.Compute.CancellationToken);
            return tables;
        }
        // The zlib stream answers some damage with an IOException of its own, which is not public.
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw FormatErrors.Corrupt(path, format, $"it is cut short, damaged or unreadable ({exception.Message.TrimEnd('.')}).", exception);
        }
    }

    /// <summary>The extents of a feature matrix.</summary>
    /// <param name="array">The features.</param>
    /// <param name="mapped">Whether they stay in the file, or only some are taken, so that one array need not hold them all.</param>
    /// <exception cref="GnnReRankException">The array has no rows and columns, is empty, or is too large.</exception>
    public static (int Rows, int Columns) MatrixShape(NumericArray array, bool mapped)
    {
        switch (array.Shape)
        {
            case [long rows, long columns] when rows > 0 && columns > 0:
                FeatureMatrixChecks.Extents(rows, columns, mapped);
                return ((int)rows, (int)columns);
            case [_, _]:
                throw new GnnReRankException(
                    "EmptyFeatureMatrix", ErrorKind.InvalidData,
                    $"'{array.Path}': {array.Text} is empty: at least one row and one column are needed.");
            case [_]:
                throw WrongShape(
                    array, "has one dimension: features have two, rows x columns. Save it as a.reshape(-1, 1) if each row has a single feature, or a.reshape(1, -1) if it is a single row.");
            default:
                throw WrongShape(
                    array, $"has {array.Shape.Count} dimensions: features have two, rows x columns. Save it as a.reshape(len(a), -1) if each row holds the features of one image.");
        }
    }

    private static FeatureTable Read(IArrayFile file, ArraySet set, IReadOnlyList<string> told, FeatureReadOptions options)
    {
        NumericArray features = file.Numbers(set.Features);
        (int rows, int columns) = MatrixShape(features, options.MemoryMapped || options.IsSelective);
        List<string> warnings = [.. told, .. set.Warnings];
        ArrayMetadata metadata = new(rows, warnings)
        {
            LabelColumn = ArrayGuess.Take(set.Labels, set.Labels?.IsOptional == true, ArrayGuess.Labels, warnings, choice => Checked(ArrayColumn.OfNumbers(file, choice)), Verify),
            CameraColumn = ArrayGuess.Take(set.Cameras, set.Cameras?.IsOptional == true, ArrayGuess.Cameras, warnings, choice => Checked(ArrayColumn.OfNumbers(file, choice)), Verify),
            Verify = Verify,
            NameColumn = ArrayGuess.Take(set.Names, set.Names?.IsOptional == true, ArrayGuess.Names, warnings, choice => Checked(ArrayColumn.OfTexts(file, choice)), Verify),
        };
        FeatureRole role = options.Role == FeatureRole.None || options.Sets is { Count: > 0 } ? set.Role : FeatureRole.None;
        return Table(features, metadata, columns, role, options);

        void Verify(ArrayChoice choice) => file.Verify(choice.Name, options.Compute.CancellationToken);

        ArrayColumn Checked(ArrayColumn column)
        {
            CheckLength(features, column, rows, columns);
            return column;
        }
    }

    /// <summary>Reads what the options take of an array of features and what is known of its rows.</summary>
    /// <param name="features">The features.</param>
    /// <param name="metadata">What is known of them.</param>
    /// <param name="columns">All their columns.</param>
    /// <param name="role">The role of the table.</param>
    /// <param name="options">What to take.</param>
    /// <exception cref="GnnReRankException">The selection does not fit the rows, or the arrays are not usable.</exception>
    public static FeatureTable Table(NumericArray features, ArrayMetadata metadata, int columns, FeatureRole role, FeatureReadOptions options)
    {
        string subject = TableSelection.SubjectOf(features.Path, role, options);
        int[]? wantedColumns = ColumnSelection.Of(options.Columns, columns, subject);
        int[]? wantedRows = metadata.Read(options, subject);
        ArrayPick? pick = wantedRows is null && wantedColumns is null ? null : new ArrayPick(wantedRows, wantedColumns);
        return new FeatureTable
        {
            Storage = pick is null
                ? FeatureArrays.Read(features, metadata.RowCount, columns, options)
                : FeatureArrays.Read(features, metadata.RowCount, columns, pick, options),
            Labels = metadata.Labels,
            LabelNames = metadata.LabelNames,
            Warnings = metadata.Warnings,
            Cameras = metadata.Cameras,
            Names = metadata.Names,
            Role = role,
            IsSelected = true,
        };
    }

    private static void CheckLength(NumericArray features, ArrayColumn column, int rows, int columns)
    {
        long? length = ArrayShape.ListLength(column.Shape);
        if (length == rows)
        {
            return;
        }

        string found = $"'{features.Path}': {features.Text} has {rows:N0} rows, and '{column.Choice.Name}' {ArrayShape.Text(column.Shape)} ";
        throw length == columns
            ? new GnnReRankException(
                "TransposedFeatures", ErrorKind.InvalidData,
                found + $"has one value for each of its {columns:N0} columns: the features seem to be stored as dimension x rows. Save them transposed.")
            : new GnnReRankException("RowCountMismatch", ErrorKind.InvalidData, found + "does not hold one value a row. Correct the file.");
    }

    private static GnnReRankException WrongShape(NumericArray array, string how) =>
        new("WrongArrayShape", ErrorKind.InvalidData, $"'{array.Path}': {array.Text} {how}");
}
