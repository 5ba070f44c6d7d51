namespace GnnReRank.Compute.Cpu.Scoring;

/// <summary>The cosines of queries with the whole gallery; one thread's.</summary>
internal interface IQueryCosines : IDisposable
{
    /// <summary>Makes the rows of queries [first, first + count) ready.</summary>
    void Prepare(int first, int count, CancellationToken cancellationToken);

    /// <summary>The cosines of a query of the last call with every gallery row.</summary>
    Span<float> Row(int query);
}
