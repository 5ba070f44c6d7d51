using System.IO.Enumeration;

namespace GnnReRank.Formats.Columns;

/// <summary>Finds which columns hold features, labels, cameras and names: as the options say, else by the usual names.</summary>
internal sealed class ColumnRoleFinder
{
    private static readonly string[] _setNames = ["set", "split"];

    private readonly string _path;
    private readonly IReadOnlyList<ColumnInfo> _columns;
    private readonly FeatureReadOptions _options;

    private ColumnRoleFinder(string path, IReadOnlyList<ColumnInfo> columns, FeatureReadOptions options)
    {
        _path = path;
        _columns = columns;
        _options = options;
    }

    /// <summary>Finds the columns.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="takeAllNumbers">Whether, for want of a better sign, every number column left over is a feature.</param>
    /// <exception cref="GnnReRankException">A column is missing, ambiguous, double, or of a type that does not fit.</exception>
    public static ColumnRoles Find(
        string path, IReadOnlyList<ColumnInfo> columns, FeatureReadOptions options, bool takeAllNumbers)
    {
        ColumnRoleFinder finder = new(path, columns, options);
        finder.RefuseDoubles();
        int? label = finder.Scalar(options.LabelColumn, UsualNames.Labels, "label", column => column.IsNumber || column.IsText);
        int? camera = finder.Scalar(options.CameraColumn, UsualNames.Cameras, "camera", column => column.IsNumber || column.IsText);
        int? name = finder.Scalar(options.NameColumn, UsualNames.Names, "name", column => column.IsText);
        int? set = options.Sets is { Count: > 0 } ? finder.SetColumn() : null;
        int[] taken = new[] { label, camera, name, set }.OfType<int>().ToArray();
        return new ColumnRoles
        {
            Features = options.FeatureColumns is { Count: > 0 } ? finder.NamedFeatures(taken) : finder.UsualFeatures(taken, takeAllNumbers),
            Label = label,
            Camera = camera,
            Name = name,
            Set = set,
        };
    }

    private void RefuseDoubles()
    {
        string? twice = _columns.Select(column => column.Name).Where(name => name.Length > 0)
            .GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw new GnnReRankException(
                "DuplicateColumn", ErrorKind.InvalidData,
                $"'{_path}' has more than one column named '{twice}': every column needs a name of its own. Rename or drop one.");
        }
    }

    private int? Scalar(string? asked, IReadOnlyList<string> usual, string what, Func<ColumnInfo, bool> fits)
    {
        if (asked is null)
        {
            return usual.Select(name => PositionOf(name, column => !column.IsList && fits(column))).FirstOrDefault(found => found is not null);
        }

        int position = PositionOf(asked, _ => true) ?? throw NotFound($"{what} column '{asked}'");
        ColumnInfo column = _columns[position];
        return !column.IsList && fits(column)
            ? position
            : throw FormatErrors.Unsupported(_path, $"the column '{asked}' cannot be the {what} column: it holds neither one number nor one text a row.");
    }

    private int SetColumn() =>
        _setNames.Select(name => PositionOf(name, column => column is { IsList: false, IsText: true }))
            .FirstOrDefault(found => found is not null) ??
        throw NotFound("text column 'set' or 'split' that says which rows are 'query' and which are 'gallery'");

    private int[] NamedFeatures(int[] taken)
    {
        List<int> found = [];
        foreach (string asked in _options.FeatureColumns!)
        {
            int? exact = PositionOf(asked, _ => true);
            IEnumerable<int> matching = exact is not null ? [exact.Value] : Matching(asked, taken);
            int before = found.Count;
            found.AddRange(matching.Where(position => !found.Contains(position)));
            if (found.Count == before)
            {
                throw NotFound($"feature column '{asked}'");
            }
        }

        ColumnInfo? unfit = found.Select(position => _columns[position]).FirstOrDefault(column => !column.IsNumber);
        if (unfit is not null)
        {
            throw FormatErrors.Unsupported(_path, $"the column '{unfit.Name}' cannot hold features: its values are not numbers.");
        }

        if (found.Count > 1 && found.Any(position => _columns[position].IsList))
        {
            throw FormatErrors.Unsupported(
                _path, $"features are one list column or several number columns; asked for were {Listed(found)}.");
        }

        return [.. found];
    }

    private IEnumerable<int> Matching(string pattern, int[] taken)
    {
        IEnumerable<int> matching = Left(taken).Where(
            position => FileSystemName.MatchesSimpleExpression(pattern, _columns[position].Name, ignoreCase: true));
        return NumberedColumns.InNaturalOrder(_columns, matching);
    }

    private IReadOnlyList<int> UsualFeatures(int[] taken, bool takeAllNumbers)
    {
        int? list = UsualNames.Features.Select(name => PositionOf(name, column => column is { IsList: true, IsNumber: true }))
            .FirstOrDefault(found => found is not null);
        if (list is not null)
        {
            return [list.Value];
        }

        int[] left = [.. Left(taken)];
        int[] lists = left.Where(position => _columns[position].IsList).ToArray();
        if (lists.Length == 1)
        {
            return lists;
        }

        IReadOnlyList<NumberedGroup> groups = NumberedColumns.Groups(_columns, left.Where(position => !_columns[position].IsList));
        NumberedGroup[] usual = groups.Where(group => group.IsUsual).ToArray();
        if (usual.Length == 1)
        {
            return usual[0].Columns;
        }

        if (takeAllNumbers && left.Length > 0)
        {
            return left;
        }

        return groups.Count == 1 && lists.Length == 0 ? groups[0].Columns : throw NoFeatures(lists, groups);
    }

    private GnnReRankException NoFeatures(int[] lists, IReadOnlyList<NumberedGroup> groups)
    {
        if (lists.Length == 0 && groups.Count == 0)
        {
            return NotFound("feature column: a list of numbers, or number columns that count up such as f0, f1, ...");
        }

        string found = lists.Length > 0
            ? Listed(lists)
            : string.Join(", ", groups.Select(group => $"'{_columns[group.Columns[0]].Name}' to '{_columns[group.Columns[^1]].Name}'"));
        return new GnnReRankException(
            "AmbiguousFeatures", ErrorKind.InvalidData,
            $"'{_path}' has several columns that could be the features: {found}. Name them with -FeatureColumn (wildcards are welcome).");
    }

    private IEnumerable<int> Left(int[] taken) => Enumerable.Range(0, _columns.Count)
        .Where(position => !taken.Contains(position) && _columns[position].IsNumber && _columns[position].Name.Length > 0);

    private int? PositionOf(string name, Func<ColumnInfo, bool> fits)
    {
        int[] fitting = Enumerable.Range(0, _columns.Count).Where(position => fits(_columns[position])).ToArray();
        int exact = Array.FindIndex(fitting, position => _columns[position].Name == name);
        int found = exact >= 0
            ? exact
            : Array.FindIndex(fitting, position => _columns[position].Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return found < 0 ? null : fitting[found];
    }

    private GnnReRankException NotFound(string what) =>
        FormatErrors.ColumnNotFound(_path, what, _columns.Select(column => column.Name));

    private string Listed(IEnumerable<int> positions) => FormatErrors.Listed(positions.Select(position => _columns[position].Name));
}
