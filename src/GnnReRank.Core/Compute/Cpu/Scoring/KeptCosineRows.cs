namespace GnnReRank.Compute.Cpu.Scoring;

/// <summary>Cosines that the neighbour search has kept.</summary>
internal sealed class KeptCosineRows(RowBlocks<float> cosines) : IQueryCosines
{
    public void Prepare(int first, int count, CancellationToken cancellationToken) => cancellationToken.ThrowIfCancellationRequested();

    public Span<float> Row(int query) => cosines[query];

    public void Dispose()
    {
        // The rows are the caller's.
    }
}
