namespace GnnReRank.Formats.Columns;

/// <summary>What a reader knows of a column before it reads it.</summary>
/// <param name="Name">The column's name in the file.</param>
/// <param name="IsNumber">Whether its values, or its lists' elements, are numbers.</param>
/// <param name="IsText">Whether its values can be taken as text.</param>
/// <param name="IsList">Whether a row holds a list of values.</param>
internal sealed record ColumnInfo(string Name, bool IsNumber, bool IsText, bool IsList)
{
    /// <summary>Whether its texts can be vectors, as far as is known before it is read.</summary>
    public bool MayHoldVectors { get; init; }
}
