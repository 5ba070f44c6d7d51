namespace GnnReRank.Formats.Parquet;

/// <summary>Which rows of a row group to read.</summary>
/// <param name="FirstRow">The file's number of the group's first row.</param>
/// <param name="RowCount">How many rows the group claims to have.</param>
/// <param name="Wanted">The file's numbers of the rows wanted, in ascending order; null takes all.</param>
internal readonly record struct ParquetGroupRows(int FirstRow, int RowCount, ReadOnlyMemory<int>? Wanted)
{
    /// <summary>How many rows are wanted.</summary>
    public int WantedCount => Wanted?.Length ?? RowCount;
}
