using System.Globalization;

namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>Finds the row of a matrix that a name stands for, in time that does not grow with the rows.</summary>
/// <remarks>
/// The name itself comes first, then the name as TREC runs write it (blanks as underscores; q17 or g5 for a row without a name); of a
/// TREC run only the latter, since its names may stand for others. Else names agree where they have the same file name, with or without the ending of an image, and one ends in the folders of the other.
/// </remarks>
internal sealed class RowLookup
{
    /// <summary>No row has the name.</summary>
    public const int Unknown = -1;

    /// <summary>Several rows have it.</summary>
    public const int Ambiguous = -2;

    private readonly FeatureMatrix _matrix;
    private readonly char _prefix;
    private readonly bool _isTrec;
    private Dictionary<string, int>? _names;
    private Dictionary<string, int>? _written;
    private Dictionary<string, int>? _files;
    private Dictionary<string, int>? _paths;

    // What the longer search found, since a run has each name many times.
    private readonly Dictionary<string, int> _searched = new(StringComparer.Ordinal);

    /// <param name="matrix">Whose rows.</param>
    /// <param name="prefix">What stands before the number of a row without a name.</param>
    /// <param name="isTrec">Whether the names to find are those of a TREC run.</param>
    public RowLookup(FeatureMatrix matrix, char prefix, bool isTrec)
    {
        _matrix = matrix;
        _prefix = prefix;
        _isTrec = isTrec;
    }

    /// <summary>The 0-based row, or why there is none.</summary>
    public int Find(ReadOnlySpan<char> name)
    {
        if (!_matrix.HasNames)
        {
            return FindNumber(name);
        }

        int row = _isTrec ? Unknown : Look(_names ??= Rows(each => _matrix.NameSpan[each]), name);
        row = row != Unknown ? row : Look(_written ??= Rows(each => TrecName.Of(_matrix, each, _prefix)), name);
        if (row == Unknown && !_searched.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out row))
        {
            string text = name.ToString();
            row = FindFile(TrecName.Of(text));
            _searched.Add(text, row);
        }

        return row;
    }

    /// <summary>The row of a number, with or without the prefix, where rows have no names.</summary>
    public int FindNumber(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> digits = name.Length > 1 && name[0] == _prefix ? name[1..] : name;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int row) && row < _matrix.RowCount ? row : Unknown;
    }

    private int FindFile(string written)
    {
        string path = written.Replace('\\', '/');
        int row = Look(_files ??= Rows(each => FileOf(WrittenPath(each))), FileOf(path));
        if (row == Ambiguous)
        {
            row = Look(_paths ??= Rows(each => ImageEndings.Cut(WrittenPath(each))), ImageEndings.Cut(path));
            return row == Unknown && !path.Contains('/') ? Ambiguous : row;
        }

        return row >= 0 && FoldersAgree(path, WrittenPath(row)) ? row : Unknown;
    }

    private string WrittenPath(int row) => TrecName.Of(_matrix, row, _prefix).Replace('\\', '/');

    private static string FileOf(string path) => ImageEndings.Cut(path[(path.LastIndexOf('/') + 1)..]);

    private static bool FoldersAgree(string path, string other)
    {
        string[] folders = Folders(path);
        string[] others = Folders(other);
        int shared = Math.Min(folders.Length, others.Length);
        return folders.AsSpan(folders.Length - shared).SequenceEqual(others.AsSpan(others.Length - shared));
    }

    private static string[] Folders(string path) =>
        [.. path[..(path.LastIndexOf('/') + 1)].Split('/', StringSplitOptions.RemoveEmptyEntries).Where(folder => folder != ".")];

    private Dictionary<string, int> Rows(Func<int, string> keyOf)
    {
        Dictionary<string, int> rows = new(_matrix.RowCount, StringComparer.Ordinal);
        for (int row = 0; row < _matrix.RowCount; row++)
        {
            string key = keyOf(row);
            if (key.Length > 0 && !rows.TryAdd(key, row))
            {
                rows[key] = Ambiguous;
            }
        }

        return rows;
    }

    private static int Look(Dictionary<string, int> rows, ReadOnlySpan<char> key) =>
        rows.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out int row) ? row : Unknown;
}
