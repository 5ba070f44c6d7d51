using System.IO.Enumeration;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.Columns;

/// <summary>Finds the columns with the features among those that no other part has taken.</summary>
internal sealed class FeatureColumnFinder
{
    // What data frames write beside their columns, and counters that people keep; never a dimension.
    private static readonly string[] s_indexPatterns = ["Unnamed: *", "__index_level_*__"];
    private static readonly HashSet<string> s_besideNames = new(
        [string.Empty, "index", "idx", "row", "rowid", "row_id", "level_0", .. UsualNames.Labels, .. UsualNames.Cameras], StringComparer.OrdinalIgnoreCase);

    private readonly ColumnList _columns;
    private readonly CancellationToken _cancellation;

    /// <summary>Positions of the columns of numbers that could be features.</summary>
    private readonly int[] _candidates;

    /// <summary>Looks at the columns that are left.</summary>
    /// <param name="columns">All columns of the file.</param>
    /// <param name="taken">Positions of those that hold labels, cameras, names or sets.</param>
    /// <param name="cancellation">Stops the search.</param>
    public FeatureColumnFinder(ColumnList columns, IEnumerable<int> taken, CancellationToken cancellation)
    {
        _columns = columns;
        _cancellation = cancellation;
        _candidates = Candidates([.. taken]);
    }

    /// <summary>The columns that were asked for, by names or wildcards.</summary>
    /// <exception cref="GnnReRankException">One is missing or cannot hold features.</exception>
    public int[] Named(IReadOnlyList<string> names)
    {
        List<int> found = [];
        HashSet<int> taken = [];
        foreach (string asked in names)
        {
            _cancellation.ThrowIfCancellationRequested();
            int? exact = _columns.PositionOf(asked, _ => true) ?? _columns.PositionWithin(asked);
            IEnumerable<int> matching = exact is not null ? [exact.Value] : Matching(asked);
            int before = found.Count;
            found.AddRange(matching.Where(taken.Add));
            if (found.Count == before)
            {
                throw _columns.NotFound($"feature column '{asked}'");
            }
        }

        ColumnInfo? unfit = found.Select(position => _columns[position]).FirstOrDefault(column => !column.IsNumber);
        if (unfit is not null && !(unfit.MayHoldVectors && found.Count == 1))
        {
            throw FormatErrors.Unsupported(
                _columns.Path, unfit.MayHoldVectors
                    ? $"the column '{unfit.Name}' holds texts: vectors as text make a matrix of one column. Name it alone."
                    : $"the column '{unfit.Name}' cannot hold features: its values are neither numbers nor {VectorText.Expected}.");
        }

        if (found.Count > 1 && found.Any(position => _columns[position].IsList))
        {
            throw FormatErrors.Unsupported(
                _columns.Path, $"features are one list column or several number columns; asked for were {_columns.Listed(found)}.");
        }

        return [.. found];
    }

    /// <summary>The columns that the usual names, or else what is there, show to be the features.</summary>
    /// <param name="takeAllNumbers">Whether, for want of a better sign, every column left over is a feature.</param>
    /// <param name="warning">What a person should check, where the names alone did not decide.</param>
    /// <exception cref="GnnReRankException">There is none, or several could be meant.</exception>
    public IReadOnlyList<int> Usual(bool takeAllNumbers, out string? warning)
    {
        warning = null;
        if (_columns.FirstOf(UsualNames.Features, column => column is { IsList: true, IsNumber: true }) is int list)
        {
            return [list];
        }

        int[] lists = _candidates.Where(position => _columns[position].IsList).ToArray();
        int[] scalars = _candidates.Where(position => !_columns[position].IsList).ToArray();
        IReadOnlyList<NumberedGroup> groups = NumberedColumns.Groups(_columns.Columns, scalars, _cancellation);
        if (groups.Where(group => group.IsUsual).ToArray() is [NumberedGroup usual] && groups.All(group => group.Columns.Count <= usual.Columns.Count))
        {
            return usual.Columns;
        }

        if (lists.Length == 0 && _columns.FirstOf(UsualNames.Features, IsVectorText) is int texts)
        {
            return [texts];
        }

        if (lists.Length + groups.Count > 1)
        {
            throw Ambiguous(lists, groups);
        }

        if (lists.Length == 1)
        {
            return lists;
        }

        IReadOnlyList<int> found = groups.Count == 1 ? groups[0].Columns : takeAllNumbers ? scalars : [];
        if (takeAllNumbers && groups.Count == 0 && Enumerable.Range(0, _columns.Columns.Count).Where(position => IsVectorText(_columns[position])).Take(2).ToArray() is [int only])
        {
            // Text that starts like a vector was seen in it, and the numbers beside it count nothing up.
            found = [only];
        }

        if (found.Count == 0)
        {
            throw _columns.NotFound("feature column (a list of numbers, or number columns that count up such as f0, f1, f2, or texts such as '[0.1, 0.2]')");
        }

        warning = Guessed(found, scalars);
        return found;
    }

    private static bool IsVectorText(ColumnInfo column) => column is { IsNumber: false, IsList: false, MayHoldVectors: true };

    private int[] Candidates(HashSet<int> taken)
    {
        List<int> candidates = [];
        for (int position = 0; position < _columns.Columns.Count; position++)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (_columns[position].IsNumber && !taken.Contains(position) && !IsBesideFeatures(_columns[position].Name))
            {
                candidates.Add(position);
            }
        }

        return [.. candidates];
    }

    private IEnumerable<int> Matching(string pattern) => NumberedColumns.InNaturalOrder(
        _columns.Columns,
        _candidates.Where(position => FileSystemName.MatchesSimpleExpression(pattern, _columns[position].Name, ignoreCase: true)));

    private GnnReRankException Ambiguous(int[] lists, IReadOnlyList<NumberedGroup> groups)
    {
        IEnumerable<string> found = lists.Select(position => _columns[position].Name).Concat(
            groups.Select(group => $"{_columns[group.Columns[0]].Name}' to '{_columns[group.Columns[^1]].Name}"));
        return new GnnReRankException(
            "AmbiguousFeatures", ErrorKind.InvalidData,
            $"'{_columns.Path}' has several columns that could be the features: {FormatErrors.Listed(found)}. Name them with -FeatureColumn (wildcards are welcome).");
    }

    private string Guessed(IReadOnlyList<int> found, int[] scalars)
    {
        int[] left = scalars.Except(found).ToArray();
        string leftOut = left.Length == 0 ? string.Empty : $" Left out: {_columns.Listed(left)}.";
        return $"'{_columns.Path}': the column names do not say which are the features, so these {found.Count:N0} are taken as the dimensions: {_columns.Listed(found)}.{leftOut} " +
            "If that is wrong, name the right ones with -FeatureColumn (wildcards are welcome).";
    }

    /// <summary>Whether the name says that the column is an index, a label or a camera: a file may have more than one of each.</summary>
    private static bool IsBesideFeatures(string name) =>
        s_besideNames.Contains(name) || s_indexPatterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true));
}
