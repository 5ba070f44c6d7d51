namespace GnnReRank.Compute.Cpu.Overlaps;

/// <summary>The same stretch of every vertex's list.</summary>
/// <param name="Lists">The lists; -1 pads the end of a short one.</param>
/// <param name="Skip">Entries before the stretch.</param>
/// <param name="Count">Entries of the stretch, of which a list may have fewer.</param>
internal readonly record struct ListStretch(NeighborGraph Lists, int Skip, int Count)
{
    /// <summary>The rows of a vertex's stretch, nearest first.</summary>
    public ReadOnlySpan<int> Rows(int vertex)
    {
        ReadOnlySpan<int> list = Lists.GetNeighborSpan(vertex);
        list = list[Math.Min(Skip, list.Length)..Math.Min(Skip + Count, list.Length)];
        int padding = list.IndexOf(-1);
        return padding < 0 ? list : list[..padding];
    }

    /// <summary>The cosines of <see cref="Rows"/>, and of the padding behind them.</summary>
    public ReadOnlySpan<float> Cosines(int vertex)
    {
        ReadOnlySpan<float> list = Lists.GetScoreSpan(vertex);
        return list[Math.Min(Skip, list.Length)..Math.Min(Skip + Count, list.Length)];
    }

    /// <summary>Whether a row stands in a vertex's stretch.</summary>
    public bool Has(int vertex, int row) => Rows(vertex).Contains(row);

    /// <summary>Adds those rows of a vertex's stretch whose own stretch has the vertex, in the order of the list.</summary>
    public void AddReciprocal(int vertex, MemberList members)
    {
        ReadOnlySpan<int> rows = Rows(vertex);
        ReadOnlySpan<float> cosines = Cosines(vertex);
        for (int position = 0; position < rows.Length; position++)
        {
            if (Has(rows[position], vertex))
            {
                members.Add(rows[position], cosines[position]);
            }
        }
    }
}
