namespace GnnReRank.Indexing.Searching;

/// <summary>What the lists of a search may hold.</summary>
/// <param name="Top">The most rows of a list; null for all.</param>
/// <param name="LeastScore">Rows of a lower score are not listed; null lists any.</param>
/// <param name="Wanted">The gallery rows that may be listed, ascending; null takes all.</param>
internal sealed record SearchLimits(int? Top, float? LeastScore, int[]? Wanted)
{
    /// <summary>The longest that a list can be.</summary>
    /// <param name="galleryCount">Rows of the gallery.</param>
    public int DepthOf(int galleryCount) => Math.Min(Top ?? int.MaxValue, Wanted?.Length ?? galleryCount);

    /// <summary>How much of a list is left by the least score.</summary>
    /// <param name="scores">The list's scores, falling.</param>
    public int LengthOf(float[] scores)
    {
        int length = scores.Length;
        while (length > 0 && scores[length - 1] < LeastScore)
        {
            length--;
        }

        return length;
    }
}
