using GnnReRank.Storage;

namespace GnnReRank.Formats.Columns;

/// <summary>The rows of features that are kept of a file, gathered one by one or in blocks; of each row the columns that are wanted.</summary>
internal sealed class FeatureRows<T>
    where T : unmanaged
{
    private readonly string _subject;
    private readonly IReadOnlyList<int>? _wanted;
    private readonly long _expectedRows;
    private readonly long _fileLength;
    private readonly Action<long> _taken;
    private int[]? _columns;
    private GrowingArray<T>? _values;
    private int _missingBefore;

    /// <param name="subject">What the features belong to, for messages.</param>
    /// <param name="columns">The columns asked for, or null.</param>
    /// <param name="expectedRows">How many rows the file claims to have for this.</param>
    /// <param name="fileLength">The file's length in bytes.</param>
    /// <param name="taken">Told of rows as they are kept.</param>
    public FeatureRows(string subject, IReadOnlyList<int>? columns, long expectedRows, long fileLength, Action<long> taken)
    {
        _subject = subject;
        _wanted = columns;
        _expectedRows = expectedRows;
        _fileLength = fileLength;
        _taken = taken;
    }

    public int RowCount { get; private set; }

    /// <summary>The number of values kept of a row.</summary>
    public int Width { get; private set; }

    /// <summary>Adds a whole row; the first says how long rows are.</summary>
    public void Add(ReadOnlySpan<T> row)
    {
        if (_values is null)
        {
            _columns = ColumnSelection.Of(_wanted, row.Length, _subject);
            Start(_columns?.Length ?? row.Length);
        }

        for (; _missingBefore > 0; _missingBefore--)
        {
            AddMissing();
        }

        Span<T> target = Reserve(1);
        if (_columns is null)
        {
            row.CopyTo(target);
        }
        else
        {
            for (int column = 0; column < _columns.Length; column++)
            {
                target[column] = row[_columns[column]];
            }
        }

        Advance(1);
    }

    /// <summary>Adds a row that is missing as a whole; how long it is another row says, before or after.</summary>
    public void AddMissing()
    {
        if (_values is null)
        {
            _missingBefore++;
            return;
        }

        Reserve(1).Fill(Missing.Value<T>());
        Advance(1);
    }

    /// <summary>Says how many values are kept of a row, before the first.</summary>
    public void Start(int width)
    {
        Width = width;
        _values = new GrowingArray<T>((long)Int128.Min((Int128)_expectedRows * width, long.MaxValue), _fileLength);
    }

    /// <summary>Room for more rows as they are kept; what is filled counts after <see cref="Advance"/>.</summary>
    public Span<T> Reserve(int rows)
    {
        int size = FeatureMatrixChecks.ElementCount(rows, Width);
        return _values!.Reserve(size)[..size];
    }

    public void Advance(int rows)
    {
        _values!.Advance(rows * Width);
        RowCount += rows;
        _taken(rows);
    }

    /// <summary>All values; can be called once, and only where there is a row.</summary>
    /// <exception cref="GnnReRankException">Every row is missing.</exception>
    public FeatureStorage TakeStorage() => _values is null
        ? throw new GnnReRankException("EmptyFeatureMatrix", ErrorKind.InvalidData, $"{_subject}: every one of the {_missingBefore:N0} rows is missing; none is left to use.")
        : new ArrayStorage<T>(_values.TakeBuffer(), RowCount, Width);
}
