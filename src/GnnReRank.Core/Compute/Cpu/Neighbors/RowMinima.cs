namespace GnnReRank.Compute.Cpu.Neighbors;

/// <summary>
/// The least cosine of each row so far. Where cosines are off by up to some bound, the rows are kept that it may be with: all within
/// twice that bound of the least.
/// </summary>
internal sealed class RowMinima : IDisposable
{
    // Few are offered: of each tile those within the margin of the least so far.
    private const int SmallestCapacity = 32;

    /// <param name="vertexCount">The number of rows.</param>
    /// <param name="margin">How far above the least a cosine may still turn out to be it: 0 for exact cosines.</param>
    public RowMinima(int vertexCount, float margin)
    {
        Margin = margin;
        Values = new float[vertexCount];
        Values.AsSpan().Fill(float.PositiveInfinity);
        Candidates = margin > 0 ? new TopKReservoirs(vertexCount, keep: 1, margin, SmallestCapacity) : null;
    }

    /// <summary>The bytes of the candidates.</summary>
    public static long CandidateBytes(int vertexCount) => TopKReservoirs.BytesFor(vertexCount, 1, SmallestCapacity);

    /// <summary>How far above the least a cosine may still turn out to be it.</summary>
    public float Margin { get; }

    /// <summary>The least of each row, off by as much as the cosines are.</summary>
    public float[] Values { get; }

    /// <summary>The candidates of each row by their negated cosines; null where cosines are exact.</summary>
    public TopKReservoirs? Candidates { get; }

    /// <summary>Takes what others found among other pairs of the same rows.</summary>
    public void Merge(RowMinima other)
    {
        for (int row = 0; row < Values.Length; row++)
        {
            Values[row] = Math.Min(Values[row], other.Values[row]);
        }

        Candidates?.Merge(other.Candidates!);
    }

    public void Dispose() => Candidates?.Dispose();
}
