namespace GnnReRank.Formats.Columns;

/// <summary>Finds which columns hold features, labels, cameras and names: as the options say, else by the usual names.</summary>
internal sealed class ColumnRoleFinder
{
    private static readonly string[] _setNames = ["set", "split"];

    private readonly ColumnList _columns;

    private ColumnRoleFinder(ColumnList columns) => _columns = columns;

    /// <summary>Finds the columns.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="takeAllNumbers">Whether, for want of a better sign, every number column left over is a feature.</param>
    /// <exception cref="GnnReRankException">A column is missing, ambiguous, double, or of a type that does not fit.</exception>
    public static ColumnRoles Find(
        string path, IReadOnlyList<ColumnInfo> columns, FeatureReadOptions options, bool takeAllNumbers)
    {
        ColumnList list = new(path, columns);
        ColumnRoleFinder finder = new(list);
        finder.RefuseDoubles(options.Compute.CancellationToken);
        int? label = finder.Scalar(options.LabelColumn, UsualNames.Labels, "label", column => column.IsNumber || column.IsText);
        int? camera = finder.Scalar(options.CameraColumn, UsualNames.Cameras, "camera", column => column.IsNumber || column.IsText);
        int? name = finder.Scalar(options.NameColumn, UsualNames.Names, "name", column => column.IsText);
        int? set = options.Sets is { Count: > 0 } ? finder.SetColumn() : null;
        FeatureColumnFinder features = new(list, new[] { label, camera, name, set }.OfType<int>(), options.Compute.CancellationToken);
        string? warning = null;
        return new ColumnRoles
        {
            Features = options.FeatureColumns is { Count: > 0 } named ? features.Named(named) : features.Usual(takeAllNumbers, out warning),
            Label = label,
            Camera = camera,
            Name = name,
            Set = set,
            Warning = warning,
        };
    }

    private void RefuseDoubles(CancellationToken cancellation)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (ColumnInfo column in _columns.Columns)
        {
            cancellation.ThrowIfCancellationRequested();
            if (column.Name.Length > 0 && !names.Add(column.Name))
            {
                throw new GnnReRankException(
                    "DuplicateColumn", ErrorKind.InvalidData,
                    $"'{_columns.Path}' has more than one column named '{column.Name}': every column needs a name of its own. Rename or drop one.");
            }
        }
    }

    private int? Scalar(string? asked, IReadOnlyList<string> usual, string what, Func<ColumnInfo, bool> fits)
    {
        if (asked is null)
        {
            return _columns.FirstOf(usual, column => !column.IsList && fits(column));
        }

        int position = _columns.PositionOf(asked, _ => true) ?? throw _columns.NotFound($"{what} column '{asked}'");
        ColumnInfo column = _columns[position];
        return !column.IsList && fits(column)
            ? position
            : throw FormatErrors.Unsupported(
                _columns.Path, $"the column '{asked}' cannot be the {what} column: it holds neither one number nor one text a row.");
    }

    private int SetColumn() =>
        _columns.FirstOf(_setNames, column => column is { IsList: false, IsText: true }) ??
        throw _columns.NotFound("text column 'set' or 'split' that says which rows are 'query' and which are 'gallery'");
}
