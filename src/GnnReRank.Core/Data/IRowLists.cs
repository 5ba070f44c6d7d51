namespace GnnReRank;

/// <summary>Lists of values, one a row, of equal lengths or not.</summary>
internal interface IRowLists<T>
    where T : unmanaged
{
    int RowCount { get; }

    /// <summary>The length of the longest list.</summary>
    int Longest { get; }

    /// <summary>The length of the shortest list.</summary>
    int Shortest { get; }

    Span<T> this[int row] { get; }
}
