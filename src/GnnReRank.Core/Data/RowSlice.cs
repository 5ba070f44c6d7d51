namespace GnnReRank;

/// <summary>Some consecutive rows of other lists, without a copy.</summary>
internal sealed class RowSlice<T>(IRowLists<T> all, int from, int count) : IRowLists<T>
    where T : unmanaged
{
    public int RowCount => count;

    public int Longest => all.Longest;

    public int Shortest => all.Shortest;

    public Span<T> this[int row] => all[from + row];
}
