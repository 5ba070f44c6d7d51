namespace GnnReRank.Compute.Cpu.Scoring;

/// <summary>Scores the whole gallery for one query at a time; one thread's.</summary>
internal unsafe interface IQueryScorer : IDisposable
{
    /// <summary>The scores of all gallery rows; valid until the next call.</summary>
    /// <param name="query">0-based query row.</param>
    /// <param name="cosines">The cosine of the query with each gallery row.</param>
    float* Score(int query, float* cosines);
}
