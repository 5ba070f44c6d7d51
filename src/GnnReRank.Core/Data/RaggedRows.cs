namespace GnnReRank;

/// <summary>Lists of different lengths, one a row, each an array of its own: memory follows what they hold.</summary>
internal sealed class RaggedRows<T> : IRowLists<T>
    where T : unmanaged
{
    private readonly T[][] _rows;

    /// <param name="rows">At least one list; taken over, not copied.</param>
    public RaggedRows(T[][] rows)
    {
        _rows = rows;
        Longest = rows.Max(row => row.Length);
        Shortest = rows.Min(row => row.Length);
    }

    public int RowCount => _rows.Length;

    public int Longest { get; }

    public int Shortest { get; }

    public Span<T> this[int row] => _rows[row];
}
