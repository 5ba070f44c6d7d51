using GnnReRank.Formats.Columns;
using GnnReRank.Formats.Tables;

namespace GnnReRank.Formats.Delimited;

/// <summary>Deals out the rows of a delimited text file to the sets that are asked for.</summary>
internal sealed class DelimitedTables
{
    // Enough for the error that names the sets there are.
    private const int MostSetsKept = 64;

    private readonly string _path;
    private readonly int _fieldCount;
    private readonly ColumnRoles _roles;
    private readonly DelimitedRecords _records;
    private readonly DelimitedRows[] _tables;
    private readonly HashSet<string> _sets = [];

    /// <param name="path">The file.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="roles">What they hold.</param>
    /// <param name="options">Which sets, rows and columns to take.</param>
    /// <param name="records">The file's records.</param>
    /// <exception cref="GnnReRankException">The options ask for what the columns do not hold.</exception>
    public DelimitedTables(
        string path, IReadOnlyList<ColumnInfo> columns, ColumnRoles roles, FeatureReadOptions options, DelimitedRecords records)
    {
        _path = path;
        _fieldCount = columns.Count;
        _roles = roles;
        _records = records;
        IEnumerable<FeatureRole> wanted = !roles.HasSets ? [options.Role] : options.Sets!;
        _tables = [.. wanted.Select(role => new DelimitedRows(path, columns, roles, role, options, records))];
    }

    /// <summary>Whether no later record can be taken.</summary>
    public bool AreComplete => Array.TrueForAll(_tables, table => table.IsComplete);

    /// <summary>Adds the record at hand to the sets it belongs to.</summary>
    public void AddRecord()
    {
        _records.Require(_fieldCount);
        if (!_roles.HasSets)
        {
            _tables[0].AddRecord();
            return;
        }

        string set = _roles.Set is int column ? _records.Field(column).ToString() : string.Empty;
        if (_sets.Count < MostSetsKept && set.Length > 0)
        {
            _sets.Add(set);
        }

        foreach (DelimitedRows table in _tables)
        {
            bool belongs = _roles.SetFlags.TryGetValue(table.Role, out int flag)
                ? RowSets.IsTrue(_records.Field(flag))
                : set.Equals(table.Role.ToString(), StringComparison.OrdinalIgnoreCase);
            if (belongs)
            {
                table.AddRecord();
            }
        }
    }

    /// <exception cref="GnnReRankException">A set has no row, or none was taken.</exception>
    public IReadOnlyList<FeatureTable> ToTables() => [.. _tables.Select(table =>
        table.IsEmpty ? throw SetSplitter.NotFound(_path, table.Role, _sets) : table.ToTable())];
}
