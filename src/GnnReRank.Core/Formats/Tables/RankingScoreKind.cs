namespace GnnReRank;

/// <summary>What the numbers of a run are.</summary>
public enum RankingScoreKind
{
    /// <summary>Higher is better.</summary>
    Similarity,

    /// <summary>Lower is better. A ranking keeps the negated distance as its score.</summary>
    Distance,

    /// <summary>Of an array: gallery rows (0-based), best first; -1 pads a short list.</summary>
    Index,
}
