namespace GnnReRank.Compute.Cpu.Scoring;

/// <summary>Cosines that are there already.</summary>
/// <param name="cosines">n_g cosines a row.</param>
/// <param name="firstQuery">The query of the first row.</param>
internal sealed class KeptCosineRows(RowBlocks<float> cosines, int firstQuery) : IQueryCosines
{
    public void Prepare(int first, int count, CancellationToken cancellationToken) => cancellationToken.ThrowIfCancellationRequested();

    public Span<float> Row(int query) => cosines[query - firstQuery];

    public void Dispose()
    {
        // The rows are the caller's.
    }
}
