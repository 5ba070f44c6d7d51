namespace GnnReRank.Compute.Cpu.Singles;

/// <summary>Scores the gallery for one query at a time, which is no vertex of its graph; one thread's.</summary>
internal unsafe interface ISingleScorer : IDisposable
{
    /// <summary>Scores the whole gallery for a query as if it were the only one.</summary>
    /// <param name="cosines">
    /// The query's cosine with each vertex of the gallery's graph; NaN for rows that were removed.
    /// </param>
    /// <param name="cancellationToken">Checked now and then.</param>
    /// <returns>
    /// A score a vertex, the cosine's share mixed in; valid until the next call. Those of removed rows mean nothing.
    /// </returns>
    float* Score(float* cosines, CancellationToken cancellationToken);
}
