using GnnReRank.Formats.Files;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.Columns;

/// <summary>Finds which columns hold features, labels, cameras and names: as the options say, else by the usual names.</summary>
internal sealed class ColumnRoleFinder
{
    private static readonly string[] s_setNames = ["set", "split"];

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
        int? label = finder.Named(options.LabelColumn, "label", IsScalar);
        int? camera = finder.Named(options.CameraColumn, "camera", IsScalar);
        int? name = finder.Named(options.NameColumn, "name", column => column.IsText);
        HashSet<int> named = [.. new[] { label, camera, name }.OfType<int>(), .. (options.FeatureColumns ?? []).Select(asked => list.PositionOf(asked, _ => true)).OfType<int>()];
        RowSelection selection = options.Rows ?? new RowSelection();
        ColumnRoles roles = new()
        {
            Label = label ?? finder.Usual(options.GuessesLabels, UsualNames.Labels, named, IsScalar),
            IsLabelOptional = label is null && selection.Labels is null,
            Camera = camera ?? finder.Usual(options.GuessesCameras, UsualNames.Cameras, named, IsScalar),
            IsCameraOptional = camera is null && selection.Cameras is null,
            Name = name ?? finder.Usual(options.GuessesNames, UsualNames.Names, named, column => column.IsText),
            IsNameOptional = name is null && selection.Names is null,
            Set = options.Sets is { Count: > 0 } ? finder.SetColumn() : null,
            SetFlags = options.Sets is { Count: > 0 } sets ? finder.SetFlags(sets) : new Dictionary<FeatureRole, int>(),
            Features = [],
        };
        FeatureColumnFinder features = new(list, new[] { roles.Label, roles.Camera, roles.Name, roles.Set }.OfType<int>().Concat(roles.SetFlags.Values), options.Compute.CancellationToken);
        string? warning = null;
        IReadOnlyList<int> found = options.FeatureColumns is { Count: > 0 } asked ? features.Named(asked) : features.Usual(takeAllNumbers, out warning);
        bool areUnnamed = options.FeatureColumns is not { Count: > 0 } && options.Columns is null && found.Count > 1
            && found.All(position => columns[position].Name.All(char.IsAsciiDigit));
        return roles with
        {
            Features = found,
            AreFeaturesTexts = found is [int single] && !columns[single].IsNumber,
            UnnamedColumns = areUnnamed ? (columns[found[0]].Name, columns[found[^1]].Name) : null,
            TakesTextLabels = label is not null || roles.Label is not int guessed || !UsualNames.AreImageIds(columns[guessed].Name),
            Warnings = [.. new[] { warning }.Concat(finder.Near(roles with { Features = found }, options)).OfType<string>()],
        };
    }

    private IEnumerable<string?> Near(ColumnRoles roles, FeatureReadOptions options)
    {
        HashSet<int> taken = [.. roles.Features, .. new[] { roles.Label, roles.Camera, roles.Name, roles.Set }.OfType<int>(), .. roles.SetFlags.Values];
        return
        [
            Of(options.GuessesLabels && roles.Label is null, UsualNames.Labels, ("labels", "-LabelColumn"), IsScalar),
            Of(options.GuessesCameras && roles.Camera is null, UsualNames.Cameras, ("cameras", "-CameraColumn"), IsScalar),
            Of(options.GuessesNames && roles.Name is null, UsualNames.Names, ("names", "-NameColumn"), column => column.IsText),
        ];

        string? Of(bool isMissing, IReadOnlyList<string> usual, (string What, string Parameter) kind, Func<ColumnInfo, bool> fits) => !isMissing
            ? null
            : NearName.Warning(
                _columns.Path, _columns.Columns.Where((column, position) => !column.IsList && fits(column) && !taken.Contains(position)).Select(column => column.Name), [string.Empty], usual, kind);
    }

    private static bool IsScalar(ColumnInfo column) => column.IsNumber || column.IsText;

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

    private int? Usual(bool isWanted, IReadOnlyList<string> usual, HashSet<int> named, Func<ColumnInfo, bool> fits) => !isWanted
        ? null
        : usual.Select(name => _columns.PositionOf(name, column => !column.IsList && fits(column)))
            .FirstOrDefault(position => position is int found && !named.Contains(found));

    private int? Named(string? asked, string what, Func<ColumnInfo, bool> fits)
    {
        if (asked is null)
        {
            return null;
        }

        int position = _columns.PositionOf(asked, _ => true) ?? throw _columns.NotFound($"{what} column '{asked}'");
        ColumnInfo column = _columns[position];
        return !column.IsList && fits(column)
            ? position
            : throw FormatErrors.Unsupported(
                _columns.Path, $"the column '{asked}' cannot be the {what} column: it holds neither one number nor one text a row.");
    }

    private int? SetColumn() => _columns.FirstOf(s_setNames, column => column is { IsList: false, IsText: true });

    // Two columns of truth values, since an image can be a query and of the gallery.
    private Dictionary<FeatureRole, int> SetFlags(IReadOnlyList<FeatureRole> sets)
    {
        if (SetColumn() is not null)
        {
            return [];
        }

        return sets.ToDictionary(
            role => role,
            role => _columns.PositionOf($"is_{role}", column => !column.IsList) ?? throw _columns.NotFound(
                $"text column 'set' or 'split' that says which rows are 'query' and which are 'gallery', and no column 'is_{role.ToString().ToLowerInvariant()}' of truth values"));
    }
}
