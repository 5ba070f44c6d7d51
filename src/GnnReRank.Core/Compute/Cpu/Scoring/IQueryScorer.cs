namespace GnnReRank.Compute.Cpu.Scoring;

/// <summary>Scores the whole gallery for a few queries at a time; one thread's.</summary>
internal unsafe interface IQueryScorer : IDisposable
{
    /// <summary>The most queries of one call. Which queries share a call does not change their scores.</summary>
    int GroupSize { get; }

    /// <summary>Scores queries [first, first + count).</summary>
    /// <param name="first">0-based query row.</param>
    /// <param name="count">1 to <see cref="GroupSize"/>.</param>
    /// <param name="cancellationToken">Checked often: dense rows take long.</param>
    void Score(int first, int count, CancellationToken cancellationToken);

    /// <summary>Whether the scores have the cosines mixed in.</summary>
    bool UsesCosines { get; }

    /// <summary>The scores of all gallery rows for one query of the last call, where no cosines are mixed in; valid until the next call.</summary>
    /// <param name="offset">The query, counted from the first of the call.</param>
    float* Row(int offset);

    /// <summary>The same with its cosines mixed in; once a query and call.</summary>
    /// <param name="offset">The query, counted from the first of the call.</param>
    /// <param name="cosines">The cosine of the query with each gallery row.</param>
    float* Row(int offset, float* cosines);
}
