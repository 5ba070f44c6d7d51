namespace GnnReRank.Compute.Cpu.Scoring;

/// <summary>The cosines of queries with the whole gallery; one thread's.</summary>
internal interface IQueryCosines : IDisposable
{
    /// <summary>Makes the rows of queries [first, first + count) ready.</summary>
    void Prepare(int first, int count, CancellationToken cancellationToken);

    /// <summary>The cosines of a query of the last call with every gallery row.</summary>
    Span<float> Row(int query);

    /// <summary>The cosines of a query of the last call with some gallery rows: the bits that <see cref="Row"/> has for them.</summary>
    /// <param name="query">0-based query row.</param>
    /// <param name="rows">0-based gallery rows.</param>
    /// <param name="cosines">Receives one cosine a row.</param>
    void Take(int query, ReadOnlySpan<int> rows, Span<float> cosines)
    {
        Span<float> all = Row(query);
        for (int i = 0; i < rows.Length; i++)
        {
            cosines[i] = all[rows[i]];
        }
    }
}
