namespace GnnReRank.Formats.Graphs;

/// <summary>Neighbour lists as another program left them: in any order, with or without the row itself.</summary>
/// <param name="Path">The file with the indices.</param>
/// <param name="ScorePath">The file with the scores, which may be the same.</param>
/// <param name="Indices">Rows x columns, 0-based; -1 where there is no neighbour.</param>
/// <param name="Scores">As many, of the kind that is said of them.</param>
/// <param name="Rows">The number of lists.</param>
/// <param name="Columns">The longest there may be, at least 1.</param>
internal sealed record ForeignLists(
    string Path, string ScorePath, int[] Indices, float[] Scores, int Rows, int Columns)
{
    /// <summary>Whether each list is told entry by entry, so that the order of its entries says nothing.</summary>
    public bool IsUnordered { get; init; }

    /// <summary>Whether the scores are of this module, and so need no look at which way they run.</summary>
    public bool AreComputed { get; init; }

    /// <summary>Stands where there is no neighbour.</summary>
    public const int Padding = -1;

    public ReadOnlySpan<int> IndicesOf(int row) => Indices.AsSpan(row * Columns, Columns);

    public ReadOnlySpan<float> ScoresOf(int row) => Scores.AsSpan(row * Columns, Columns);

    /// <summary>How many lists hold their own row.</summary>
    public int CountWithOwn()
    {
        int count = 0;
        for (int row = 0; row < Rows; row++)
        {
            count += IndicesOf(row).Contains(row) ? 1 : 0;
        }

        return count;
    }
}
