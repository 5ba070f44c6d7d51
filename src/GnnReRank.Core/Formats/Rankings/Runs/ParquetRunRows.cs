using System.Globalization;
using GnnReRank.Formats.Files;
using GnnReRank.Formats.Parquet;
using ParquetSharp;

namespace GnnReRank.Formats.Rankings.Runs;

/// <summary>The rows of one row group of a run in turn.</summary>
internal sealed class ParquetRunRows : IDisposable
{
    private static readonly RunColumn[] s_whole =
        [RunColumn.QueryIndex, RunColumn.QueryLabel, RunColumn.GalleryIndex, RunColumn.GalleryLabel, RunColumn.Rank];

    private readonly ParquetFile _file;
    private readonly Dictionary<RunColumn, ParquetCursor<long>> _numbers = [];
    private readonly Dictionary<RunColumn, ParquetCursor<string>> _texts = [];
    private readonly ParquetCursor<float>? _scores;
    private readonly List<Func<bool>> _steps = [];
    private readonly List<IDisposable> _opened = [];

    /// <param name="source">The run.</param>
    /// <param name="file">The file.</param>
    /// <param name="group">Its row group.</param>
    /// <param name="columns">Which columns hold what.</param>
    /// <param name="firstRow">The file's row that the first of the group is.</param>
    /// <exception cref="GnnReRankException">A column is of another type than it must be.</exception>
    public ParquetRunRows(RunSource source, ParquetFile file, RowGroupReader group, RunColumns columns, long firstRow)
    {
        _file = file;
        Row = firstRow - 1;
        foreach (RunColumn column in s_whole.Where(each => columns[each] is not null))
        {
            _numbers[column] = Wholes(source, group, file.Columns[columns[column]!.Value], firstRow);
        }

        foreach (RunColumn column in (RunColumn[])[RunColumn.QueryName, RunColumn.GalleryName])
        {
            if (columns[column] is not int position)
            {
                continue;
            }

            if (file.Columns[position].Element == ParquetElement.Text)
            {
                _texts[column] = Opened(source, file.Columns[position], ParquetValues.Texts(group, file.Columns[position]), firstRow);
            }
            else
            {
                _numbers[column] = Wholes(source, group, file.Columns[position], firstRow);
            }
        }

        if (columns.Score is int scores)
        {
            ParquetColumn column = file.Columns[scores];
            _scores = column.Info.IsNumber
                ? Opened(source, column, ParquetValues.Floats(group, column), firstRow)
                : throw FormatErrors.Unsupported(file.Path, $"the column '{column.Name}' is of the type {column.Element}, and scores are numbers.");
        }
    }

    /// <summary>The row of the file, 0-based.</summary>
    public long Row { get; private set; }

    /// <summary>The score; null where the run has none.</summary>
    public double? Score => _scores?.Current;

    /// <summary>A whole number; null where the run has no such column.</summary>
    public long? Whole(RunColumn column) => _numbers.TryGetValue(column, out ParquetCursor<long>? cursor) ? cursor.Current : null;

    /// <summary>A name; empty where the run has no such column.</summary>
    public string Name(RunColumn column) =>
        _texts.TryGetValue(column, out ParquetCursor<string>? cursor) ? cursor.Current
        : Whole(column)?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;

    /// <exception cref="GnnReRankException">The columns are of different lengths, or hold what they must not.</exception>
    public bool MoveNext()
    {
        Row++;
        int moved = _steps.Count(step => step());
        return moved == _steps.Count || (moved == 0
            ? false
            : throw FormatErrors.Corrupt(_file.Path, "Parquet", $"its columns differ in length: not all have a row {Row} (0-based)."));
    }

    public void Dispose() => _opened.ForEach(opened => opened.Dispose());

    private ParquetCursor<long> Wholes(RunSource source, RowGroupReader group, ParquetColumn column, long firstRow)
    {
        ParquetCursor<long>? cursor = null;
        ParquetBatches<long> batches = ParquetValues.Integers(group, column, (position, found) => source.Error(
            "BadField", cursor?.RowOf(position) ?? firstRow, $"has {found} in the column '{column.Name}', and a whole number is expected."));
        cursor = Opened(source, column, batches, firstRow);
        return cursor;
    }

    private ParquetCursor<T> Opened<T>(RunSource source, ParquetColumn column, ParquetBatches<T> batches, long firstRow)
    {
        ParquetCursor<T> cursor = new(source, column, batches, firstRow);
        _opened.Add(cursor);
        _steps.Add(cursor.MoveNext);
        return cursor;
    }
}
